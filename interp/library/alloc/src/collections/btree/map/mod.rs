//! `BTreeMap`.
//!
//! Invariant: the keys are in strictly rising order by their `Ord`. Methods are here, entries in
//! `entry.rs`, iterators in `iter.rs`, traits in `traits.rs`; the work is done by `Tree`.

mod entry;
mod iter;
mod range;
mod traits;

pub use self::entry::{Entry, OccupiedEntry, OccupiedError, VacantEntry};
pub use self::iter::{IntoIter, IntoKeys, IntoValues, Iter, IterMut, Keys, Values, ValuesMut};
pub(super) use self::range::extract_next;
pub use self::range::{ExtractIf, Range, RangeMut};

use super::node::{key_at, val_at, Node};
use super::tree::{Found, Tree};
use core::borrow::Borrow;
use core::marker::PhantomData;
use core::mem;
use core::ops::{Bound, RangeBounds};

/// An ordered map.
pub struct BTreeMap<K, V> {
    pub(super) tree: Tree<K, V>,
    marker: PhantomData<(K, V)>,
}

unsafe impl<K: Send, V: Send> Send for BTreeMap<K, V> {}
unsafe impl<K: Sync, V: Sync> Sync for BTreeMap<K, V> {}

impl<K, V> BTreeMap<K, V> {
    pub const fn new() -> BTreeMap<K, V> {
        BTreeMap { tree: Tree::new(), marker: PhantomData }
    }

    pub const fn len(&self) -> usize {
        self.tree.len
    }

    pub const fn is_empty(&self) -> bool {
        self.tree.len == 0
    }

    pub fn clear(&mut self) {
        drop(mem::take(self));
    }

    pub fn get<Q: ?Sized + Ord>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q> + Ord,
    {
        match self.tree.search(key) {
            Found::Here { node, idx, .. } => Some(unsafe { &*val_at(node, idx) }),
            Found::Not(_) => None,
        }
    }

    pub fn get_key_value<Q: ?Sized + Ord>(&self, key: &Q) -> Option<(&K, &V)>
    where
        K: Borrow<Q> + Ord,
    {
        match self.tree.search(key) {
            Found::Here { node, idx, .. } => Some(unsafe { (&*key_at(node, idx), &*val_at(node, idx)) }),
            Found::Not(_) => None,
        }
    }

    pub fn get_mut<Q: ?Sized + Ord>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q> + Ord,
    {
        match self.tree.search(key) {
            Found::Here { node, idx, .. } => Some(unsafe { &mut *val_at(node, idx) }),
            Found::Not(_) => None,
        }
    }

    pub fn contains_key<Q: ?Sized + Ord>(&self, key: &Q) -> bool
    where
        K: Borrow<Q> + Ord,
    {
        matches!(self.tree.search(key), Found::Here { .. })
    }

    pub fn first_key_value(&self) -> Option<(&K, &V)>
    where
        K: Ord,
    {
        self.iter().next()
    }

    pub fn last_key_value(&self) -> Option<(&K, &V)>
    where
        K: Ord,
    {
        self.iter().next_back()
    }

    pub fn first_entry(&mut self) -> Option<OccupiedEntry<'_, K, V>>
    where
        K: Ord,
    {
        let (node, idx) = unsafe { self.tree.first().next() };
        if node.is_null() {
            return None;
        }
        Some(OccupiedEntry { map: self, node, idx, height: 0 })
    }

    pub fn last_entry(&mut self) -> Option<OccupiedEntry<'_, K, V>>
    where
        K: Ord,
    {
        let (node, idx) = unsafe { self.tree.last().next_back() };
        if node.is_null() {
            return None;
        }
        Some(OccupiedEntry { map: self, node, idx, height: 0 })
    }

    pub fn pop_first(&mut self) -> Option<(K, V)>
    where
        K: Ord,
    {
        self.first_entry().map(|entry| entry.remove_entry())
    }

    pub fn pop_last(&mut self) -> Option<(K, V)>
    where
        K: Ord,
    {
        self.last_entry().map(|entry| entry.remove_entry())
    }

    pub fn insert(&mut self, key: K, value: V) -> Option<V>
    where
        K: Ord,
    {
        match self.tree.search(&key) {
            Found::Here { node, idx, .. } => Some(unsafe { mem::replace(&mut *val_at(node, idx), value) }),
            Found::Not(at) => {
                self.tree.insert_at(at, key, value);
                None
            }
        }
    }

    #[unstable(feature = "map_try_insert")]
    pub fn try_insert(&mut self, key: K, value: V) -> Result<&mut V, OccupiedError<'_, K, V>>
    where
        K: Ord,
    {
        match self.entry(key) {
            Entry::Occupied(entry) => Err(OccupiedError { entry, value }),
            Entry::Vacant(entry) => Ok(entry.insert(value)),
        }
    }

