fn main() {
    let bytes = [0u8; 4];
    let start = bytes.as_ptr();
    let past = start.wrapping_add(64);
    println!("{}", unsafe { past.offset_from(start) }); //~ ERROR is not in-bounds of an allocation
}
