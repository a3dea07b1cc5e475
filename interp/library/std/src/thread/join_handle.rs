//! `JoinHandle`: waits for a thread and takes its result.
//!
//! Invariant: the result is written by the thread once, and read only after it was joined.

use super::current::Thread;
use super::scoped::ScopeData;
use super::Result;
use crate::fmt;
use crate::sync::atomic::{AtomicBool, Ordering};
use crate::sync::Arc;
use core::cell::UnsafeCell;
use core::intrinsics::host;

/// Where a thread leaves its result.
pub(super) struct Packet<T> {
    scope: Option<Arc<ScopeData>>,
    finished: AtomicBool,
    result: UnsafeCell<Option<Result<T>>>,
}

unsafe impl<T> Sync for Packet<T> {}
unsafe impl<T> Send for Packet<T> {}

impl<T> Packet<T> {
    pub(super) fn new(scope: Option<Arc<ScopeData>>) -> Packet<T> {
        if let Some(scope) = &scope {
            scope.add_thread();
        }
        Packet { scope, finished: AtomicBool::new(false), result: UnsafeCell::new(None) }
    }

    pub(super) fn fill(&self, result: Result<T>) {
        unsafe { *self.result.get() = Some(result) };
        self.finished.store(true, Ordering::Release);
    }
}

impl<T> Drop for Packet<T> {
    fn drop(&mut self) {
        let result = self.result.get_mut();
        let unhandled_panic = matches!(result, Some(Err(_)));
        let dropped = crate::panicking::catch_unwind(move || *result = None);
        if let Err(payload) = dropped {
            crate::mem::forget(payload);
            crate::io::_eprint(format_args!("fatal runtime error: thread result panicked on drop, aborting\n"));
            core::intrinsics::abort();
        }
        if let Some(scope) = &self.scope {
            scope.remove_thread(unhandled_panic);
        }
    }
}

/// What both kinds of handles have.
pub(super) struct JoinInner<T> {
    native: u64,
    joined: bool,
    thread: Thread,
    packet: Arc<Packet<T>>,
}

impl<T> JoinInner<T> {
    pub(super) fn new(native: u64, thread: Thread, packet: Arc<Packet<T>>) -> JoinInner<T> {
        JoinInner { native, joined: false, thread, packet }
    }

    pub(super) fn join(mut self) -> Result<T> {
        unsafe {
            host::thread_join(self.native);
            self.joined = true;
            (*self.packet.result.get()).take().unwrap()
        }
    }

    pub(super) fn thread(&self) -> &Thread {
        &self.thread
    }

    pub(super) fn is_finished(&self) -> bool {
        self.packet.finished.load(Ordering::Acquire)
    }
}

impl<T> Drop for JoinInner<T> {
    fn drop(&mut self) {
        if !self.joined {
            unsafe { host::thread_detach(self.native) };
        }
    }
}

/// The right to wait for a thread.
pub struct JoinHandle<T>(pub(super) JoinInner<T>);

unsafe impl<T> Send for JoinHandle<T> {}
unsafe impl<T> Sync for JoinHandle<T> {}

impl<T> JoinHandle<T> {
    pub fn thread(&self) -> &Thread {
        self.0.thread()
    }

    pub fn join(self) -> Result<T> {
        self.0.join()
    }

    pub fn is_finished(&self) -> bool {
        self.0.is_finished()
    }
}

impl<T> fmt::Debug for JoinHandle<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JoinHandle").finish_non_exhaustive()
    }
}
