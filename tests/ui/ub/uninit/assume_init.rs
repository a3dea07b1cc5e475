use std::mem::MaybeUninit;
fn main() {
    let x: u32 = unsafe { MaybeUninit::uninit().assume_init() }; //~ ERROR memory is uninitialized at [0x0..0x4]
    println!("{x}");
}
