//! `Thread`: the handle by which a thread is known.
//!
//! Invariant: `parker` is 1 if a token is there, 0 if not; a parked thread waits on it.

use crate::fmt;
use crate::num::NonZero;
use crate::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use crate::sync::atomic::{AtomicBool, AtomicU32};
use crate::sync::Arc;
use core::cell::OnceCell;
use core::intrinsics::host;

/// A handle to a thread.
#[derive(Clone)]
pub struct Thread {
    inner: Arc<Inner>,
}

struct Inner {
    name: Option<String>,
    id: ThreadId,
    parker: AtomicU32,
}

/// What tells threads apart; never used twice.
#[derive(Eq, PartialEq, Clone, Copy, Hash, Debug)]
pub struct ThreadId(NonZero<u64>);

impl ThreadId {
    #[unstable(feature = "thread_id_value")]
    pub fn as_u64(&self) -> NonZero<u64> {
        self.0
    }

    /// The next number that no thread has; the main thread's is 1.
    fn new() -> ThreadId {
        static NEXT: crate::sync::atomic::AtomicU64 = crate::sync::atomic::AtomicU64::new(2);
        let id = NEXT.fetch_add(1, crate::sync::atomic::Ordering::Relaxed);
        ThreadId(NonZero::new(id).unwrap())
    }
}

/// Whether there ever was another thread than the main one.
pub(crate) static ANY_SPAWNED: AtomicBool = AtomicBool::new(false);

/// The machine's number of this thread; the main one has 1.
pub(crate) fn native_id() -> u64 {
    if ANY_SPAWNED.load(Relaxed) {
        host::thread_current()
    } else {
        1
    }
}

#[thread_local]
static CURRENT: OnceCell<Thread> = OnceCell::new();

/// This thread's handle.
pub fn current() -> Thread {
    match CURRENT.get() {
        Some(thread) => thread.clone(),
        None => {
            let thread = if native_id() == 1 {
                Thread::with(Some(String::from("main")), ThreadId(NonZero::new(1).unwrap()))
            } else {
                Thread::new(None)
            };
            set_current(thread.clone());
            thread
        }
    }
}

/// Says who this thread is, until it ends.
pub(super) fn set_current(thread: Thread) {
    if CURRENT.set(thread).is_ok() {
        unsafe { host::thread_at_exit(forget_current, &raw const CURRENT as *mut u8) };
    }
}

unsafe extern "C" fn forget_current(cell: *mut u8) {
    let thread = unsafe { (*(cell as *mut OnceCell<Thread>)).take() };
    drop(thread);
}

impl Thread {
    pub(super) fn new(name: Option<String>) -> Thread {
        Thread::with(name, ThreadId::new())
    }

    fn with(name: Option<String>, id: ThreadId) -> Thread {
        Thread { inner: Arc::new(Inner { name, id, parker: AtomicU32::new(0) }) }
    }

    pub fn unpark(&self) {
        let parker = &self.inner.parker;
        parker.store(1, Release);
        unsafe { host::wake(parker.as_ptr(), 1) };
    }

    /// Waits for the token and takes it; false if the time was up.
    pub(super) fn park(&self, nanos: u64) -> bool {
        let parker = &self.inner.parker;
        while parker.swap(0, Acquire) == 0 {
            let woken = unsafe { host::wait(parker.as_ptr(), 0, nanos) };
            if !woken {
                return parker.swap(0, Acquire) != 0;
            }
        }
        true
    }

    pub fn id(&self) -> ThreadId {
        self.inner.id
    }

    pub fn name(&self) -> Option<&str> {
        self.inner.name.as_deref()
    }
}

impl fmt::Debug for Thread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Thread").field("id", &self.id()).field("name", &self.name()).finish_non_exhaustive()
    }
}
