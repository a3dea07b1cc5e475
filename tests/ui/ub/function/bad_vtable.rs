use std::fmt::Debug;
fn main() {
    let b: Box<dyn Debug> = Box::new(1u8);
    let (data, _): (*mut u8, usize) = unsafe { std::mem::transmute(b) };
    let table = [0usize; 8];
    let b: Box<dyn Debug> = unsafe { std::mem::transmute((data, &table)) }; //~ ERROR expected a vtable pointer
    println!("{b:?}");
}
