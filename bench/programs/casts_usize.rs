//! N casts of one function to an integer: its addresses are exposed.
fn oof() {}

fn main() {
    let n: u64 = std::env::args().nth(1).map_or(1_000_000, |s| s.parse().unwrap());
    let (mut i, mut sum) = (0, 0);
    while i < n {
        sum ^= oof as usize;
        i += 1;
    }
    std::hint::black_box(sum);
}
