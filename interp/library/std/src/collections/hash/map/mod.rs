//! `HashMap`.
//!
//! Invariant: two keys of the table are never equal, as long as `Hash` and `Eq` agree. Entries are
//! in `entry.rs`, iterators in `iter.rs`, traits in `traits.rs`; the work is done by `Table`.

mod entry;
mod iter;
mod traits;

pub use self::entry::{Entry, OccupiedEntry, OccupiedError, VacantEntry};
pub use self::iter::{Drain, ExtractIf, IntoIter, IntoKeys, IntoValues, Iter, IterMut, Keys, Values, ValuesMut};

use super::table::Table;
use crate::collections::TryReserveError;
use crate::hash::{BuildHasher, Hash, RandomState};
use core::borrow::Borrow;
use core::mem;

/// A map by hash.
pub struct HashMap<K, V, S = RandomState> {
    pub(super) hash_builder: S,
    pub(super) table: Table<(K, V)>,
}

impl<K, V> HashMap<K, V, RandomState> {
    pub fn new() -> HashMap<K, V, RandomState> {
        HashMap { hash_builder: RandomState::new(), table: Table::new() }
    }

    pub fn with_capacity(capacity: usize) -> HashMap<K, V, RandomState> {
        HashMap { hash_builder: RandomState::new(), table: Table::with_capacity(capacity) }
    }
}

impl<K, V, S> HashMap<K, V, S> {
    pub const fn with_hasher(hash_builder: S) -> HashMap<K, V, S> {
        HashMap { hash_builder, table: Table::new() }
    }

    pub fn with_capacity_and_hasher(capacity: usize, hash_builder: S) -> HashMap<K, V, S> {
        HashMap { hash_builder, table: Table::with_capacity(capacity) }
    }

    pub fn capacity(&self) -> usize {
        self.table.capacity()
    }

    pub fn len(&self) -> usize {
        self.table.len()
    }

    pub fn is_empty(&self) -> bool {
        self.table.len() == 0
    }

    pub fn hasher(&self) -> &S {
        &self.hash_builder
    }

    pub fn clear(&mut self) {
        self.table.clear();
    }

    pub fn iter(&self) -> Iter<'_, K, V> {
        Iter::new(&self.table)
    }

    pub fn iter_mut(&mut self) -> IterMut<'_, K, V> {
        IterMut::new(&mut self.table)
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

    pub fn drain(&mut self) -> Drain<'_, K, V> {
        Drain::new(&mut self.table)
    }

    pub fn extract_if<F: FnMut(&K, &mut V) -> bool>(&mut self, pred: F) -> ExtractIf<'_, K, V, F> {
        ExtractIf::new(&mut self.table, pred)
    }

    pub fn retain<F: FnMut(&K, &mut V) -> bool>(&mut self, mut f: F) {
        let mut walk = self.table.walk();
        loop {
            let i = walk.next();
            if i == usize::MAX {
                return;
            }
            unsafe {
                let pair = &mut *self.table.at(i);
                if !f(&pair.0, &mut pair.1) {
                    drop(self.table.remove(i));
                }
            }
        }
    }
}

/// The hash of a pair's key.
fn rehash<'a, K: Hash, V, S: BuildHasher>(hash_builder: &'a S) -> impl Fn(&(K, V)) -> u64 + 'a {
    move |pair| hash_builder.hash_one(&pair.0)
}

impl<K: Eq + Hash, V, S: BuildHasher> HashMap<K, V, S> {
    #[track_caller]
    pub fn reserve(&mut self, additional: usize) {
        self.table.reserve(additional, rehash::<K, V, S>(&self.hash_builder));
    }

    pub fn try_reserve(&mut self, additional: usize) -> Result<(), TryReserveError> {
        let pair = mem::size_of::<(K, V)>() + 1;
        if additional > isize::MAX as usize / pair / 2 {
            return Err(alloc_crate::collections::TryReserveErrorKind::CapacityOverflow.into());
        }
        self.reserve(additional);
        Ok(())
    }

    pub fn shrink_to_fit(&mut self) {
        self.table.shrink_to(0, rehash::<K, V, S>(&self.hash_builder));
    }

