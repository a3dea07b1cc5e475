//! References in an array: one of them is not aligned.
fn main() {
    let numbers = [1u32, 2];
    let good = &raw const numbers[0];
    let bad = good.cast::<u8>().wrapping_add(2).cast::<u32>();
    let pair: [&u32; 3] = unsafe { std::mem::transmute([good, bad, good]) }; //~ ERROR constructing invalid value of type [&u32; 3]: at [1], encountered an unaligned reference (required 4 byte alignment but found
    println!("{}", pair.len());
}
