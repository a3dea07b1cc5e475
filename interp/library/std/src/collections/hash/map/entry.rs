//! Entries: a place in a map, taken or free.
//!
//! To add a method that makes a value when there is none, build it on `VacantEntry::insert`.

use super::{rehash, HashMap};
use crate::fmt::{self, Debug};
use crate::hash::{BuildHasher, Hash, RandomState};
use core::mem;

/// A place in a map, taken or free.
pub enum Entry<'a, K: 'a, V: 'a, S: 'a = RandomState> {
    Occupied(OccupiedEntry<'a, K, V, S>),
    Vacant(VacantEntry<'a, K, V, S>),
}

/// A place that is taken.
pub struct OccupiedEntry<'a, K: 'a, V: 'a, S: 'a = RandomState> {
    pub(super) map: &'a mut HashMap<K, V, S>,
    pub(super) index: usize,
}

/// A free place, and the key that belongs there.
pub struct VacantEntry<'a, K: 'a, V: 'a, S: 'a = RandomState> {
    pub(super) map: &'a mut HashMap<K, V, S>,
    pub(super) hash: u64,
    pub(super) key: K,
}

/// The place was taken; the value comes back.
pub struct OccupiedError<'a, K: 'a, V: 'a, S: 'a = RandomState> {
    pub entry: OccupiedEntry<'a, K, V, S>,
    pub value: V,
}

impl<'a, K: Hash, V, S: BuildHasher> Entry<'a, K, V, S> {
    pub fn or_insert(self, default: V) -> &'a mut V {
        match self {
            Entry::Occupied(entry) => entry.into_mut(),
            Entry::Vacant(entry) => entry.insert(default),
        }
    }

    pub fn or_insert_with<F: FnOnce() -> V>(self, default: F) -> &'a mut V {
        match self {
            Entry::Occupied(entry) => entry.into_mut(),
            Entry::Vacant(entry) => entry.insert(default()),
        }
    }

    pub fn or_insert_with_key<F: FnOnce(&K) -> V>(self, default: F) -> &'a mut V {
        match self {
            Entry::Occupied(entry) => entry.into_mut(),
            Entry::Vacant(entry) => {
                let value = default(entry.key());
                entry.insert(value)
            }
        }
    }

    pub fn key(&self) -> &K {
        match self {
            Entry::Occupied(entry) => entry.key(),
            Entry::Vacant(entry) => entry.key(),
        }
    }

    pub fn and_modify<F: FnOnce(&mut V)>(mut self, f: F) -> Self {
        if let Entry::Occupied(entry) = &mut self {
            f(entry.get_mut());
        }
        self
    }

    pub fn insert_entry(self, value: V) -> OccupiedEntry<'a, K, V, S> {
        match self {
            Entry::Occupied(mut entry) => {
                entry.insert(value);
                entry
            }
            Entry::Vacant(entry) => entry.insert_entry(value),
        }
    }

    pub fn or_default(self) -> &'a mut V
    where
        V: Default,
    {
        match self {
            Entry::Occupied(entry) => entry.into_mut(),
            Entry::Vacant(entry) => entry.insert(V::default()),
        }
    }
}

impl<'a, K, V, S> OccupiedEntry<'a, K, V, S> {
    pub fn key(&self) -> &K {
        unsafe { &(*self.map.table.at(self.index)).0 }
    }

    pub fn remove_entry(self) -> (K, V) {
        unsafe { self.map.table.remove(self.index) }
    }

    pub fn get(&self) -> &V {
        unsafe { &(*self.map.table.at(self.index)).1 }
    }

    pub fn get_mut(&mut self) -> &mut V {
        unsafe { &mut (*self.map.table.at(self.index)).1 }
    }

    pub fn into_mut(self) -> &'a mut V {
        unsafe { &mut (*self.map.table.at(self.index)).1 }
    }

    pub fn insert(&mut self, value: V) -> V {
        mem::replace(self.get_mut(), value)
    }

    pub fn remove(self) -> V {
        self.remove_entry().1
    }
}

impl<'a, K, V, S> VacantEntry<'a, K, V, S> {
    pub fn key(&self) -> &K {
        &self.key
    }

    pub fn into_key(self) -> K {
        self.key
    }
}

impl<'a, K: Hash, V, S: BuildHasher> VacantEntry<'a, K, V, S> {
    pub fn insert(self, value: V) -> &'a mut V {
        let map = self.map;
        let index = map.table.insert(self.hash, (self.key, value), rehash::<K, V, S>(&map.hash_builder));
        unsafe { &mut (*map.table.at(index)).1 }
    }

    pub fn insert_entry(self, value: V) -> OccupiedEntry<'a, K, V, S> {
        let map = self.map;
        let index = map.table.insert(self.hash, (self.key, value), rehash::<K, V, S>(&map.hash_builder));
        OccupiedEntry { map, index }
    }
}

impl<K: Debug, V: Debug, S> Debug for Entry<'_, K, V, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Entry::Vacant(v) => f.debug_tuple("Entry").field(v).finish(),
            Entry::Occupied(o) => f.debug_tuple("Entry").field(o).finish(),
        }
    }
}

impl<K: Debug, V: Debug, S> Debug for OccupiedEntry<'_, K, V, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OccupiedEntry").field("key", self.key()).field("value", self.get()).finish_non_exhaustive()
    }
}

impl<K: Debug, V, S> Debug for VacantEntry<'_, K, V, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("VacantEntry").field(self.key()).finish()
    }
}

impl<K: Debug, V: Debug, S> Debug for OccupiedError<'_, K, V, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OccupiedError")
            .field("key", self.entry.key())
            .field("old_value", self.entry.get())
            .field("new_value", &self.value)
            .finish_non_exhaustive()
    }
}

impl<K: Debug, V: Debug, S> fmt::Display for OccupiedError<'_, K, V, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "failed to insert {:?}, key {:?} already exists with value {:?}",
            self.value,
            self.entry.key(),
            self.entry.get(),
        )
    }
}
