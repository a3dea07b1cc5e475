use std::ptr::NonNull;
fn main() {
    let p: *mut u8 = std::ptr::null_mut();
    let n = unsafe { NonNull::new_unchecked(p) }; //~ ERROR encountered 0, but expected something greater or equal to 1
    println!("{:?}", n);
}
