fn add(a: i32, b: i32) -> i32 {
    a + b
}

fn main() {
    let f: fn(i32) -> i32 = unsafe { std::mem::transmute(add as fn(i32, i32) -> i32) };
    println!("{}", f(1)); //~ ERROR fewer arguments
}
