//! What threads share: locks, one-time initialisation, channels, atomics, `Arc`.
//!
//! Invariant: everything here blocks in `intrinsics::host::wait` only. To add a primitive, build it
//! on an `AtomicU32` that is waited for.

mod barrier;
mod lazy_lock;
pub mod mpsc;
mod once;
mod once_lock;
pub mod poison;

pub use self::barrier::{Barrier, BarrierWaitResult};
pub use self::lazy_lock::LazyLock;
pub use self::once::{Once, OnceState, ONCE_INIT};
pub use self::once_lock::OnceLock;
pub use self::poison::{
    Condvar, LockResult, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard,
    TryLockError, TryLockResult, WaitTimeoutResult,
};
pub use alloc_crate::sync::{Arc, Weak};
pub use core::sync::atomic;
