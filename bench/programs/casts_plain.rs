//! N casts of one function, the pointer dropped at once.
fn oof() {}

fn main() {
    let n: u64 = std::env::args().nth(1).map_or(1_000_000, |s| s.parse().unwrap());
    let mut i = 0;
    while i < n {
        oof as fn();
        i += 1;
    }
}
