extern "C" fn f(x: i32) -> i32 {
    x
}
fn main() {
    let g: fn(i32) -> i32 = unsafe { std::mem::transmute(f as extern "C" fn(i32) -> i32) };
    println!("{}", g(1)); //~ ERROR calling convention
}
