//! Text of integers.

use super::{flag, Binary, Debug, Display, Formatter, LowerHex, Octal, Result, UpperHex};
use crate::{slice, str};

/// The text in the last bytes of a buffer.
#[inline]
fn tail(buf: &[u8], at: usize) -> &str {
    unsafe { str::from_utf8_unchecked(slice::from_raw_parts(buf.as_ptr().add(at), buf.len() - at)) }
}

fn decimal_u64(mut n: u64, is_nonnegative: bool, f: &mut Formatter<'_>) -> Result {
    let mut buf = [0u8; 20];
    let mut at = 20;
    loop {
        at -= 1;
        buf[at] = b'0' + (n % 10) as u8;
        n /= 10;
        if n == 0 {
            break;
        }
    }
    if is_nonnegative && f.flags == 0 && f.width.is_none() {
        return f.buf.write_str(tail(&buf, at));
    }
    f.pad_integral(is_nonnegative, "", tail(&buf, at))
}

fn decimal_u128(mut n: u128, is_nonnegative: bool, f: &mut Formatter<'_>) -> Result {
    let mut buf = [0u8; 39];
    let mut at = 39;
    while n > u64::MAX as u128 {
        let mut low = (n % 10_000_000_000) as u64;
        n /= 10_000_000_000;
        let mut i = 0;
        while i < 10 {
            at -= 1;
            buf[at] = b'0' + (low % 10) as u8;
            low /= 10;
            i += 1;
        }
    }
    let mut n = n as u64;
    loop {
        at -= 1;
        buf[at] = b'0' + (n % 10) as u8;
        n /= 10;
        if n == 0 {
            break;
        }
    }
    f.pad_integral(is_nonnegative, "", tail(&buf, at))
}

macro_rules! display_integer {
    ($($routine:ident $word:ident: $($unsigned:ident)* / $($signed:ident)*;)*) => {$($(
        impl Display for $unsigned {
            fn fmt(&self, f: &mut Formatter<'_>) -> Result {
                $routine(*self as $word, true, f)
            }
        }
    )*
    $(
        impl Display for $signed {
            fn fmt(&self, f: &mut Formatter<'_>) -> Result {
                if *self >= 0 {
                    $routine(*self as $word, true, f)
                } else {
                    $routine((!(*self as $word)).wrapping_add(1), false, f)
                }
            }
        }
    )*)*};
}
display_integer! {
    decimal_u64 u64: u8 u16 u32 u64 usize / i8 i16 i32 i64 isize;
    decimal_u128 u128: u128 / i128;
}

/// Digits of `bits` bits each.
fn radix_u64(mut n: u64, bits: u32, letter: u8, prefix: &str, f: &mut Formatter<'_>) -> Result {
    let mut buf = [0u8; 64];
    let mut at = 64;
    let mask = (1u64 << bits) - 1;
    loop {
        at -= 1;
        let digit = (n & mask) as u8;
        buf[at] = if digit < 10 { b'0' + digit } else { letter + (digit - 10) };
        n >>= bits;
        if n == 0 {
            break;
        }
    }
    f.pad_integral(true, prefix, tail(&buf, at))
}

fn radix_u128(mut n: u128, bits: u32, letter: u8, prefix: &str, f: &mut Formatter<'_>) -> Result {
    let mut buf = [0u8; 128];
    let mut at = 128;
    let mask = (1u128 << bits) - 1;
    loop {
        at -= 1;
        let digit = (n & mask) as u8;
        buf[at] = if digit < 10 { b'0' + digit } else { letter + (digit - 10) };
        n >>= bits;
        if n == 0 {
            break;
        }
    }
    f.pad_integral(true, prefix, tail(&buf, at))
}

macro_rules! radix_integer {
    ($($routine:ident $word:ident: $($t:ident $unsigned:ident)*;)*) => {$($(
        impl Binary for $t {
            fn fmt(&self, f: &mut Formatter<'_>) -> Result {
                $routine(*self as $unsigned as $word, 1, b'a', "0b", f)
            }
        }

        impl Octal for $t {
            fn fmt(&self, f: &mut Formatter<'_>) -> Result {
                $routine(*self as $unsigned as $word, 3, b'a', "0o", f)
            }
        }

        impl LowerHex for $t {
            fn fmt(&self, f: &mut Formatter<'_>) -> Result {
                $routine(*self as $unsigned as $word, 4, b'a', "0x", f)
            }
        }

        impl UpperHex for $t {
            fn fmt(&self, f: &mut Formatter<'_>) -> Result {
                $routine(*self as $unsigned as $word, 4, b'A', "0x", f)
            }
        }

        impl Debug for $t {
            #[inline]
            fn fmt(&self, f: &mut Formatter<'_>) -> Result {
                if f.flags & flag::LOWER_HEX != 0 {
                    LowerHex::fmt(self, f)
                } else if f.flags & flag::UPPER_HEX != 0 {
                    UpperHex::fmt(self, f)
                } else {
                    Display::fmt(self, f)
                }
            }
        }
    )*)*};
}
radix_integer! {
    radix_u64 u64:
        u8 u8 u16 u16 u32 u32 u64 u64 usize usize i8 u8 i16 u16 i32 u32 i64 u64 isize usize;
    radix_u128 u128: u128 u128 i128 u128;
}
