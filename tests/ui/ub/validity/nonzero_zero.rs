use std::num::NonZero;
fn zero() -> u32 {
    0
}
fn main() {
    let n = unsafe { NonZero::new_unchecked(zero()) }; //~ ERROR encountered 0, but expected something greater or equal to 1
    println!("{n}");
}
