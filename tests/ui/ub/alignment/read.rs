fn main() {
    let v = [0u8; 16];
    let p = unsafe { v.as_ptr().add(if v.as_ptr() as usize % 2 == 0 { 1 } else { 0 }) };
    println!("{}", unsafe { p.cast::<u16>().read() }); //~ ERROR accessing memory based on pointer with alignment 1, but alignment 2 is required
}
