use std::fmt::Debug;
fn main() {
    let x = 1u8;
    let d: *const dyn Debug = unsafe { std::mem::transmute((&raw const x, 0usize)) }; //~ ERROR encountered null pointer, but expected a vtable pointer
    println!("{}", d.is_null());
}
