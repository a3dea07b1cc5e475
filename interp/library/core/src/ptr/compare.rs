//! Comparison of raw pointers by address (and metadata).

use crate::cmp::Ordering::{self, Equal, Greater, Less};

macro_rules! pointer_order {
    ($($m:tt)*) => {$(
        impl<T: ?Sized> PartialEq for *$m T {
            #[inline]
            fn eq(&self, other: &*$m T) -> bool {
                *self == *other
            }
        }

        impl<T: ?Sized> Eq for *$m T {}

        impl<T: ?Sized> PartialOrd for *$m T {
            #[inline]
            fn partial_cmp(&self, other: &*$m T) -> Option<Ordering> {
                Some(self.cmp(other))
            }
            #[inline]
            fn lt(&self, other: &*$m T) -> bool {
                *self < *other
            }
            #[inline]
            fn le(&self, other: &*$m T) -> bool {
                *self <= *other
            }
            #[inline]
            fn gt(&self, other: &*$m T) -> bool {
                *self > *other
            }
            #[inline]
            fn ge(&self, other: &*$m T) -> bool {
                *self >= *other
            }
        }

        impl<T: ?Sized> Ord for *$m T {
            #[inline]
            fn cmp(&self, other: &*$m T) -> Ordering {
                if *self < *other {
                    Less
                } else if *self == *other {
                    Equal
                } else {
                    Greater
                }
            }
        }
    )*};
}
pointer_order! { const mut }
