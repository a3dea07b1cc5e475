//! Locks that remember a panic of the thread that held them.
//!
//! Invariant: a lock is poisoned when its guard for writing is dropped by a panic that began while
//! the guard lived. To add such a lock, keep a `Flag` beside its data.

mod condvar;
mod mutex;
mod rwlock;

pub use self::condvar::{Condvar, WaitTimeoutResult};
pub use self::mutex::{Mutex, MutexGuard};
pub use self::rwlock::{RwLock, RwLockReadGuard, RwLockWriteGuard};

use crate::error::Error;
use crate::fmt;
use crate::sync::atomic::{AtomicBool, Ordering};

/// Whether a lock is poisoned.
pub(super) struct Flag {
    failed: AtomicBool,
}

impl Flag {
    pub(super) const fn new() -> Flag {
        Flag { failed: AtomicBool::new(false) }
    }

    pub(super) fn get(&self) -> bool {
        self.failed.load(Ordering::Relaxed)
    }

    pub(super) fn set(&self) {
        self.failed.store(true, Ordering::Relaxed)
    }

    pub(super) fn clear(&self) {
        self.failed.store(false, Ordering::Relaxed)
    }
}

/// The lock was taken, and it is poisoned; the guard is inside.
pub struct PoisonError<T> {
    data: T,
}

/// Why a lock was not taken at once.
pub enum TryLockError<T> {
    Poisoned(PoisonError<T>),
    WouldBlock,
}

/// The result of locking.
pub type LockResult<T> = Result<T, PoisonError<T>>;

/// The result of locking without blocking.
pub type TryLockResult<Guard> = Result<Guard, TryLockError<Guard>>;

impl<T> PoisonError<T> {
    pub fn new(data: T) -> PoisonError<T> {
        PoisonError { data }
    }

    pub fn into_inner(self) -> T {
        self.data
    }

    pub fn get_ref(&self) -> &T {
        &self.data
    }

    pub fn get_mut(&mut self) -> &mut T {
        &mut self.data
    }
}

impl<T> fmt::Debug for PoisonError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PoisonError").finish_non_exhaustive()
    }
}

impl<T> fmt::Display for PoisonError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("poisoned lock: another task failed inside")
    }
}

impl<T> Error for PoisonError<T> {}

impl<T> From<PoisonError<T>> for TryLockError<T> {
    fn from(err: PoisonError<T>) -> TryLockError<T> {
        TryLockError::Poisoned(err)
    }
}

impl<T> fmt::Debug for TryLockError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            TryLockError::Poisoned(..) => "\"Poisoned(..)\"",
            TryLockError::WouldBlock => "\"WouldBlock\"",
        })
    }
}

impl<T> fmt::Display for TryLockError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            TryLockError::Poisoned(..) => "poisoned lock: another task failed inside",
            TryLockError::WouldBlock => "try_lock failed because the operation would block",
        })
    }
}

impl<T> Error for TryLockError<T> {}
