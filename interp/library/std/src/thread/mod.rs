//! Threads of the program, which the machine schedules one at a time.
//!
//! Invariants: a thread's result is in its packet before the thread ends; whoever joins waits in the
//! machine. To add to what a thread knows of itself, add it to `current::Inner`.

mod builder;
mod current;
mod join_handle;
mod local;
mod scoped;
mod sleep;

pub use self::builder::Builder;
pub(crate) use self::current::native_id;
pub use self::current::{current, Thread, ThreadId};
pub use self::join_handle::JoinHandle;
pub use self::local::{AccessError, LocalKey};
pub use self::scoped::{scope, Scope, ScopedJoinHandle};
pub use self::sleep::{park, park_timeout, park_timeout_ms, sleep, sleep_ms, sleep_until, yield_now};

use crate::any::Any;
use crate::io;
use crate::num::NonZero;
use core::intrinsics::host;

/// What a thread ends with: its value, or what it panicked with.
pub type Result<T> = crate::result::Result<T, Box<dyn Any + Send + 'static>>;

pub mod local_impl {
    //! What `thread_local!` expands to.
    pub use super::local::Storage;
}

#[track_caller]
pub fn spawn<F, T>(f: F) -> JoinHandle<T>
where
    F: FnOnce() -> T + Send + 'static,
    T: Send + 'static,
{
    Builder::new().spawn(f).expect("failed to spawn thread")
}

/// Whether this thread is unwinding.
pub fn panicking() -> bool {
    crate::panicking::panicking()
}

pub fn available_parallelism() -> io::Result<NonZero<usize>> {
    match NonZero::new(host::thread_parallelism()) {
        Some(n) => Ok(n),
        None => Err(io::Error::UNSUPPORTED_PLATFORM),
    }
}
