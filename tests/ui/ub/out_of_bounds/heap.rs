fn main() {
    let v = vec![1u16, 2, 3];
    let p = v.as_ptr();
    let x = unsafe { *p.wrapping_add(3) }; //~ ERROR at or beyond the end of the allocation
    println!("{x}");
}
