fn main() {
    let v = [1u16, 2, 3];
    let s = unsafe { std::slice::from_raw_parts(v.as_ptr(), usize::MAX / 2) }; //~ ERROR encountered invalid reference metadata: slice is bigger than largest supported object
    println!("{}", s.len());
}
