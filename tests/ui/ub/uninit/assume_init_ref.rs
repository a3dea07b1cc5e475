use std::mem::MaybeUninit;
fn main() {
    let m = MaybeUninit::<u32>::uninit();
    let r = unsafe { m.assume_init_ref() };
    println!("{r}"); //~ ERROR memory is uninitialized at [0x0..0x4]
}
