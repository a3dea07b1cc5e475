//! Which field of a union is read decides what its bytes must be.
union Bytes {
    raw: [u8; 20],
    flags: [bool; 20],
}

fn main() {
    let bytes = Bytes { raw: [2; 20] };
    println!("{}", unsafe { bytes.raw }[3]);
    let flags = unsafe { bytes.flags }; //~ ERROR constructing invalid value of type [bool; 20]: at [0], encountered 0x02, but expected a boolean
    println!("{}", flags[3]);
}
