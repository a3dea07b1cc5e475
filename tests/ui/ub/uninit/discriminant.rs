fn main() {
    let b = std::mem::MaybeUninit::<Option<bool>>::uninit();
    let e = b.as_ptr();
    println!("{}", unsafe { &*e }.is_some()); //~ ERROR memory is uninitialized at [0x0..0x1]
}
