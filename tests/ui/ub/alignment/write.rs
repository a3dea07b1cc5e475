fn main() {
    let mut v = [0u8; 16];
    let p = v.as_mut_ptr();
    let p = unsafe { p.add(if p as usize % 2 == 0 { 1 } else { 0 }) };
    unsafe { p.cast::<u16>().write(3) }; //~ ERROR accessing memory based on pointer with alignment 1, but alignment 2 is required
    println!("{}", v[0]);
}
