fn main() {
    let byte = 2u8;
    let b: bool = unsafe { std::mem::transmute(byte) }; //~ ERROR bool
    println!("{b}");
}
