//! The collections: the hashing ones are here, the others in `alloc`.
//!
//! To add a hashing collection, build it on `hash::table::Table`.

mod hash;

pub use alloc_crate::collections::{binary_heap, btree_map, btree_set, linked_list, vec_deque};
pub use alloc_crate::collections::{BTreeMap, BTreeSet, BinaryHeap, Bound, LinkedList, TryReserveError, VecDeque};

pub use self::hash_map::HashMap;
pub use self::hash_set::HashSet;

pub mod hash_map {
    //! A map by hash.
    pub use super::hash::map::*;
    pub use crate::hash::{DefaultHasher, RandomState};
}

pub mod hash_set {
    //! A set by hash.
    pub use super::hash::set::*;
}
