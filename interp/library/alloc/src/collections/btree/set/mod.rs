//! `BTreeSet`: a map to nothing.
//!
//! To add a method, find its like on the map. The set operations are in `ops.rs`.

mod ops;
mod traits;

pub use self::ops::{Difference, Intersection, SymmetricDifference, Union};

use super::map::{self, check_range, extract_next, BTreeMap};
use super::position::Position;
use core::borrow::Borrow;
use core::fmt;
use core::iter::FusedIterator;
use core::ops::RangeBounds;

/// An ordered set.
pub struct BTreeSet<T> {
    map: BTreeMap<T, SetValZST>,
}

/// What the map of a set holds.
#[derive(Debug, Eq, PartialEq, Ord, PartialOrd, Hash, Clone, Copy, Default)]
struct SetValZST;

impl<T> BTreeSet<T> {
    pub const fn new() -> BTreeSet<T> {
        BTreeSet { map: BTreeMap::new() }
    }

    pub const fn len(&self) -> usize {
        self.map.len()
    }

    pub const fn is_empty(&self) -> bool {
        self.map.len() == 0
    }

    pub fn clear(&mut self) {
        self.map.clear();
    }

    pub fn contains<Q: ?Sized + Ord>(&self, value: &Q) -> bool
    where
        T: Borrow<Q> + Ord,
    {
        self.map.contains_key(value)
    }

    pub fn get<Q: ?Sized + Ord>(&self, value: &Q) -> Option<&T>
    where
        T: Borrow<Q> + Ord,
    {
        self.map.get_key_value(value).map(|(k, _)| k)
    }

    pub fn first(&self) -> Option<&T>
    where
        T: Ord,
    {
        self.map.first_key_value().map(|(k, _)| k)
    }

    pub fn last(&self) -> Option<&T>
    where
        T: Ord,
    {
        self.map.last_key_value().map(|(k, _)| k)
    }

    pub fn pop_first(&mut self) -> Option<T>
    where
        T: Ord,
    {
        self.map.pop_first().map(|(k, _)| k)
    }

    pub fn pop_last(&mut self) -> Option<T>
    where
        T: Ord,
    {
        self.map.pop_last().map(|(k, _)| k)
    }

    pub fn insert(&mut self, value: T) -> bool
    where
        T: Ord,
    {
        self.map.insert(value, SetValZST).is_none()
    }

    pub fn replace(&mut self, value: T) -> Option<T>
    where
        T: Ord,
    {
        let old = self.map.remove_entry(&value).map(|(k, _)| k);
        self.map.insert(value, SetValZST);
        old
    }

    pub fn remove<Q: ?Sized + Ord>(&mut self, value: &Q) -> bool
    where
        T: Borrow<Q> + Ord,
    {
        self.map.remove(value).is_some()
    }

    pub fn take<Q: ?Sized + Ord>(&mut self, value: &Q) -> Option<T>
    where
        T: Borrow<Q> + Ord,
    {
        self.map.remove_entry(value).map(|(k, _)| k)
    }

    pub fn retain<F: FnMut(&T) -> bool>(&mut self, mut f: F)
    where
        T: Ord,
    {
        self.map.retain(|k, _| f(k));
    }

    pub fn append(&mut self, other: &mut BTreeSet<T>)
    where
        T: Ord,
    {
        self.map.append(&mut other.map);
    }

    pub fn split_off<Q: ?Sized + Ord>(&mut self, value: &Q) -> BTreeSet<T>
    where
        T: Borrow<Q> + Ord,
    {
        BTreeSet { map: self.map.split_off(value) }
    }

    pub fn extract_if<F, R>(&mut self, range: R, pred: F) -> ExtractIf<'_, T, R, F>
    where
        T: Ord,
        R: RangeBounds<T>,
        F: FnMut(&T) -> bool,
    {
        let at = self.map.tree.lower(range.start_bound());
        ExtractIf { map: &mut self.map, at, range, pred }
    }

    pub fn range<K: ?Sized + Ord, R: RangeBounds<K>>(&self, range: R) -> Range<'_, T>
    where
        T: Borrow<K> + Ord,
    {
        check_range(&range, "BTreeSet");
        Range { iter: self.map.range(range) }
    }

