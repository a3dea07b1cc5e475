//! Surrogates are no chars, wherever they stand.
fn main() {
    let units = [0x61u32, 0xd800, 0x62, 0x63];
    let chars: [char; 4] = unsafe { std::mem::transmute(units) }; //~ ERROR constructing invalid value of type [char; 4]: at [1], encountered 0x0000d800, but expected a valid unicode scalar value (in `0..=0x10FFFF` but not in `0xD800..=0xDFFF`)
    println!("{chars:?}");
}
