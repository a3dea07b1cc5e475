use std::cmp::Ordering;
fn main() {
    let t: Ordering = unsafe { std::mem::transmute(2i8) }; //~ ERROR expected a valid enum tag
    println!("{}", t.is_lt());
}
