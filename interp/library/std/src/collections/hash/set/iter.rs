//! The iterators of `HashSet`.

use super::super::map;
use super::super::table::{Table, Walk};
use super::HashSet;
use crate::fmt::{self, Debug};
use core::iter::FusedIterator;

/// The values, by reference.
pub struct Iter<'a, T: 'a> {
    pub(super) base: map::Keys<'a, T, ()>,
}

/// The values, by move.
pub struct IntoIter<T> {
    base: map::IntoKeys<T, ()>,
}

/// The values, by move out of the set, which keeps its memory.
pub struct Drain<'a, T: 'a> {
    pub(super) base: map::Drain<'a, T, ()>,
}

/// The values a closure picks, by move out of the set.
pub struct ExtractIf<'a, T: 'a, F> {
    table: &'a mut Table<(T, ())>,
    walk: Walk,
    pred: F,
}

impl<'a, T, F> ExtractIf<'a, T, F> {
    pub(super) fn new(table: &'a mut Table<(T, ())>, pred: F) -> ExtractIf<'a, T, F> {
        let walk = table.walk();
        ExtractIf { table, walk, pred }
    }
}

impl<'a, T> Iterator for Iter<'a, T> {
    type Item = &'a T;

    fn next(&mut self) -> Option<&'a T> {
        self.base.next()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.base.size_hint()
    }
}

impl<T> Iterator for IntoIter<T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        self.base.next()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.base.size_hint()
    }
}

impl<T> Iterator for Drain<'_, T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        match self.base.next() {
            Some((k, _)) => Some(k),
            None => None,
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.base.size_hint()
    }
}

impl<T, F: FnMut(&T) -> bool> Iterator for ExtractIf<'_, T, F> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        loop {
            let i = self.walk.next();
            if i == usize::MAX {
                return None;
            }
            unsafe {
                if (self.pred)(&(*self.table.at(i)).0) {
                    return Some(self.table.remove(i).0);
                }
            }
        }
    }
}

impl<T> ExactSizeIterator for Iter<'_, T> {}
impl<T> FusedIterator for Iter<'_, T> {}
impl<T> ExactSizeIterator for IntoIter<T> {}
impl<T> FusedIterator for IntoIter<T> {}
impl<T> ExactSizeIterator for Drain<'_, T> {}
impl<T> FusedIterator for Drain<'_, T> {}

impl<T> Clone for Iter<'_, T> {
    fn clone(&self) -> Self {
        Iter { base: self.base.clone() }
    }
}

impl<T: Debug> Debug for Iter<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}

impl<T: Debug> Debug for IntoIter<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Debug::fmt(&self.base, f)
    }
}

impl<T: Debug> Debug for Drain<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.base.iter().map(|pair| pair.0)).finish()
    }
}

impl<T, S> IntoIterator for HashSet<T, S> {
    type Item = T;
    type IntoIter = IntoIter<T>;

    fn into_iter(self) -> IntoIter<T> {
        IntoIter { base: self.map.into_keys() }
    }
}

impl<'a, T, S> IntoIterator for &'a HashSet<T, S> {
    type Item = &'a T;
    type IntoIter = Iter<'a, T>;

    fn into_iter(self) -> Iter<'a, T> {
        self.iter()
    }
}
