// E0381: uses before initialisation.
fn cond(c: bool) -> i32 {
    let x;
    if c {
        x = 1;
    }
    x //~ ERROR used binding `x` is possibly-uninitialized
}
fn plain() -> i32 {
    let x: i32;
    x + 1 //~ ERROR used binding `x` isn't initialized
}
fn add() {
    let mut x: i32;
    x += 1; //~ ERROR used binding `x` isn't initialized
}
fn borrow() {
    let v: Vec<i32>;
    println!("{}", v.len()); //~ ERROR used binding `v` isn't initialized
}
fn loops(n: i32) -> i32 {
    let x;
    for i in 0..n {
        x = i;
        break;
    }
    x //~ ERROR used binding `x` is possibly-uninitialized
}
fn arms(n: u8) -> i32 {
    let x;
    match n {
        0 => x = 1,
        1 => {}
        _ => return 0,
    }
    x //~ ERROR used binding `x` is possibly-uninitialized
}
fn field() {
    let mut t: (i32, i32);
    t.0 = 1; //~ ERROR partially assigned binding `t` isn't fully initialized
}
fn closure() {
    let x: i32;
    let f = || x + 1; //~ ERROR used binding `x` isn't initialized
    f();
}
fn main() {}
