// A `Box` as the payload of an enum with data in both variants, in slots.
fn main() {
    let b = Box::new(5u8);
    let p: *const u8 = &*b;
    drop(b);
    let r: Result<Box<u8>, ()> = unsafe { std::mem::transmute(p) }; //~ ERROR encountered a dangling box (use-after-free)
    std::mem::forget(r);
}