    pub fn remove<Q: ?Sized + Ord>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q> + Ord,
    {
        self.remove_entry(key).map(|(_, v)| v)
    }

    pub fn remove_entry<Q: ?Sized + Ord>(&mut self, key: &Q) -> Option<(K, V)>
    where
        K: Borrow<Q> + Ord,
    {
        match self.tree.search(key) {
            Found::Here { node, idx, height } => {
                let (k, v, _) = unsafe { self.tree.remove(node, idx, height) };
                Some((k, v))
            }
            Found::Not(_) => None,
        }
    }

    pub fn retain<F: FnMut(&K, &mut V) -> bool>(&mut self, mut f: F)
    where
        K: Ord,
    {
        self.extract_if(.., |k, v| !f(k, v)).for_each(drop);
    }

    pub fn append(&mut self, other: &mut BTreeMap<K, V>)
    where
        K: Ord,
    {
        if self.is_empty() {
            mem::swap(self, other);
            return;
        }
        for (k, v) in mem::take(other) {
            self.insert(k, v);
        }
    }

    pub fn split_off<Q: ?Sized + Ord>(&mut self, key: &Q) -> BTreeMap<K, V>
    where
        K: Borrow<Q> + Ord,
    {
        let mut left = BTreeMap::new();
        let mut right = BTreeMap::new();
        for (k, v) in mem::take(self) {
            if Ord::cmp(k.borrow(), key).is_lt() {
                left.tree.push_last(k, v);
            } else {
                right.tree.push_last(k, v);
            }
        }
        *self = left;
        right
    }

    pub fn range<T: ?Sized + Ord, R: RangeBounds<T>>(&self, range: R) -> Range<'_, K, V>
    where
        K: Borrow<T> + Ord,
    {
        check_range(&range, "BTreeMap");
        Range::new(self.tree.lower(range.start_bound()), self.tree.upper(range.end_bound()))
    }

    pub fn range_mut<T: ?Sized + Ord, R: RangeBounds<T>>(&mut self, range: R) -> RangeMut<'_, K, V>
    where
        K: Borrow<T> + Ord,
    {
        check_range(&range, "BTreeMap");
        RangeMut::new(self.tree.lower(range.start_bound()), self.tree.upper(range.end_bound()))
    }

    pub fn entry(&mut self, key: K) -> Entry<'_, K, V>
    where
        K: Ord,
    {
        match self.tree.search(&key) {
            Found::Here { node, idx, height } => Entry::Occupied(OccupiedEntry { map: self, node, idx, height }),
            Found::Not(at) => Entry::Vacant(VacantEntry { map: self, at, key }),
        }
    }

    pub fn extract_if<F, R>(&mut self, range: R, pred: F) -> ExtractIf<'_, K, V, R, F>
    where
        K: Ord,
        R: RangeBounds<K>,
        F: FnMut(&K, &mut V) -> bool,
    {
        let at = self.tree.lower(range.start_bound());
        ExtractIf { map: self, at, range, pred }
    }

    pub fn iter(&self) -> Iter<'_, K, V> {
        Iter::new(&self.tree)
    }

    pub fn iter_mut(&mut self) -> IterMut<'_, K, V> {
        IterMut::new(&self.tree)
    }

    pub fn keys(&self) -> Keys<'_, K, V> {
        Keys { inner: self.iter() }
    }

    pub fn values(&self) -> Values<'_, K, V> {
        Values { inner: self.iter() }
    }

    pub fn values_mut(&mut self) -> ValuesMut<'_, K, V> {
        ValuesMut { inner: self.iter_mut() }
    }

    pub fn into_keys(self) -> IntoKeys<K, V> {
        IntoKeys { inner: self.into_iter() }
    }

    pub fn into_values(self) -> IntoValues<K, V> {
        IntoValues { inner: self.into_iter() }
    }

    /// Takes a pair out; for entries.
    unsafe fn remove_at(&mut self, node: Node<K, V>, idx: usize, height: usize) -> (K, V) {
        let (k, v, _) = unsafe { self.tree.remove(node, idx, height) };
        (k, v)
    }
}

/// Panics if a range ends before it begins.
pub(super) fn check_range<T: ?Sized + Ord, R: RangeBounds<T>>(range: &R, name: &str) {
    match (range.start_bound(), range.end_bound()) {
        (Bound::Excluded(s), Bound::Excluded(e)) if s == e => {
            panic!("range start and end are equal and excluded in {name}")
        }
        (Bound::Included(s) | Bound::Excluded(s), Bound::Included(e) | Bound::Excluded(e)) if s > e => {
            panic!("range start is greater than range end in {name}")
        }
        _ => {}
    }
}

unsafe impl<#[may_dangle] K, #[may_dangle] V> Drop for BTreeMap<K, V> {
    fn drop(&mut self) {
        let first = self.tree.first();
        let count = self.tree.len;
        unsafe { self.tree.destroy(first, count) };
    }
}
