//! The iterators of `HashMap`, all over a `Walk` of the table's slots.
//!
//! The iterators over keys or values wrap the others; to add one, add a line to `wrap!`.

use super::super::table::{drop_walk, Drainer, Table, Walk};
use super::HashMap;
use crate::fmt::{self, Debug};
use core::iter::FusedIterator;
use core::marker::PhantomData;
use core::mem;
use core::intrinsics::{offset, read_via_copy};

/// The pairs, by reference.
pub struct Iter<'a, K: 'a, V: 'a> {
    slots: *const (K, V),
    walk: Walk,
    marker: PhantomData<&'a (K, V)>,
}

/// The pairs, values mutable.
pub struct IterMut<'a, K: 'a, V: 'a> {
    slots: *mut (K, V),
    walk: Walk,
    marker: PhantomData<&'a mut (K, V)>,
}

/// The pairs, by move.
pub struct IntoIter<K, V> {
    inner: Drainer<(K, V)>,
}

/// The pairs, by move out of the map, which keeps its memory.
pub struct Drain<'a, K: 'a, V: 'a> {
    table: &'a mut Table<(K, V)>,
    walk: Walk,
}

/// The pairs a closure picks, by move out of the map.
pub struct ExtractIf<'a, K: 'a, V: 'a, F> {
    table: &'a mut Table<(K, V)>,
    walk: Walk,
    pred: F,
}

unsafe impl<K: Sync, V: Sync> Send for Iter<'_, K, V> {}
unsafe impl<K: Sync, V: Sync> Sync for Iter<'_, K, V> {}
unsafe impl<K: Send, V: Send> Send for IterMut<'_, K, V> {}
unsafe impl<K: Sync, V: Sync> Sync for IterMut<'_, K, V> {}
unsafe impl<K: Send, V: Send> Send for IntoIter<K, V> {}
unsafe impl<K: Sync, V: Sync> Sync for IntoIter<K, V> {}

impl<'a, K, V> Iter<'a, K, V> {
    pub(super) fn new(table: &'a Table<(K, V)>) -> Iter<'a, K, V> {
        Iter { slots: table.slots(), walk: table.walk(), marker: PhantomData }
    }
}

impl<'a, K, V> IterMut<'a, K, V> {
    pub(super) fn new(table: &'a mut Table<(K, V)>) -> IterMut<'a, K, V> {
        IterMut { slots: table.slots(), walk: table.walk(), marker: PhantomData }
    }

    /// The pairs that are left.
    fn iter(&self) -> Iter<'_, K, V> {
        Iter { slots: self.slots, walk: self.walk.clone(), marker: PhantomData }
    }
}

impl<K, V> IntoIter<K, V> {
    fn iter(&self) -> Iter<'_, K, V> {
        let (walk, table) = self.inner.rest();
        Iter { slots: table.slots(), walk, marker: PhantomData }
    }
}

impl<'a, K, V> Drain<'a, K, V> {
    pub(super) fn new(table: &'a mut Table<(K, V)>) -> Drain<'a, K, V> {
        let walk = table.walk();
        table.hide_items();
        Drain { table, walk }
    }

    /// The pairs that are left.
    pub(in super::super) fn iter(&self) -> Iter<'_, K, V> {
        Iter { slots: self.table.slots(), walk: self.walk.clone(), marker: PhantomData }
    }
}

impl<'a, K, V, F> ExtractIf<'a, K, V, F> {
    pub(super) fn new(table: &'a mut Table<(K, V)>, pred: F) -> ExtractIf<'a, K, V, F> {
        let walk = table.walk();
        ExtractIf { table, walk, pred }
    }
}

impl<'a, K, V> Iterator for Iter<'a, K, V> {
    type Item = (&'a K, &'a V);

    fn next(&mut self) -> Option<(&'a K, &'a V)> {
        let i = self.walk.next();
        if i == usize::MAX {
            return None;
        }
        let pair = unsafe { &*offset(self.slots, -1 - i as isize) };
        Some((&pair.0, &pair.1))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.walk.len(), Some(self.walk.len()))
    }
}

impl<'a, K, V> Iterator for IterMut<'a, K, V> {
    type Item = (&'a K, &'a mut V);

    fn next(&mut self) -> Option<(&'a K, &'a mut V)> {
        let i = self.walk.next();
        if i == usize::MAX {
            return None;
        }
        let pair = unsafe { &mut *offset(self.slots, -1 - i as isize) };
        Some((&pair.0, &mut pair.1))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.walk.len(), Some(self.walk.len()))
    }
}

impl<K, V> Iterator for IntoIter<K, V> {
    type Item = (K, V);

    fn next(&mut self) -> Option<(K, V)> {
        self.inner.next()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.inner.len(), Some(self.inner.len()))
    }
}

impl<'a, K, V> Iterator for Drain<'a, K, V> {
    type Item = (K, V);

    fn next(&mut self) -> Option<(K, V)> {
        let i = self.walk.next();
        if i == usize::MAX {
            return None;
        }
        Some(unsafe { read_via_copy(self.table.at(i) as *const (K, V)) })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.walk.len(), Some(self.walk.len()))
    }
}

impl<K, V> Drop for Drain<'_, K, V> {
    fn drop(&mut self) {
        struct Forget<'a, T>(&'a mut Table<T>);
        impl<T> Drop for Forget<'_, T> {
            fn drop(&mut self) {
                self.0.forget_items();
            }
        }
        let rest = mem::replace(&mut self.walk, Walk::done());
        let forget = Forget(&mut *self.table);
        if rest.len() != 0 {
            unsafe { drop_walk::<(K, V)>(rest, forget.0.slots() as *const u8) };
        }
    }
}

