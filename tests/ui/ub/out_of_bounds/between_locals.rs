fn main() {
    let a = 1u64;
    let b = 2u64;
    let p: *const u64 = &a;
    let distance = (&b as *const u64 as isize).wrapping_sub(p as isize);
    let q = p.wrapping_byte_offset(distance);
    let _x = unsafe { *q }; //~ ERROR at or beyond the end of the allocation
}
