fn main() {
    let c = unsafe { char::from_u32_unchecked(0xD800) }; //~ ERROR expected a valid unicode scalar value (in `0..=0x10FFFF` but not in `0xD800..=0xDFFF`)
    println!("{}", c as u32);
}
