//! The bounded twin of `hot_cast.rs`: N rounds (first argument) of casts, plain, `as usize` and generic in turn.

fn oof() {}

fn generic<T>() -> usize {
    std::mem::size_of::<T>()
}

fn main() {
    let rounds: u64 = std::env::args().nth(1).map_or(1_000_000, |n| n.parse().expect("a number of casts"));
    let mut sum = 0;
    let mut i = 0;
    while i < rounds {
        match i % 3 {
            0 => {
                oof as fn();
            }
            1 => sum ^= oof as usize & 1,
            _ => sum += (generic::<u32> as fn() -> usize)(),
        }
        i += 1;
    }
    println!("{rounds} casts, {}", sum > 1);
}
