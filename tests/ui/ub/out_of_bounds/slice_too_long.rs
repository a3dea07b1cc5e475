fn main() {
    let v = [1u16, 2, 3];
    let s = unsafe { std::slice::from_raw_parts(v.as_ptr(), 4) }; //~ ERROR encountered a dangling reference (going beyond the bounds of its allocation)
    println!("{}", s.len());
}
