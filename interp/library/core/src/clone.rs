//! `Clone`: making a second value of the same meaning.
//!
//! Tuples, closures, function items and function pointers are `Clone` by the compiler.

/// Types whose values can be duplicated.
#[lang = "clone"]
pub trait Clone: Sized {
    /// A copy of the value.
    #[must_use]
    fn clone(&self) -> Self;

    /// Replaces `self` by a copy of `source`.
    fn clone_from(&mut self, source: &Self) {
        *self = source.clone()
    }
}

macro_rules! impl_clone {
    ($($t:ty)*) => {$(
        impl Clone for $t {
            #[inline]
            fn clone(&self) -> Self {
                *self
            }
        }
    )*};
}
impl_clone! { usize u8 u16 u32 u64 u128 isize i8 i16 i32 i64 i128 f32 f64 bool char }

impl Clone for ! {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: ?Sized> Clone for *const T {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: ?Sized> Clone for *mut T {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: ?Sized> Clone for &T {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: ?Sized> !Clone for &mut T {}