    pub fn shrink_to(&mut self, min_capacity: usize) {
        self.table.shrink_to(min_capacity, rehash::<K, V, S>(&self.hash_builder));
    }

    /// Where a key is.
    fn find<Q: ?Sized + Hash + Eq>(&self, k: &Q) -> Option<usize>
    where
        K: Borrow<Q>,
    {
        if self.table.len() == 0 {
            return None;
        }
        let hash = self.hash_builder.hash_one(k);
        self.table.find(hash, |pair| k == pair.0.borrow())
    }

    pub fn entry(&mut self, key: K) -> Entry<'_, K, V, S> {
        let hash = self.hash_builder.hash_one(&key);
        match self.table.find(hash, |pair| key == pair.0) {
            Some(index) => Entry::Occupied(OccupiedEntry { map: self, index }),
            None => Entry::Vacant(VacantEntry { map: self, hash, key }),
        }
    }

    pub fn get<Q: ?Sized + Hash + Eq>(&self, k: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        match self.find(k) {
            Some(i) => Some(unsafe { &(*self.table.at(i)).1 }),
            None => None,
        }
    }

    pub fn get_key_value<Q: ?Sized + Hash + Eq>(&self, k: &Q) -> Option<(&K, &V)>
    where
        K: Borrow<Q>,
    {
        match self.find(k) {
            Some(i) => {
                let pair = unsafe { &*self.table.at(i) };
                Some((&pair.0, &pair.1))
            }
            None => None,
        }
    }

    pub fn contains_key<Q: ?Sized + Hash + Eq>(&self, k: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.find(k).is_some()
    }

    pub fn get_mut<Q: ?Sized + Hash + Eq>(&mut self, k: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        match self.find(k) {
            Some(i) => Some(unsafe { &mut (*self.table.at(i)).1 }),
            None => None,
        }
    }

    /// As `get_disjoint_mut`, for keys that are known to differ.
    pub unsafe fn get_disjoint_unchecked_mut<Q: ?Sized + Hash + Eq, const N: usize>(
        &mut self,
        ks: [&Q; N],
    ) -> [Option<&'_ mut V>; N]
    where
        K: Borrow<Q>,
    {
        ks.map(|k| match self.find(k) {
            Some(i) => Some(unsafe { &mut (*self.table.at(i)).1 }),
            None => None,
        })
    }

    #[track_caller]
    pub fn get_disjoint_mut<Q: ?Sized + Hash + Eq, const N: usize>(&mut self, ks: [&Q; N]) -> [Option<&'_ mut V>; N]
    where
        K: Borrow<Q>,
    {
        let found = ks.map(|k| self.find(k));
        for (n, i) in found.iter().enumerate() {
            if i.is_some() && found[..n].contains(i) {
                panic!("duplicate keys found");
            }
        }
        found.map(|i| match i {
            Some(i) => Some(unsafe { &mut (*self.table.at(i)).1 }),
            None => None,
        })
    }

    pub fn insert(&mut self, k: K, v: V) -> Option<V> {
        let hash = self.hash_builder.hash_one(&k);
        match self.table.find(hash, |pair| k == pair.0) {
            Some(i) => Some(unsafe { mem::replace(&mut (*self.table.at(i)).1, v) }),
            None => {
                self.table.insert(hash, (k, v), rehash::<K, V, S>(&self.hash_builder));
                None
            }
        }
    }

    #[unstable(feature = "map_try_insert")]
    pub fn try_insert(&mut self, key: K, value: V) -> Result<&mut V, OccupiedError<'_, K, V, S>> {
        match self.entry(key) {
            Entry::Occupied(entry) => Err(OccupiedError { entry, value }),
            Entry::Vacant(entry) => Ok(entry.insert(value)),
        }
    }

    pub fn remove<Q: ?Sized + Hash + Eq>(&mut self, k: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        match self.find(k) {
            Some(i) => Some(unsafe { self.table.remove(i) }.1),
            None => None,
        }
    }

    pub fn remove_entry<Q: ?Sized + Hash + Eq>(&mut self, k: &Q) -> Option<(K, V)>
    where
        K: Borrow<Q>,
    {
        match self.find(k) {
            Some(i) => Some(unsafe { self.table.remove(i) }),
            None => None,
        }
    }
}
