fn main() {
    let bytes = [1u8, 2, 3];
    let s: Option<&[u8]> = unsafe { std::mem::transmute((bytes.as_ptr(), 4usize)) }; //~ ERROR going beyond the bounds
    println!("{}", s.is_some());
}
