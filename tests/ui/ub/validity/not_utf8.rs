// Bytes that are no UTF-8 are a library invariant; reading a character of them goes wrong in the library.
fn main() {
    let s = unsafe { std::str::from_utf8_unchecked(&[0xff, 0xff]) };
    println!("{:?}", s.chars().next()); //~ ERROR attempting to offset pointer by 1 byte
}
