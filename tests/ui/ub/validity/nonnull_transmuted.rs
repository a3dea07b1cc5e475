use std::ptr::NonNull;
fn main() {
    let n: NonNull<u8> = unsafe { std::mem::transmute(0usize) }; //~ ERROR encountered 0, but expected something greater or equal to 1
    println!("{:?}", n);
}
