//! `Default`: a type's natural first value.

/// Types with a default value.
pub trait Default: Sized {
    /// The default value.
    fn default() -> Self;
}

macro_rules! impl_default {
    ($($t:ty, $v:expr;)*) => {$(
        impl Default for $t {
            fn default() -> $t {
                $v
            }
        }
    )*};
}

impl_default! {
    (), (); bool, false; char, '\0';
    usize, 0; u8, 0; u16, 0; u32, 0; u64, 0; u128, 0;
    isize, 0; i8, 0; i16, 0; i32, 0; i64, 0; i128, 0;
    f32, 0.0; f64, 0.0;
}
