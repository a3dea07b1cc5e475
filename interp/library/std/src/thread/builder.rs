//! `Builder`: starts threads.
//!
//! Invariant: the closure and all it borrows lives until the thread's packet is filled; `scoped.rs`
//! relies on that.

use super::current::{self, set_current, Thread};
use super::join_handle::{JoinInner, Packet};
use super::scoped::ScopeData;
use super::{JoinHandle, Scope, ScopedJoinHandle};
use crate::io;
use crate::panicking;
use crate::sync::atomic::Ordering::Relaxed;
use crate::sync::Arc;
use core::intrinsics::host;

/// Sets up a thread before it starts.
#[derive(Debug)]
#[must_use = "must eventually spawn the thread"]
pub struct Builder {
    name: Option<String>,
    stack_size: Option<usize>,
    no_hooks: bool,
}

/// The closure a thread runs.
type Main<'a> = Box<dyn FnOnce() + 'a>;

impl Builder {
    pub fn new() -> Builder {
        Builder { name: None, stack_size: None, no_hooks: false }
    }

    pub fn name(mut self, name: String) -> Builder {
        self.name = Some(name);
        self
    }

    pub fn stack_size(mut self, size: usize) -> Builder {
        self.stack_size = Some(size);
        self
    }

    #[track_caller]
    pub fn spawn<F, T>(self, f: F) -> io::Result<JoinHandle<T>>
    where
        F: FnOnce() -> T + Send + 'static,
        T: Send + 'static,
    {
        Ok(JoinHandle(self.start(f, None)))
    }

    #[track_caller]
    pub unsafe fn spawn_unchecked<F, T>(self, f: F) -> io::Result<JoinHandle<T>>
    where
        F: FnOnce() -> T + Send,
        T: Send,
    {
        Ok(JoinHandle(self.start(f, None)))
    }

    #[track_caller]
    pub fn spawn_scoped<'scope, 'env, F, T>(
        self,
        scope: &'scope Scope<'scope, 'env>,
        f: F,
    ) -> io::Result<ScopedJoinHandle<'scope, T>>
    where
        F: FnOnce() -> T + Send + 'scope,
        T: Send + 'scope,
    {
        Ok(ScopedJoinHandle::new(self.start(f, Some(scope.data.clone()))))
    }

    #[track_caller]
    fn start<F, T>(self, f: F, scope: Option<Arc<ScopeData>>) -> JoinInner<T>
    where
        F: FnOnce() -> T,
    {
        if let Some(name) = &self.name {
            assert!(!name.as_bytes().contains(&0), "thread name may not contain interior null bytes");
        }
        let thread = Thread::new(self.name);
        let packet: Arc<Packet<T>> = Arc::new(Packet::new(scope));
        let their_thread = thread.clone();
        let their_packet = packet.clone();
        let main: Main<'_> = Box::new(move || {
            set_current(their_thread);
            let result = panicking::catch_unwind(f);
            their_packet.fill(result);
            drop(their_packet);
        });
        current::ANY_SPAWNED.store(true, Relaxed);
        let data = Box::into_raw(Box::new(main)) as *mut u8;
        let name = thread.name().unwrap_or("");
        let native = unsafe { host::thread_spawn(thread_main, data, name.as_ptr(), name.len()) };
        JoinInner::new(native, thread, packet)
    }
}

/// Where a new thread begins.
fn thread_main(data: *mut u8) {
    let main = unsafe { Box::from_raw(data as *mut Main<'static>) };
    (*main)();
}
