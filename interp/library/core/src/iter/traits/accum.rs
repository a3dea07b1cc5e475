//! Sums and products.

use crate::iter;

/// Types that are the sum of items.
pub trait Sum<A = Self>: Sized {
    /// The sum.
    fn sum<I: Iterator<Item = A>>(iter: I) -> Self;
}

/// Types that are the product of items.
pub trait Product<A = Self>: Sized {
    /// The product.
    fn product<I: Iterator<Item = A>>(iter: I) -> Self;
}

macro_rules! sum_product {
    ($($t:ty, $zero:expr, $one:expr;)*) => {$(
        impl Sum for $t {
            #[rustc_inherit_overflow_checks]
            fn sum<I: Iterator<Item = $t>>(mut iter: I) -> $t {
                let mut total: $t = $zero;
                while let Some(x) = iter.next() {
                    total = total + x;
                }
                total
            }
        }

        impl Product for $t {
            #[rustc_inherit_overflow_checks]
            fn product<I: Iterator<Item = $t>>(mut iter: I) -> $t {
                let mut total: $t = $one;
                while let Some(x) = iter.next() {
                    total = total * x;
                }
                total
            }
        }

        impl<'a> Sum<&'a $t> for $t {
            #[rustc_inherit_overflow_checks]
            fn sum<I: Iterator<Item = &'a $t>>(mut iter: I) -> $t {
                let mut total: $t = $zero;
                while let Some(x) = iter.next() {
                    total = total + *x;
                }
                total
            }
        }

        impl<'a> Product<&'a $t> for $t {
            #[rustc_inherit_overflow_checks]
            fn product<I: Iterator<Item = &'a $t>>(mut iter: I) -> $t {
                let mut total: $t = $one;
                while let Some(x) = iter.next() {
                    total = total * *x;
                }
                total
            }
        }
    )*};
}
sum_product! {
    u8, 0, 1; u16, 0, 1; u32, 0, 1; u64, 0, 1; u128, 0, 1; usize, 0, 1;
    i8, 0, 1; i16, 0, 1; i32, 0, 1; i64, 0, 1; i128, 0, 1; isize, 0, 1;
    f32, -0.0, 1.0; f64, -0.0, 1.0;
}

impl<T, U: Sum<T>> Sum<Option<T>> for Option<U> {
    fn sum<I: Iterator<Item = Option<T>>>(iter: I) -> Option<U> {
        iter::try_process(iter, |i| i.sum())
    }
}

impl<T, U: Product<T>> Product<Option<T>> for Option<U> {
    fn product<I: Iterator<Item = Option<T>>>(iter: I) -> Option<U> {
        iter::try_process(iter, |i| i.product())
    }
}

impl<T, U: Sum<T>, E> Sum<Result<T, E>> for Result<U, E> {
    fn sum<I: Iterator<Item = Result<T, E>>>(iter: I) -> Result<U, E> {
        iter::try_process(iter, |i| i.sum())
    }
}

impl<T, U: Product<T>, E> Product<Result<T, E>> for Result<U, E> {
    fn product<I: Iterator<Item = Result<T, E>>>(iter: I) -> Result<U, E> {
        iter::try_process(iter, |i| i.product())
    }
}
