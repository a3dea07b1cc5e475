//! Casts each of 18^4 = 104,976 instances of a generic function once.
fn f<const A: u8, const B: u8, const C: u8, const D: u8>() -> u32 {
    A as u32 ^ B as u32 ^ C as u32 ^ D as u32
}

macro_rules! each {
    ($($n:literal)*) => {
        fn level3<const A: u8, const B: u8, const C: u8>() {
            $(std::hint::black_box(f::<A, B, C, $n> as fn() -> u32);)*
        }
        fn level2<const A: u8, const B: u8>() {
            $(level3::<A, B, $n>();)*
        }
        fn level1<const A: u8>() {
            $(level2::<A, $n>();)*
        }
        fn level0() {
            $(level1::<$n>();)*
        }
    };
}
each!(0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17);

fn main() {
    level0();
}
