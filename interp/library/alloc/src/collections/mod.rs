//! The collections that need a heap only; the hashing ones are in `std`.
//!
//! To add a collection, give it a module here and re-export its type.

pub mod binary_heap;
mod btree;
pub mod linked_list;
pub mod vec_deque;

pub mod btree_map {
    //! An ordered map.
    pub use super::btree::map::*;
}

pub mod btree_set {
    //! An ordered set.
    pub use super::btree::set::*;
}


pub use self::binary_heap::BinaryHeap;
pub use self::btree_map::BTreeMap;
pub use self::btree_set::BTreeSet;
pub use self::linked_list::LinkedList;
pub use self::vec_deque::VecDeque;
pub use core::ops::Bound;

use core::alloc::Layout;
use core::error::Error;
use core::fmt;

/// Why `try_reserve` failed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TryReserveError {
    kind: TryReserveErrorKind,
}

/// The two ways a reservation fails.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum TryReserveErrorKind {
    CapacityOverflow,
    AllocError { layout: Layout, non_exhaustive: () },
}

impl TryReserveError {
    #[unstable(feature = "try_reserve_kind")]
    pub fn kind(&self) -> TryReserveErrorKind {
        self.kind.clone()
    }
}

impl From<TryReserveErrorKind> for TryReserveError {
    fn from(kind: TryReserveErrorKind) -> TryReserveError {
        TryReserveError { kind }
    }
}

impl fmt::Display for TryReserveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("memory allocation failed")?;
        f.write_str(match self.kind {
            TryReserveErrorKind::CapacityOverflow => {
                " because the computed capacity exceeded the collection's maximum"
            }
            TryReserveErrorKind::AllocError { .. } => " because the memory allocator returned an error",
        })
    }
}

impl Error for TryReserveError {}
