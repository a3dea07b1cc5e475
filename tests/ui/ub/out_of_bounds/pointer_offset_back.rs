fn main() {
    let v = [1u8, 2];
    let p = v.as_ptr();
    let q = unsafe { p.sub(1) }; //~ ERROR attempting to offset pointer by -1 bytes
    println!("{}", p != q);
}
