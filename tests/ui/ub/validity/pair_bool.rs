fn main() {
    let t: (u8, bool) = unsafe { std::mem::transmute([1u8, 3]) }; //~ ERROR encountered 0x03, but expected a boolean
    println!("{}", t.0);
}
