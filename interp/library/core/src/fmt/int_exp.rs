//! Integers in scientific notation.

use super::{Formatter, LowerExp, Result, UpperExp};
use crate::str;

/// `d.ddd` and the exponent: trailing zeros go, a precision rounds half to even.
fn scientific(mut n: u128, is_nonnegative: bool, letter: u8, f: &mut Formatter<'_>) -> Result {
    let mut exponent = 0;
    while n >= 10 && n % 10 == 0 {
        n /= 10;
        exponent += 1;
    }
    let mut digits = 1;
    let mut rest = n;
    while rest >= 10 {
        rest /= 10;
        digits += 1;
    }
    let mut zeros = 0;
    if let Some(precision) = f.precision() {
        let mut fraction = digits - 1;
        let mut dropped = 0;
        let mut unit: u128 = 1;
        while fraction > precision {
            dropped += 1;
            unit *= 10;
            fraction -= 1;
        }
        if dropped > 0 {
            let (kept, lost) = (n / unit, n % unit);
            n = if lost > unit / 2 || (lost == unit / 2 && kept % 2 == 1) { kept + 1 } else { kept };
            exponent += dropped;
            digits -= dropped;
            let mut bound: u128 = 1;
            let mut i = 0;
            while i < digits {
                bound *= 10;
                i += 1;
            }
            if n >= bound {
                n /= 10;
                exponent += 1;
            }
        }
        zeros = precision - (digits - 1);
    }
    exponent += digits - 1;
    let mut buf = [0u8; 48];
    let mut at = 48;
    let mut e = exponent;
    loop {
        at -= 1;
        buf[at] = b'0' + (e % 10) as u8;
        e /= 10;
        if e == 0 {
            break;
        }
    }
    at -= 1;
    buf[at] = letter;
    let exponent_at = at;
    let mut left = digits;
    while left > 1 {
        at -= 1;
        buf[at] = b'0' + (n % 10) as u8;
        n /= 10;
        left -= 1;
    }
    if digits > 1 || zeros > 0 {
        at -= 1;
        buf[at] = b'.';
    }
    at -= 1;
    buf[at] = b'0' + n as u8;
    let sign = if !is_nonnegative { "-" } else if f.sign_plus() { "+" } else { "" };
    let (mantissa, tail) = unsafe {
        (str::from_utf8_unchecked(&buf[at..exponent_at]), str::from_utf8_unchecked(&buf[exponent_at..]))
    };
    f.pad_parts(sign, mantissa, zeros, tail)
}

macro_rules! exponential {
    ($($t:ident $unsigned:ident)*) => {$(
        impl LowerExp for $t {
            fn fmt(&self, f: &mut Formatter<'_>) -> Result {
                #[allow(unused_comparisons)]
                if *self >= 0 {
                    scientific(*self as u128, true, b'e', f)
                } else {
                    scientific((*self as $unsigned).wrapping_neg() as u128, false, b'e', f)
                }
            }
        }

        impl UpperExp for $t {
            fn fmt(&self, f: &mut Formatter<'_>) -> Result {
                #[allow(unused_comparisons)]
                if *self >= 0 {
                    scientific(*self as u128, true, b'E', f)
                } else {
                    scientific((*self as $unsigned).wrapping_neg() as u128, false, b'E', f)
                }
            }
        }
    )*};
}
exponential! {
    u8 u8 u16 u16 u32 u32 u64 u64 u128 u128 usize usize i8 u8 i16 u16 i32 u32 i64 u64 i128 u128 isize usize
}
