fn main() {
    let bytes = [0u8; 16];
    let at = bytes.as_ptr() as usize % 4;
    let p = unsafe { bytes.as_ptr().add(4 - at + 1) } as *const u32;
    let _x = unsafe { *p }; //~ ERROR align
}
