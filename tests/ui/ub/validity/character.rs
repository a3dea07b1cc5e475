fn main() {
    let c: char = unsafe { std::mem::transmute(0xD800u32) }; //~ ERROR 0x0000d800
    println!("{c:?}");
}
