//! Conversions between numbers: `From` where nothing can be lost, `TryFrom` otherwise.

use crate::num::TryFromIntError;

macro_rules! lossless {
    ($($small:ident => $($large:ident)+;)*) => {$($(
        impl From<$small> for $large {
            #[inline]
            fn from(small: $small) -> $large {
                small as $large
            }
        }
    )+)*};
}

/// From `$source` to a type that holds the range `$min..=$max` of it.
macro_rules! checked {
    ($($source:ident => $($target:ident $test:ident)+;)*) => {$($(
        impl TryFrom<$source> for $target {
            type Error = TryFromIntError;

            #[inline]
            fn try_from(value: $source) -> Result<$target, TryFromIntError> {
                $test!(value, $source, $target)
            }
        }
    )+)*};
}

macro_rules! fits {
    ($value:ident, $source:ident, $target:ident) => {
        Ok($value as $target)
    };
}

macro_rules! not_negative {
    ($value:ident, $source:ident, $target:ident) => {
        if $value >= 0 { Ok($value as $target) } else { Err(TryFromIntError(())) }
    };
}

macro_rules! not_above {
    ($value:ident, $source:ident, $target:ident) => {
        if $value > <$target>::MAX as $source { Err(TryFromIntError(())) } else { Ok($value as $target) }
    };
}

macro_rules! in_range {
    ($value:ident, $source:ident, $target:ident) => {
        if $value < <$target>::MIN as $source || $value > <$target>::MAX as $source {
            Err(TryFromIntError(()))
        } else {
            Ok($value as $target)
        }
    };
}

lossless! {
    bool => u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize;
    u8 => u16 u32 u64 u128 usize i16 i32 i64 i128 isize f32 f64 char;
    u16 => u32 u64 u128 usize i32 i64 i128 f32 f64;
    u32 => u64 u128 i64 i128 f64;
    u64 => u128 i128;
    i8 => i16 i32 i64 i128 isize f32 f64;
    i16 => i32 i64 i128 isize f32 f64;
    i32 => i64 i128 f64;
    i64 => i128;
    f32 => f64;
    char => u32 u64 u128;
}

checked! {
    u8 => i8 not_above;
    u16 => u8 not_above i8 not_above i16 not_above isize fits;
    u32 => u8 not_above u16 not_above usize fits i8 not_above i16 not_above i32 not_above isize fits;
    u64 => u8 not_above u16 not_above u32 not_above usize fits i8 not_above i16 not_above i32 not_above i64 not_above isize not_above;
    u128 => u8 not_above u16 not_above u32 not_above u64 not_above usize not_above i8 not_above i16 not_above i32 not_above i64 not_above i128 not_above isize not_above;
    usize => u8 not_above u16 not_above u32 not_above u64 fits u128 fits i8 not_above i16 not_above i32 not_above i64 not_above i128 fits isize not_above;
    i8 => u8 not_negative u16 not_negative u32 not_negative u64 not_negative u128 not_negative usize not_negative;
    i16 => u8 in_range u16 not_negative u32 not_negative u64 not_negative u128 not_negative usize not_negative i8 in_range;
    i32 => u8 in_range u16 in_range u32 not_negative u64 not_negative u128 not_negative usize not_negative i8 in_range i16 in_range isize fits;
    i64 => u8 in_range u16 in_range u32 in_range u64 not_negative u128 not_negative usize not_negative i8 in_range i16 in_range i32 in_range isize fits;
    i128 => u8 in_range u16 in_range u32 in_range u64 in_range u128 not_negative usize in_range i8 in_range i16 in_range i32 in_range i64 in_range isize in_range;
    isize => u8 in_range u16 in_range u32 in_range u64 not_negative u128 not_negative usize not_negative i8 in_range i16 in_range i32 in_range i64 fits i128 fits;
}

macro_rules! zero_or_one {
    ($($source:ident)+) => {$(
        impl TryFrom<$source> for bool {
            type Error = TryFromIntError;

            #[inline]
            fn try_from(value: $source) -> Result<bool, TryFromIntError> {
                match value {
                    0 => Ok(false),
                    1 => Ok(true),
                    _ => Err(TryFromIntError(())),
                }
            }
        }
    )+};
}

zero_or_one! { u8 u16 u32 u64 u128 i8 i16 i32 i64 i128 }

impl From<bool> for f32 {
    fn from(small: bool) -> f32 {
        small as u8 as f32
    }
}

impl From<bool> for f64 {
    fn from(small: bool) -> f64 {
        small as u8 as f64
    }
}
