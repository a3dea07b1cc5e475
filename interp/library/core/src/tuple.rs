//! Comparison, defaults and conversions of tuples of up to twelve fields.
//!
//! `Clone` and `Copy` of tuples are the compiler's; `Debug` is in `fmt/tuples.rs`, `Hash` in `hash/`.

use crate::cmp::Ordering::{self, Equal};

macro_rules! tuple_impls {
    ($($T:ident $n:tt)+) => {
        impl<$($T: PartialEq),+> PartialEq for ($($T,)+) {
            #[inline]
            fn eq(&self, other: &($($T,)+)) -> bool {
                $(self.$n == other.$n)&&+
            }
        }

        impl<$($T: Eq),+> Eq for ($($T,)+) {}

        impl<$($T: PartialOrd),+> PartialOrd for ($($T,)+) {
            #[inline]
            fn partial_cmp(&self, other: &($($T,)+)) -> Option<Ordering> {
                $(
                    match self.$n.partial_cmp(&other.$n) {
                        Some(Equal) => {}
                        unequal => return unequal,
                    }
                )+
                Some(Equal)
            }
        }

        impl<$($T: Ord),+> Ord for ($($T,)+) {
            #[inline]
            fn cmp(&self, other: &($($T,)+)) -> Ordering {
                $(
                    match self.$n.cmp(&other.$n) {
                        Equal => {}
                        unequal => return unequal,
                    }
                )+
                Equal
            }
        }

        impl<$($T: Default),+> Default for ($($T,)+) {
            fn default() -> ($($T,)+) {
                ($($T::default(),)+)
            }
        }
    };
}

macro_rules! tuple_of_array {
    ($($n:literal ($($v:ident)+) ($($t:ident)+);)+) => {$(
        impl<T> From<[T; $n]> for ($($t,)+) {
            fn from(array: [T; $n]) -> Self {
                let [$($v),+] = array;
                ($($v,)+)
            }
        }

        impl<T> From<($($t,)+)> for [T; $n] {
            fn from(tuple: ($($t,)+)) -> Self {
                let ($($v,)+) = tuple;
                [$($v),+]
            }
        }
    )+};
}

tuple_impls! { A 0 }
tuple_impls! { A 0 B 1 }
tuple_impls! { A 0 B 1 C 2 }
tuple_impls! { A 0 B 1 C 2 D 3 }
tuple_impls! { A 0 B 1 C 2 D 3 E 4 }
tuple_impls! { A 0 B 1 C 2 D 3 E 4 F 5 }
tuple_impls! { A 0 B 1 C 2 D 3 E 4 F 5 G 6 }
tuple_impls! { A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 }
tuple_impls! { A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 }
tuple_impls! { A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 }
tuple_impls! { A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10 }
tuple_impls! { A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10 L 11 }

tuple_of_array! {
    1 (v0) (T);
    2 (v0 v1) (T T);
    3 (v0 v1 v2) (T T T);
    4 (v0 v1 v2 v3) (T T T T);
    5 (v0 v1 v2 v3 v4) (T T T T T);
    6 (v0 v1 v2 v3 v4 v5) (T T T T T T);
    7 (v0 v1 v2 v3 v4 v5 v6) (T T T T T T T);
    8 (v0 v1 v2 v3 v4 v5 v6 v7) (T T T T T T T T);
    9 (v0 v1 v2 v3 v4 v5 v6 v7 v8) (T T T T T T T T T);
    10 (v0 v1 v2 v3 v4 v5 v6 v7 v8 v9) (T T T T T T T T T T);
    11 (v0 v1 v2 v3 v4 v5 v6 v7 v8 v9 v10) (T T T T T T T T T T T);
    12 (v0 v1 v2 v3 v4 v5 v6 v7 v8 v9 v10 v11) (T T T T T T T T T T T T);
}
