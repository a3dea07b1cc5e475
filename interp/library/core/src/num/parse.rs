//! Text to integers: one routine for up to 64 bits, one for 128.

use crate::num::{IntErrorKind, ParseIntError};
use crate::str::FromStr;

#[cold]
#[track_caller]
const fn radix_panic(radix: u32) -> ! {
    panic!("from_ascii_radix: radix must lie in the range `[2, 36]` - found {}", radix)
}

const fn error<T>(kind: IntErrorKind) -> Result<T, ParseIntError> {
    Err(ParseIntError { kind })
}

macro_rules! parser {
    ($name:ident $word:ident) => {
        /// The number's bits; `max` and `max_negative` are the largest magnitudes.
        #[track_caller]
        const fn $name(
            src: &[u8],
            radix: u32,
            signed: bool,
            max: $word,
            max_negative: $word,
        ) -> Result<$word, ParseIntError> {
            if radix < 2 || radix > 36 {
                radix_panic(radix)
            }
            let len = src.len();
            if len == 0 {
                return error(IntErrorKind::Empty);
            }
            let first = src[0];
            let mut i = 0;
            let mut negative = false;
            if first == b'+' || first == b'-' {
                if len == 1 || (first == b'-' && !signed) {
                    return error(IntErrorKind::InvalidDigit);
                }
                negative = first == b'-';
                i = 1;
            }
            let limit = if negative { max_negative } else { max };
            let base = radix as $word;
            let mut value: $word = 0;
            while i < len {
                let byte = src[i];
                let mut digit = byte.wrapping_sub(b'0') as u32;
                if digit > 9 {
                    digit = ((byte | 0x20).wrapping_sub(b'a') as u32) + 10;
                }
                if digit >= radix {
                    return error(IntErrorKind::InvalidDigit);
                }
                let digit = digit as $word;
                if value > (limit - digit) / base {
                    return error(if negative { IntErrorKind::NegOverflow } else { IntErrorKind::PosOverflow });
                }
                value = value * base + digit;
                i += 1;
            }
            Ok(if negative { (0 as $word).wrapping_sub(value) } else { value })
        }
    };
}
parser! { parse_u64 u64 }
parser! { parse_u128 u128 }

macro_rules! from_text {
    ($($parse:ident $word:ident $signed:literal: $($t:ident)*;)*) => {$($(
        impl $t {
            /// Reads digits in a base, with an optional sign.
            #[track_caller]
            pub const fn from_str_radix(src: &str, radix: u32) -> Result<$t, ParseIntError> {
                match $parse(src.as_bytes(), radix, $signed, $t::MAX as $word, ($t::MIN as $word).wrapping_neg()) {
                    Ok(bits) => Ok(bits as $t),
                    Err(e) => Err(e),
                }
            }

            /// Reads digits in a base from bytes, with an optional sign.
            #[track_caller]
            #[unstable(feature = "int_from_ascii")]
            pub const fn from_ascii_radix(src: &[u8], radix: u32) -> Result<$t, ParseIntError> {
                match $parse(src, radix, $signed, $t::MAX as $word, ($t::MIN as $word).wrapping_neg()) {
                    Ok(bits) => Ok(bits as $t),
                    Err(e) => Err(e),
                }
            }
        }

        impl FromStr for $t {
            type Err = ParseIntError;

            #[inline]
            fn from_str(src: &str) -> Result<$t, ParseIntError> {
                match $parse(src.as_bytes(), 10, $signed, $t::MAX as $word, ($t::MIN as $word).wrapping_neg()) {
                    Ok(bits) => Ok(bits as $t),
                    Err(e) => Err(e),
                }
            }
        }
    )*)*};
}
from_text! {
    parse_u64 u64 false: u8 u16 u32 u64 usize;
    parse_u64 u64 true: i8 i16 i32 i64 isize;
    parse_u128 u128 false: u128;
    parse_u128 u128 true: i128;
}
