fn main() {
    let a = [0u8; 8];
    let p = a.as_ptr();
    let _q = unsafe { p.add(9) }; //~ ERROR in-bounds pointer arithmetic failed
}
