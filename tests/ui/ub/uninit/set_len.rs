fn main() {
    let mut v: Vec<u8> = Vec::with_capacity(4);
    unsafe { v.set_len(4) };
    println!("{}", v[2]); //~ ERROR memory is uninitialized at [0x2..0x3]
}
