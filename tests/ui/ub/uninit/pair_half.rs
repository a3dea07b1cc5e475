fn main() {
    let m = std::mem::MaybeUninit::<(u32, u32)>::uninit();
    let t = unsafe { m.assume_init() }; //~ ERROR memory is uninitialized at [0x0..0x4]
    println!("{}", t.0);
}
