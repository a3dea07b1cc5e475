fn main() {
    let length = 4;
    let array: [u8; length]; //~ ERROR attempt to use a non-constant value in a constant
}
