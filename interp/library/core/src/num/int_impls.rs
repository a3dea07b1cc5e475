//! The methods of each integer type.

use crate::intrinsics;

#[cold]
#[track_caller]
const fn panic_for_nonpositive_argument() -> ! {
    panic!("argument of integer logarithm must be positive")
}

impl u8 {
    int_common! { u8 u8 i8 8 1 }
    int_unsigned! { u8 i8 8 }
}

impl u16 {
    int_common! { u16 u16 i16 16 2 }
    int_unsigned! { u16 i16 16 }
}

impl u32 {
    int_common! { u32 u32 i32 32 4 }
    int_unsigned! { u32 i32 32 }
}

impl u64 {
    int_common! { u64 u64 i64 64 8 }
    int_unsigned! { u64 i64 64 }
}

impl u128 {
    int_common! { u128 u128 i128 128 16 }
    int_unsigned! { u128 i128 128 }
}

impl usize {
    int_common! { usize usize isize 64 8 }
    int_unsigned! { usize isize 64 }
}

impl i8 {
    int_common! { i8 u8 i8 8 1 }
    int_signed! { i8 u8 8 }
}

impl i16 {
    int_common! { i16 u16 i16 16 2 }
    int_signed! { i16 u16 16 }
}

impl i32 {
    int_common! { i32 u32 i32 32 4 }
    int_signed! { i32 u32 32 }
}

impl i64 {
    int_common! { i64 u64 i64 64 8 }
    int_signed! { i64 u64 64 }
}

impl i128 {
    int_common! { i128 u128 i128 128 16 }
    int_signed! { i128 u128 128 }
}

impl isize {
    int_common! { isize usize isize 64 8 }
    int_signed! { isize usize 64 }
}
