//! A borrowed constant expression that overflows panics where it stands, like any other.
fn shown(x: &u64) -> u64 {
    *x + 1
}

fn main() {
    println!("{}", shown(&(3u64 + 4 * 2)));
    let caught = std::panic::catch_unwind(|| shown(&(3u64 - 7u64)));
    println!("{}", caught.is_err());
    println!("{}", shown(&(1u64 << (60 + 4))));
}
