fn main() {
    let v = [1u8, 2];
    let p = v.as_ptr();
    let q = unsafe { p.add(3) }; //~ ERROR attempting to offset pointer by 3 bytes
    println!("{}", p != q);
}
