enum Twice { //~ ERROR discriminant value `1` assigned more than once
    A = 1,
    B = 1,
    C = 0,
    D,
}

#[repr(u8)]
enum Over {
    Last = 255,
    Next, //~ ERROR enum discriminant overflowed
}

#[repr(u8)] //~ ERROR unsupported representation for zero-variant enum
enum Never {}

union Owner {
    s: String, //~ ERROR field must implement `Copy` or be wrapped in `ManuallyDrop<...>` to be used in a union
    n: u32,
}

#[repr(transparent)]
struct Two(u8, u16); //~ ERROR transparent struct needs at most one field with non-trivial size or alignment, but has 2

#[repr(packed, align(8))]
struct Both(u8); //~ ERROR type has conflicting packed and align representation hints

fn main() {}