    pub fn iter(&self) -> Iter<'_, T> {
        Iter { iter: self.map.keys() }
    }

    pub fn is_disjoint(&self, other: &BTreeSet<T>) -> bool
    where
        T: Ord,
    {
        self.intersection(other).next().is_none()
    }

    pub fn is_subset(&self, other: &BTreeSet<T>) -> bool
    where
        T: Ord,
    {
        self.len() <= other.len() && self.difference(other).next().is_none()
    }

    pub fn is_superset(&self, other: &BTreeSet<T>) -> bool
    where
        T: Ord,
    {
        other.is_subset(self)
    }
}

/// The values, by reference.
pub struct Iter<'a, T: 'a> {
    iter: map::Keys<'a, T, SetValZST>,
}

/// The values, by move.
pub struct IntoIter<T> {
    iter: map::IntoKeys<T, SetValZST>,
}

/// The values of a range, by reference.
pub struct Range<'a, T: 'a> {
    iter: map::Range<'a, T, SetValZST>,
}

/// The values a closure picks, taken out.
pub struct ExtractIf<'a, T, R, F> {
    map: &'a mut BTreeMap<T, SetValZST>,
    at: Position<T, SetValZST>,
    range: R,
    pred: F,
}

impl<T, R, F> Iterator for ExtractIf<'_, T, R, F>
where
    T: Ord,
    R: RangeBounds<T>,
    F: FnMut(&T) -> bool,
{
    type Item = T;

    fn next(&mut self) -> Option<T> {
        let pred = &mut self.pred;
        extract_next(self.map, &mut self.at, &self.range, &mut |k: &T, _: &mut SetValZST| pred(k)).map(|(k, _)| k)
    }
}

macro_rules! forward_iter {
    ($([$($life:lifetime)?] $name:ty, $item:ty;)*) => {$(
        impl<$($life,)? T> Iterator for $name {
            type Item = $item;

            fn next(&mut self) -> Option<$item> {
                self.iter.next()
            }

            fn size_hint(&self) -> (usize, Option<usize>) {
                self.iter.size_hint()
            }

            fn last(mut self) -> Option<$item> {
                self.next_back()
            }

            fn min(mut self) -> Option<$item>
            where
                $item: Ord,
            {
                self.next()
            }

            fn max(mut self) -> Option<$item>
            where
                $item: Ord,
            {
                self.next_back()
            }
        }

        impl<$($life,)? T> DoubleEndedIterator for $name {
            fn next_back(&mut self) -> Option<$item> {
                self.iter.next_back()
            }
        }

        impl<$($life,)? T> ExactSizeIterator for $name {}
        impl<$($life,)? T> FusedIterator for $name {}
    )*};
}

forward_iter! {
    ['a] Iter<'a, T>, &'a T;
    [] IntoIter<T>, T;
}

impl<'a, T> Iterator for Range<'a, T> {
    type Item = &'a T;

    fn next(&mut self) -> Option<&'a T> {
        self.iter.next().map(|(k, _)| k)
    }

    fn last(mut self) -> Option<&'a T> {
        self.next_back()
    }
}

impl<'a, T> DoubleEndedIterator for Range<'a, T> {
    fn next_back(&mut self) -> Option<&'a T> {
        self.iter.next_back().map(|(k, _)| k)
    }
}

impl<T> FusedIterator for Range<'_, T> {}

impl<T> Clone for Iter<'_, T> {
    fn clone(&self) -> Self {
        Iter { iter: self.iter.clone() }
    }
}

impl<T> Clone for Range<'_, T> {
    fn clone(&self) -> Self {
        Range { iter: self.iter.clone() }
    }
}

impl<T: fmt::Debug> fmt::Debug for Iter<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Iter").field(&self.iter).finish()
    }
}

impl<T: fmt::Debug> fmt::Debug for IntoIter<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IntoIter").field("iter", &self.iter.inner).finish()
    }
}

impl<T: fmt::Debug> fmt::Debug for Range<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Range").field("iter", &self.iter).finish()
    }
}

impl<T> IntoIterator for BTreeSet<T> {
    type Item = T;
    type IntoIter = IntoIter<T>;

    fn into_iter(self) -> IntoIter<T> {
        IntoIter { iter: self.map.into_keys() }
    }
}

impl<'a, T> IntoIterator for &'a BTreeSet<T> {
    type Item = &'a T;
    type IntoIter = Iter<'a, T>;

    fn into_iter(self) -> Iter<'a, T> {
        self.iter()
    }
}
