fn main() {
    let a = [1u16, 2];
    let p = a.as_ptr();
    let q = unsafe { p.cast::<u8>().add(1).cast::<u16>() };
    println!("{}", unsafe { q.offset_from(p) }); //~ ERROR exact_div: 1_isize cannot be divided by 2_isize without remainder
}
