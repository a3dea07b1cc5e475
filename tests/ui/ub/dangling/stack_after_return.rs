static mut KEPT: *const [u8; 4] = std::ptr::null();
fn keep() {
    let a = [1u8, 2, 3, 4];
    unsafe { KEPT = &raw const a };
}
fn main() {
    keep();
    println!("{}", unsafe { (*KEPT)[1] }); //~ ERROR has been freed, so this pointer is dangling
}
