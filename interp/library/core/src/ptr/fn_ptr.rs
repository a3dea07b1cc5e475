//! The traits of function pointers: comparison, hash and text by address.
//!
//! One impl an arity and an ABI; `Clone` and `Copy` are the compiler's.

use crate::cmp::Ordering;
use crate::fmt;
use crate::hash::{Hash, Hasher};

macro_rules! fn_pointer {
    ($t:ty; $($p:ident)*) => {
        impl<Ret, $($p),*> PartialEq for $t {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                *self as *const () == *other as *const ()
            }
        }

        impl<Ret, $($p),*> Eq for $t {}

        impl<Ret, $($p),*> PartialOrd for $t {
            #[inline]
            fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
                (*self as *const ()).partial_cmp(&(*other as *const ()))
            }
        }

        impl<Ret, $($p),*> Ord for $t {
            #[inline]
            fn cmp(&self, other: &Self) -> Ordering {
                (*self as *const ()).cmp(&(*other as *const ()))
            }
        }

        impl<Ret, $($p),*> Hash for $t {
            fn hash<HH: Hasher>(&self, state: &mut HH) {
                state.write_usize((*self as *const ()).addr())
            }
        }

        impl<Ret, $($p),*> fmt::Pointer for $t {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::pointer_fmt_inner((*self as *const ()).addr(), f)
            }
        }

        impl<Ret, $($p),*> fmt::Debug for $t {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::pointer_fmt_inner((*self as *const ()).addr(), f)
            }
        }
    };
}

macro_rules! fn_pointers {
    ($($p:ident)*) => {
        fn_pointer! { fn($($p),*) -> Ret; $($p)* }
        fn_pointer! { unsafe fn($($p),*) -> Ret; $($p)* }
        fn_pointer! { extern "C" fn($($p),*) -> Ret; $($p)* }
        fn_pointer! { unsafe extern "C" fn($($p),*) -> Ret; $($p)* }
    };
}

fn_pointers! {}
fn_pointers! { A }
fn_pointers! { A B }
fn_pointers! { A B C }
fn_pointers! { A B C D }
fn_pointers! { A B C D E }
fn_pointers! { A B C D E F }
fn_pointers! { A B C D E F G }
fn_pointers! { A B C D E F G H }
fn_pointers! { A B C D E F G H I }
fn_pointers! { A B C D E F G H I J }
fn_pointers! { A B C D E F G H I J K }
fn_pointers! { A B C D E F G H I J K L }
