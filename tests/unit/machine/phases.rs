//! 64 functions that are cast now and then, for N rounds; then 512 others, N / 400 times.
use std::hint::black_box;

fn old<const A: usize, const B: usize>() {}

fn new<const A: u8, const B: u8, const C: u8>() {}

macro_rules! each {
    ($($n:literal)*) => {
        fn round() {
            $(round1::<$n>();)*
        }
        fn round1<const A: usize>() {
            $(black_box(old::<A, $n> as fn());)*
        }
        fn all() {
            $(all1::<$n>();)*
        }
        fn all1<const A: u8>() {
            $(all2::<A, $n>();)*
        }
        fn all2<const A: u8, const B: u8>() {
            $(black_box(new::<A, B, $n> as fn());)*
        }
    };
}
each!(0 1 2 3 4 5 6 7);

fn main() {
    let n: u64 = std::env::args().nth(1).map_or(100, |s| s.parse().unwrap());
    let mut i = 0;
    while i < n {
        round();
        i += 1;
    }
    while i > n - n / 400 {
        all();
        i -= 1;
    }
}
