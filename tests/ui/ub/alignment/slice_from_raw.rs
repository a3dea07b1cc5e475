fn main() {
    let v = [1u16, 2, 3];
    let p = unsafe { v.as_ptr().cast::<u8>().add(1).cast::<u16>() };
    let s = unsafe { std::slice::from_raw_parts(p, 1) }; //~ ERROR encountered an unaligned reference (required 2 byte alignment but found 1)
    println!("{}", s.len());
}
