//! `[..].concat()` and `[..].join(sep)` for slices of slices and of strings.
//!
//! To let another kind of parts be joined, implement `Concat` and `Join` for slices of it.

use crate::string::String;
use crate::vec::Vec;
use core::borrow::Borrow;

/// What `concat` makes of a slice of parts.
pub trait Concat<Item: ?Sized> {
    type Output;

    fn concat(slice: &Self) -> Self::Output;
}

/// What `join` makes of a slice of parts and a separator.
pub trait Join<Separator> {
    type Output;

    fn join(slice: &Self, sep: Separator) -> Self::Output;
}

impl<T: Clone, V: Borrow<[T]>> Concat<T> for [V] {
    type Output = Vec<T>;

    #[rustc_inherit_overflow_checks]
    fn concat(slice: &Self) -> Vec<T> {
        let mut size = 0;
        for part in slice.iter() {
            size += Borrow::<[T]>::borrow(part).len();
        }
        let mut result = Vec::with_capacity(size);
        for part in slice.iter() {
            result.extend_from_slice(Borrow::<[T]>::borrow(part));
        }
        result
    }
}

impl<T: Clone, V: Borrow<[T]>> Join<&T> for [V] {
    type Output = Vec<T>;

    fn join(slice: &Self, sep: &T) -> Vec<T> {
        let mut result = Vec::new();
        let mut first = true;
        for part in slice.iter() {
            if !first {
                result.push(sep.clone());
            }
            first = false;
            result.extend_from_slice(Borrow::<[T]>::borrow(part));
        }
        result
    }
}

impl<T: Clone, V: Borrow<[T]>> Join<&[T]> for [V] {
    type Output = Vec<T>;

    fn join(slice: &Self, sep: &[T]) -> Vec<T> {
        let mut result = Vec::new();
        let mut first = true;
        for part in slice.iter() {
            if !first {
                result.extend_from_slice(sep);
            }
            first = false;
            result.extend_from_slice(Borrow::<[T]>::borrow(part));
        }
        result
    }
}

impl<S: Borrow<str>> Concat<str> for [S] {
    type Output = String;

    fn concat(slice: &Self) -> String {
        Join::join(slice, "")
    }
}

impl<S: Borrow<str>> Join<&str> for [S] {
    type Output = String;

    fn join(slice: &Self, sep: &str) -> String {
        let mut size = 0;
        for part in slice.iter() {
            let len = Borrow::<str>::borrow(part).len() + sep.len();
            size = len.checked_add(size).expect("attempt to join into collection with len > usize::MAX");
        }
        let mut result = String::with_capacity(size);
        let mut first = true;
        for part in slice.iter() {
            if !first {
                result.push_str(sep);
            }
            first = false;
            result.push_str(Borrow::<str>::borrow(part));
        }
        result
    }
}