impl<K, V, F: FnMut(&K, &mut V) -> bool> Iterator for ExtractIf<'_, K, V, F> {
    type Item = (K, V);

    fn next(&mut self) -> Option<(K, V)> {
        loop {
            let i = self.walk.next();
            if i == usize::MAX {
                return None;
            }
            unsafe {
                let pair = &mut *self.table.at(i);
                if (self.pred)(&pair.0, &mut pair.1) {
                    return Some(self.table.remove(i));
                }
            }
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (0, Some(self.walk.len()))
    }
}

impl<K, V, F: FnMut(&K, &mut V) -> bool> FusedIterator for ExtractIf<'_, K, V, F> {}

macro_rules! exact {
    ($($name:ty),*) => {$(
        impl<K, V> ExactSizeIterator for $name {}
        impl<K, V> FusedIterator for $name {}
    )*};
}

exact!(Iter<'_, K, V>, IterMut<'_, K, V>, IntoIter<K, V>, Drain<'_, K, V>);
exact!(Keys<'_, K, V>, Values<'_, K, V>, ValuesMut<'_, K, V>, IntoKeys<K, V>, IntoValues<K, V>);

impl<K, V> Clone for Iter<'_, K, V> {
    fn clone(&self) -> Self {
        Iter { slots: self.slots, walk: self.walk.clone(), marker: PhantomData }
    }
}

impl<K, V> Default for Iter<'_, K, V> {
    fn default() -> Self {
        Iter { slots: core::ptr::null(), walk: Walk::done(), marker: PhantomData }
    }
}

impl<K: Debug, V: Debug> Debug for Iter<'_, K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}

macro_rules! debug_rest {
    ($($name:ty),*) => {$(
        impl<K: Debug, V: Debug> Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_list().entries(self.iter()).finish()
            }
        }
    )*};
}

debug_rest!(IterMut<'_, K, V>, IntoIter<K, V>, Drain<'_, K, V>);

/// The keys.
pub struct Keys<'a, K: 'a, V: 'a> {
    pub(super) inner: Iter<'a, K, V>,
}

/// The values.
pub struct Values<'a, K: 'a, V: 'a> {
    pub(super) inner: Iter<'a, K, V>,
}

/// The values, mutable.
pub struct ValuesMut<'a, K: 'a, V: 'a> {
    pub(super) inner: IterMut<'a, K, V>,
}

/// The keys, by move.
pub struct IntoKeys<K, V> {
    pub(super) inner: IntoIter<K, V>,
}

/// The values, by move.
pub struct IntoValues<K, V> {
    pub(super) inner: IntoIter<K, V>,
}

macro_rules! wrap {
    ($([$($life:lifetime)?] $name:ty, $item:ty, $part:tt;)*) => {$(
        impl<$($life,)? K, V> Iterator for $name {
            type Item = $item;

            fn next(&mut self) -> Option<$item> {
                match self.inner.next() {
                    Some(pair) => Some(pair.$part),
                    None => None,
                }
            }

            fn size_hint(&self) -> (usize, Option<usize>) {
                self.inner.size_hint()
            }
        }
    )*};
}

wrap! {
    ['a] Keys<'a, K, V>, &'a K, 0;
    ['a] Values<'a, K, V>, &'a V, 1;
    ['a] ValuesMut<'a, K, V>, &'a mut V, 1;
    [] IntoKeys<K, V>, K, 0;
    [] IntoValues<K, V>, V, 1;
}

impl<K, V> Clone for Keys<'_, K, V> {
    fn clone(&self) -> Self {
        Keys { inner: self.inner.clone() }
    }
}

impl<K, V> Clone for Values<'_, K, V> {
    fn clone(&self) -> Self {
        Values { inner: self.inner.clone() }
    }
}

impl<K: Debug, V> Debug for Keys<'_, K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}

impl<K, V: Debug> Debug for Values<'_, K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}

impl<K, V, S> IntoIterator for HashMap<K, V, S> {
    type Item = (K, V);
    type IntoIter = IntoIter<K, V>;

    fn into_iter(self) -> IntoIter<K, V> {
        IntoIter { inner: Drainer::new(self.table) }
    }
}

impl<'a, K, V, S> IntoIterator for &'a HashMap<K, V, S> {
    type Item = (&'a K, &'a V);
    type IntoIter = Iter<'a, K, V>;

    fn into_iter(self) -> Iter<'a, K, V> {
        self.iter()
    }
}

impl<'a, K, V, S> IntoIterator for &'a mut HashMap<K, V, S> {
    type Item = (&'a K, &'a mut V);
    type IntoIter = IterMut<'a, K, V>;

    fn into_iter(self) -> IterMut<'a, K, V> {
        self.iter_mut()
    }
}

macro_rules! debug_part {
    ($($name:ty, $shown:ident, $part:tt;)*) => {$(
        impl<K, V> Debug for $name
        where
            $shown: Debug,
        {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_list().entries(self.inner.iter().map(|pair| pair.$part)).finish()
            }
        }
    )*};
}

debug_part! {
    ValuesMut<'_, K, V>, V, 1;
    IntoKeys<K, V>, K, 0;
    IntoValues<K, V>, V, 1;
}
