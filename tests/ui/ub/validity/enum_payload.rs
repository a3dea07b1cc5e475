//! An enum passed by value is checked with the payload of the variant that its tag says.
#[derive(Clone, Copy)]
enum Shape {
    Point(u64, u64),
    Bits([bool; 3], u64),
}

fn corners(shapes: [Shape; 2]) -> u64 {
    shapes.iter().map(|s| if let Shape::Point(x, _) = s { *x } else { 0 }).sum()
}

fn main() {
    let mut shapes = [Shape::Point(1, 2), Shape::Bits([true; 3], 9)];
    if let Shape::Bits(bits, n) = &mut shapes[1] {
        *n += 1;
        let third = &raw mut bits[2] as *mut u8;
        unsafe { *third = 5 };
    }
    println!("{}", corners(shapes)); //~ ERROR constructing invalid value of type [Shape; 2]: at [1].<enum-variant(Bits)>.0[2], encountered 0x05, but expected a boolean
}
