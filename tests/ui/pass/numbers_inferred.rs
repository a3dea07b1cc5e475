//! A number whose type only a later argument tells, known when a method is called on it; promoteds that would overflow.
fn fold<B, F: FnMut(B, u8) -> B>(init: B, mut f: F) -> B {
    f(init, 3)
}

fn main() {
    println!("{}", fold(0, u8::wrapping_add).wrapping_sub(5));
    println!("{}", (0..3).map(|i| i as u8).fold(0, u8::wrapping_add).wrapping_sub(4));
    let caught = std::panic::catch_unwind(|| println!("{:?}", ((4u64 as u8) * (100u8 | 5u8)) + (i64::MIN as u8)));
    println!("{}", caught.is_err());
    let caught = std::panic::catch_unwind(|| println!("{}", vec![1i128].contains(&(i128::MIN * 100))));
    println!("{}", caught.is_err());
}
