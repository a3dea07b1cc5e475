//@ flags: --edition 2015
mod a {
    pub mod b {
        pub fn f() -> i32 {
            1
        }
    }
    pub fn g() -> i32 {
        ::a::b::f() + super::top()
    }
}
use a::b;
fn top() -> i32 {
    10
}
trait T {
    fn m(&self, u8) -> u8;
}
impl T for i32 {
    fn m(&self, x: u8) -> u8 {
        x
    }
}
fn dy(x: &T) -> u8 {
    x.m(3)
}
fn main() {
    let async = 1;
    let dyn = 2;
    let await = 3;
    println!("{} {} {}", async + dyn + await, ::a::g(), b::f());
    println!("{}", dy(&4));
    for x in [1, 2].into_iter() {
        let y: &i32 = x;
        print!("{}", y);
    }
    println!();
    match 5 {
        0...9 => println!("r"),
        _ => {}
    }
    extern crate std as mystd;
    println!("{}", mystd::cmp::max(1, 2));
}
