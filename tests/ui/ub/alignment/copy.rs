fn main() {
    let v = [0u8; 16];
    let mut to = [0u32; 2];
    let p = v.as_ptr();
    let p = unsafe { p.add(if p as usize % 2 == 0 { 1 } else { 0 }) };
    unsafe { std::ptr::copy_nonoverlapping(p.cast::<u32>(), to.as_mut_ptr(), 1) }; //~ ERROR accessing memory based on pointer with alignment 1, but alignment 4 is required
    println!("{}", to[0]);
}
