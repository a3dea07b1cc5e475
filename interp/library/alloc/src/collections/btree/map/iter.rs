//! The iterators over a whole map.
//!
//! Invariant: `len` pairs lie between `front` and `back`. The iterators over keys or values wrap
//! these; to add one, add a line to `wrap!`.

use super::super::node::{key_at, val_at};
use super::super::position::Position;
use super::super::tree::Tree;
use super::BTreeMap;
use core::fmt;
use core::intrinsics::read_via_copy;
use core::iter::FusedIterator;
use core::marker::PhantomData;
use core::mem;

/// The pairs, by reference.
pub struct Iter<'a, K: 'a, V: 'a> {
    front: Position<K, V>,
    back: Position<K, V>,
    len: usize,
    marker: PhantomData<&'a (K, V)>,
}

/// The pairs, values mutable.
pub struct IterMut<'a, K: 'a, V: 'a> {
    front: Position<K, V>,
    back: Position<K, V>,
    len: usize,
    marker: PhantomData<&'a mut (K, V)>,
}

/// The pairs, by move.
pub struct IntoIter<K, V> {
    front: Position<K, V>,
    back: Position<K, V>,
    len: usize,
    tree: Tree<K, V>,
}

unsafe impl<K: Sync, V: Sync> Send for Iter<'_, K, V> {}
unsafe impl<K: Sync, V: Sync> Sync for Iter<'_, K, V> {}
unsafe impl<K: Send, V: Send> Send for IterMut<'_, K, V> {}
unsafe impl<K: Sync, V: Sync> Sync for IterMut<'_, K, V> {}
unsafe impl<K: Send, V: Send> Send for IntoIter<K, V> {}
unsafe impl<K: Sync, V: Sync> Sync for IntoIter<K, V> {}

impl<'a, K, V> Iter<'a, K, V> {
    pub(super) fn new(tree: &'a Tree<K, V>) -> Iter<'a, K, V> {
        Iter { front: tree.first(), back: tree.last(), len: tree.len, marker: PhantomData }
    }
}

impl<'a, K, V> IterMut<'a, K, V> {
    pub(super) fn new(tree: &Tree<K, V>) -> IterMut<'a, K, V> {
        IterMut { front: tree.first(), back: tree.last(), len: tree.len, marker: PhantomData }
    }

    /// The pairs that are left.
    fn iter(&self) -> Iter<'_, K, V> {
        Iter { front: self.front, back: self.back, len: self.len, marker: PhantomData }
    }
}

macro_rules! walk {
    ([$($life:lifetime)?] $name:ty, $item:ty, $node:ident $idx:ident => $make:expr) => {
        impl<$($life,)? K, V> Iterator for $name {
            type Item = $item;

            fn next(&mut self) -> Option<$item> {
                if self.len == 0 {
                    return None;
                }
                self.len -= 1;
                unsafe {
                    let ($node, $idx) = self.front.next();
                    Some($make)
                }
            }

            fn size_hint(&self) -> (usize, Option<usize>) {
                (self.len, Some(self.len))
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

        impl<$($life,)? K, V> DoubleEndedIterator for $name {
            fn next_back(&mut self) -> Option<$item> {
                if self.len == 0 {
                    return None;
                }
                self.len -= 1;
                unsafe {
                    let ($node, $idx) = self.back.next_back();
                    Some($make)
                }
            }
        }

        impl<$($life,)? K, V> ExactSizeIterator for $name {}
        impl<$($life,)? K, V> FusedIterator for $name {}
    };
}

walk!(['a] Iter<'a, K, V>, (&'a K, &'a V), node idx => (&*key_at(node, idx), &*val_at(node, idx)));
walk!(['a] IterMut<'a, K, V>, (&'a K, &'a mut V), node idx => (&*key_at(node, idx), &mut *val_at(node, idx)));
walk!([] IntoIter<K, V>, (K, V), node idx =>
    (read_via_copy(key_at(node, idx) as *const K), read_via_copy(val_at(node, idx) as *const V)));

impl<K, V> Clone for Iter<'_, K, V> {
    fn clone(&self) -> Self {
        Iter { front: self.front, back: self.back, len: self.len, marker: PhantomData }
    }
}

impl<K, V> Default for Iter<'_, K, V> {
    fn default() -> Self {
        Iter { front: Position::nowhere(), back: Position::nowhere(), len: 0, marker: PhantomData }
    }
}

impl<K: fmt::Debug, V: fmt::Debug> fmt::Debug for Iter<'_, K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}

impl<K: fmt::Debug, V: fmt::Debug> fmt::Debug for IterMut<'_, K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl<K, V> IntoIter<K, V> {
    /// The pairs that are left.
    pub(super) fn iter(&self) -> Iter<'_, K, V> {
        Iter { front: self.front, back: self.back, len: self.len, marker: PhantomData }
    }
}

