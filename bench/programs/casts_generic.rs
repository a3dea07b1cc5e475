//! N casts of 64 instances of a generic function in turn.
fn size<const A: usize, const B: usize>() -> usize {
    A * B
}

macro_rules! row {
    ($sum:ident, $a:tt) => {
        row!($sum, $a; 0 1 2 3 4 5 6 7)
    };
    ($sum:ident, $a:tt; $($b:tt)*) => {
        {
            $($sum += (size::<$a, $b> as fn() -> usize)();)*
        }
    };
}

fn main() {
    let n: u64 = std::env::args().nth(1).map_or(1_000_000, |s| s.parse().unwrap());
    let (mut i, mut sum) = (0, 0usize);
    while i < n {
        row!(sum, 0);
        row!(sum, 1);
        row!(sum, 2);
        row!(sum, 3);
        row!(sum, 4);
        row!(sum, 5);
        row!(sum, 6);
        row!(sum, 7);
        i += 64;
    }
    std::hint::black_box(sum);
}
