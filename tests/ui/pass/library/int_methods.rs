//! Methods of integers: checked, wrapping, saturating and overflowing arithmetic, bits, logarithms, text.
macro_rules! both {
    ($($t:ident)*) => {$(
        let values = [$t::MIN, $t::MIN + 1, 0 as $t, 1, 2, 3, 7, 100, $t::MAX - 1, $t::MAX];
        println!("{} {} {} {}", stringify!($t), $t::BITS, $t::MIN, $t::MAX);
        let mut hash: u64 = 17;
        let mut mix = |x: u64| hash = hash.wrapping_mul(6364136223846793005).wrapping_add(x ^ (hash >> 29));
        for a in values {
            mix(a.count_ones() as u64); mix(a.count_zeros() as u64); mix(a.leading_zeros() as u64); mix(a.trailing_zeros() as u64);
            mix(a.leading_ones() as u64); mix(a.trailing_ones() as u64); mix(a.swap_bytes() as u64); mix(a.reverse_bits() as u64);
            mix(a.rotate_left(3) as u64); mix(a.rotate_right(5) as u64); mix(a.to_be() as u64); mix($t::from_be(a) as u64);
            mix(a.wrapping_neg() as u64); mix(a.checked_neg().is_some() as u64); mix(a.overflowing_neg().1 as u64);
            for s in [0, 1, 7, 8, 31, 64, 127, 200] {
                mix(a.wrapping_shl(s) as u64); mix(a.wrapping_shr(s) as u64); mix(a.checked_shl(s).unwrap_or(3) as u64);
                mix(a.checked_shr(s).unwrap_or(4) as u64); mix(a.overflowing_shl(s).1 as u64); mix(a.unbounded_shl(s) as u64); mix(a.unbounded_shr(s) as u64);
            }
            for e in [0, 1, 2, 3, 5, 9] {
                mix(a.wrapping_pow(e) as u64); mix(a.checked_pow(e).unwrap_or(5) as u64); mix(a.saturating_pow(e) as u64); mix(a.overflowing_pow(e).1 as u64);
            }
            mix(a.checked_ilog2().unwrap_or(99) as u64); mix(a.checked_ilog10().unwrap_or(98) as u64); mix(a.checked_ilog(3).unwrap_or(97) as u64);
            for b in values {
                mix(a.wrapping_add(b) as u64); mix(a.wrapping_sub(b) as u64); mix(a.wrapping_mul(b) as u64);
                mix(a.saturating_add(b) as u64); mix(a.saturating_sub(b) as u64); mix(a.saturating_mul(b) as u64);
                mix(a.checked_add(b).unwrap_or(6) as u64); mix(a.checked_sub(b).unwrap_or(7) as u64); mix(a.checked_mul(b).unwrap_or(8) as u64);
                mix(a.overflowing_add(b).1 as u64); mix(a.overflowing_sub(b).1 as u64); mix(a.overflowing_mul(b).1 as u64);
                mix(a.checked_div(b).unwrap_or(9) as u64); mix(a.checked_rem(b).unwrap_or(10) as u64);
                mix(a.checked_div_euclid(b).unwrap_or(11) as u64); mix(a.checked_rem_euclid(b).unwrap_or(12) as u64);
                mix(a.abs_diff(b) as u64); mix(a.midpoint(b) as u64); mix((a > b) as u64); mix(a.cmp(&b) as u64); mix(a.max(b) as u64); mix(a.min(b) as u64);
                if b != 0 {
                    mix(a.wrapping_div(b) as u64); mix(a.wrapping_rem(b) as u64); mix(a.overflowing_div(b).1 as u64); mix(a.overflowing_rem(b).1 as u64);
                    mix(a.wrapping_div_euclid(b) as u64); mix(a.wrapping_rem_euclid(b) as u64); mix(a.saturating_div(b) as u64);
                }
            }
            assert_eq!($t::from_be_bytes(a.to_be_bytes()), a);
            assert_eq!($t::from_le_bytes(a.to_le_bytes()), a);
            assert_eq!($t::from_ne_bytes(a.to_ne_bytes()), a);
            assert_eq!(a.to_string().parse::<$t>(), Ok(a));
            assert_eq!($t::from_str_radix(&format!("{}", a), 10), Ok(a));
        }
        println!("{:016x}", hash);
        println!("{:?} {:?} {:?} {:?}", "".parse::<$t>(), "-".parse::<$t>(), "+5".parse::<$t>(), "1_0".parse::<$t>());
        println!("{:?} {:?}", "99999999999999999999999999999999999999999".parse::<$t>(), "-99999999999999999999999999999999999999999".parse::<$t>());
        println!("{:?} {:?} {:?}", $t::from_str_radix("7f", 16), $t::from_str_radix("-1010", 2), $t::from_str_radix("zz", 36));
    )*};
}

fn main() {
    both! { u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize }
    println!("{:?} {:?} {:?}", 5u8.checked_add_signed(-6), 5u8.saturating_add_signed(-6), 250u8.wrapping_add_signed(10));
    println!("{:?} {:?} {:?}", (-5i8).checked_add_unsigned(200), 100i8.saturating_add_unsigned(200), (-100i8).wrapping_sub_unsigned(100));
    println!("{} {} {} {}", (-7i32).div_euclid(2), (-7i32).rem_euclid(2), 7i32.div_euclid(-2), 7i32.rem_euclid(-2));
    println!("{} {} {} {:?}", 17u32.next_power_of_two(), 16u32.is_power_of_two(), 0u32.next_power_of_two(), u8::MAX.checked_next_power_of_two());
    println!("{} {} {:?} {}", 17u32.div_ceil(5), 17u32.next_multiple_of(5), 250u8.checked_next_multiple_of(100), 15u32.is_multiple_of(5));
    println!("{} {} {} {}", 99u64.isqrt(), u64::MAX.isqrt(), 15i32.isqrt(), u128::MAX.isqrt());
    println!("{} {} {} {}", (-5i32).signum(), (-5i32).abs(), i32::MIN.unsigned_abs(), i32::MIN.wrapping_abs());
    println!("{} {} {:?} {:?}", (-5i8).is_negative(), 5i8.is_positive(), i8::MIN.checked_abs(), i8::MIN.overflowing_abs());
    println!("{} {} {}", 1000u32.ilog2(), 1000u32.ilog10(), 1000u32.ilog(7));
    println!("{:?} {:?}", u8::MAX.carrying_add(1, true), 0u8.borrowing_sub(0, true));
    println!("{:?} {:?}", 1234u16.to_be_bytes(), (-2i64).to_le_bytes());
    println!("{} {} {}", -1i32 as u8, 300i32 as u8 as i8, u64::MAX as i32);
    println!("{:?} {:?} {:?}", u8::try_from(300i32), i8::try_from(200u8), u64::try_from(-1i8));
    println!("{:?} {:?} {:?}", i32::from(3u8), u64::from(true), f64::from(1u32));
    println!("{:?} {:?}", 2i32.pow(10), (-3i64).pow(3));
    println!("{}", (1..=20u64).product::<u64>());
    println!("{:?}", [3, 1, 2].iter().copied().map(i64::from).sum::<i64>());
    println!("{:?} {:?}", 5i32.clamp(-3, 3), (-9i32).clamp(-3, 3));
}
