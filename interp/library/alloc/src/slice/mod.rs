//! The methods of slices that need a heap: `to_vec`, `concat`, `join`, `repeat` and the stable sorts.
//!
//! To add such a method, add it to the inherent impl below, or to `concat.rs` or `sort.rs`.

mod concat;
mod sort;

pub use self::concat::{Concat, Join};
pub use core::slice::*;

use crate::borrow::ToOwned;
use crate::boxed::Box;
use crate::vec::Vec;
use core::cmp::Ordering;
use core::mem::forget;

impl<T> [T] {
    pub fn sort(&mut self)
    where
        T: Ord,
    {
        sort::merge_sort(self, &mut |a: &T, b: &T| a.lt(b));
    }

    pub fn sort_by<F>(&mut self, mut compare: F)
    where
        F: FnMut(&T, &T) -> Ordering,
    {
        sort::merge_sort(self, &mut |a: &T, b: &T| matches!(compare(a, b), Ordering::Less));
    }

    pub fn sort_by_key<K, F>(&mut self, mut f: F)
    where
        F: FnMut(&T) -> K,
        K: Ord,
    {
        sort::merge_sort(self, &mut |a: &T, b: &T| f(a).lt(&f(b)));
    }

    pub fn sort_by_cached_key<K, F>(&mut self, mut f: F)
    where
        F: FnMut(&T) -> K,
        K: Ord,
    {
        let len = self.len();
        if len < 2 {
            return;
        }
        let mut keys: Vec<(K, usize)> = Vec::with_capacity(len);
        for (i, value) in self.iter().enumerate() {
            keys.push((f(value), i));
        }
        sort::merge_sort(&mut keys, &mut |a: &(K, usize), b: &(K, usize)| a.0.lt(&b.0));
        let mut i = 0;
        while i < len {
            let mut from = keys[i].1;
            while from < i {
                from = keys[from].1;
            }
            keys[i].1 = from;
            self.swap(i, from);
            i += 1;
        }
    }

    #[track_caller]
    pub fn to_vec(&self) -> Vec<T>
    where
        T: Clone,
    {
        let mut v = Vec::with_capacity(self.len());
        v.extend_from_slice(self);
        v
    }

    pub fn into_vec(self: Box<Self>) -> Vec<T> {
        let mut this = self;
        let len = this.len();
        let ptr = this.as_mut_ptr();
        forget(this);
        unsafe { Vec::from_raw_parts(ptr, len, len) }
    }

    #[track_caller]
    pub fn repeat(&self, n: usize) -> Vec<T>
    where
        T: Copy,
    {
        let capacity = self.len().checked_mul(n).expect("capacity overflow");
        let mut v = Vec::with_capacity(capacity);
        let mut i = 0;
        while i < n {
            v.extend_from_slice(self);
            i += 1;
        }
        v
    }

    pub fn concat<Item: ?Sized>(&self) -> <Self as Concat<Item>>::Output
    where
        Self: Concat<Item>,
    {
        Concat::concat(self)
    }

    pub fn join<Separator>(&self, sep: Separator) -> <Self as Join<Separator>>::Output
    where
        Self: Join<Separator>,
    {
        Join::join(self, sep)
    }

    #[allow(deprecated)]
    pub fn connect<Separator>(&self, sep: Separator) -> <Self as Join<Separator>>::Output
    where
        Self: Join<Separator>,
    {
        Join::join(self, sep)
    }
}

impl [u8] {
    pub fn to_ascii_uppercase(&self) -> Vec<u8> {
        let mut v = self.to_vec();
        v.make_ascii_uppercase();
        v
    }

    pub fn to_ascii_lowercase(&self) -> Vec<u8> {
        let mut v = self.to_vec();
        v.make_ascii_lowercase();
        v
    }
}

impl<T: Clone> ToOwned for [T] {
    type Owned = Vec<T>;

    fn to_owned(&self) -> Vec<T> {
        self.to_vec()
    }

    fn clone_into(&self, target: &mut Vec<T>) {
        target.truncate(self.len());
        let (start, rest) = self.split_at(target.len());
        target.clone_from_slice(start);
        target.extend_from_slice(rest);
    }
}
