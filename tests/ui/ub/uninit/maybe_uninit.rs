use std::mem::MaybeUninit;

fn main() {
    let x: u32 = unsafe { MaybeUninit::uninit().assume_init() }; //~ ERROR uninitialized
    println!("{x}");
}