impl<K: fmt::Debug, V: fmt::Debug> fmt::Debug for IntoIter<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl<K, V> Drop for IntoIter<K, V> {
    fn drop(&mut self) {
        unsafe { self.tree.destroy(self.front, self.len) };
    }
}

impl<K, V> IntoIterator for BTreeMap<K, V> {
    type Item = (K, V);
    type IntoIter = IntoIter<K, V>;

    fn into_iter(mut self) -> IntoIter<K, V> {
        let tree = mem::replace(&mut self.tree, Tree::new());
        IntoIter { front: tree.first(), back: tree.last(), len: tree.len, tree }
    }
}

impl<'a, K, V> IntoIterator for &'a BTreeMap<K, V> {
    type Item = (&'a K, &'a V);
    type IntoIter = Iter<'a, K, V>;

    fn into_iter(self) -> Iter<'a, K, V> {
        self.iter()
    }
}

impl<'a, K, V> IntoIterator for &'a mut BTreeMap<K, V> {
    type Item = (&'a K, &'a mut V);
    type IntoIter = IterMut<'a, K, V>;

    fn into_iter(self) -> IterMut<'a, K, V> {
        self.iter_mut()
    }
}

/// The keys.
pub struct Keys<'a, K, V> {
    pub(super) inner: Iter<'a, K, V>,
}

/// The values.
pub struct Values<'a, K, V> {
    pub(super) inner: Iter<'a, K, V>,
}

/// The values, mutable.
pub struct ValuesMut<'a, K, V> {
    pub(super) inner: IterMut<'a, K, V>,
}

/// The keys, by move.
pub struct IntoKeys<K, V> {
    pub(in super::super) inner: IntoIter<K, V>,
}

/// The values, by move.
pub struct IntoValues<K, V> {
    pub(in super::super) inner: IntoIter<K, V>,
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

            fn last(mut self) -> Option<$item> {
                self.next_back()
            }
        }

        impl<$($life,)? K, V> DoubleEndedIterator for $name {
            fn next_back(&mut self) -> Option<$item> {
                match self.inner.next_back() {
                    Some(pair) => Some(pair.$part),
                    None => None,
                }
            }
        }

        impl<$($life,)? K, V> ExactSizeIterator for $name {}
        impl<$($life,)? K, V> FusedIterator for $name {}
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

impl<K: fmt::Debug, V> fmt::Debug for Keys<'_, K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}

impl<K, V: fmt::Debug> fmt::Debug for Values<'_, K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}

macro_rules! debug_part {
    ($($name:ty, $shown:ident, $rest:ident => $iter:expr;)*) => {$(
        impl<K, V> fmt::Debug for $name
        where
            $shown: fmt::Debug,
        {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let $rest = &self.inner;
                f.debug_list().entries($iter).finish()
            }
        }
    )*};
}

debug_part! {
    ValuesMut<'_, K, V>, V, rest => rest.iter().map(|pair| pair.1);
    IntoKeys<K, V>, K, rest => rest.iter().map(|pair| pair.0);
    IntoValues<K, V>, V, rest => rest.iter().map(|pair| pair.1);
}
