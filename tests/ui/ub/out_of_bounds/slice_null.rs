fn main() {
    let s: &[u8] = unsafe { std::slice::from_raw_parts(std::ptr::null(), 0) }; //~ ERROR encountered a null reference
    println!("{}", s.len());
}
