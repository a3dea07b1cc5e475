//! `Once`: something that is done one time.
//!
//! Invariant: `state` goes from `INCOMPLETE` or `POISONED` to `RUNNING` and from there to `COMPLETE`,
//! or to `POISONED` if the closure panics; whoever finds it running waits on it.

use crate::fmt;
use crate::sync::atomic::AtomicU32;
use crate::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use core::cell::Cell;
use core::intrinsics::host;

const INCOMPLETE: u32 = 0;
const POISONED: u32 = 1;
const RUNNING: u32 = 2;
const COMPLETE: u32 = 3;

/// A one-time initialisation.
pub struct Once {
    state: AtomicU32,
}

/// What the closure of `call_once_force` is told.
pub struct OnceState {
    poisoned: bool,
    set_to: Cell<u32>,
}

pub const ONCE_INIT: Once = Once::new();

impl Once {
    pub const fn new() -> Once {
        Once { state: AtomicU32::new(INCOMPLETE) }
    }

    #[track_caller]
    pub fn call_once<F: FnOnce()>(&self, f: F) {
        if self.state.load(Acquire) != COMPLETE {
            self.call(false, |_| f());
        }
    }

    #[track_caller]
    pub fn call_once_force<F: FnOnce(&OnceState)>(&self, f: F) {
        if self.state.load(Acquire) != COMPLETE {
            self.call(true, f);
        }
    }

    pub fn is_completed(&self) -> bool {
        self.state.load(Acquire) == COMPLETE
    }

    pub fn wait(&self) {
        self.wait_until(false);
    }

    pub fn wait_force(&self) {
        self.wait_until(true);
    }

    fn wait_until(&self, ignore_poisoning: bool) {
        loop {
            let state = self.state.load(Acquire);
            if state == COMPLETE {
                return;
            }
            if state == POISONED && !ignore_poisoning {
                panic!("Once instance has previously been poisoned");
            }
            unsafe { host::wait(self.state.as_ptr(), state, u64::MAX) };
        }
    }

    #[track_caller]
    pub(super) fn call<F: FnOnce(&OnceState)>(&self, ignore_poisoning: bool, f: F) {
        loop {
            let state = self.state.load(Acquire);
            match state {
                COMPLETE => return,
                RUNNING => unsafe {
                    host::wait(self.state.as_ptr(), RUNNING, u64::MAX);
                },
                POISONED if !ignore_poisoning => panic!("Once instance has previously been poisoned"),
                _ => {
                    if self.state.compare_exchange(state, RUNNING, Acquire, Relaxed).is_err() {
                        continue;
                    }
                    let mut done = Completion { once: self, set_to: POISONED };
                    let info = OnceState { poisoned: state == POISONED, set_to: Cell::new(COMPLETE) };
                    f(&info);
                    done.set_to = info.set_to.get();
                    return;
                }
            }
        }
    }

    /// As `is_completed`, by someone nobody shares it with.
    pub(super) fn is_completed_mut(&mut self) -> bool {
        *self.state.get_mut() == COMPLETE
    }
}

/// Says that the closure is through, or panicked.
struct Completion<'a> {
    once: &'a Once,
    set_to: u32,
}

impl Drop for Completion<'_> {
    fn drop(&mut self) {
        self.once.state.swap(self.set_to, Release);
        unsafe { host::wake(self.once.state.as_ptr(), u32::MAX) };
    }
}

impl fmt::Debug for Once {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Once").finish_non_exhaustive()
    }
}

impl OnceState {
    pub fn is_poisoned(&self) -> bool {
        self.poisoned
    }

    /// The closure failed without a panic: the next one shall try again.
    pub(super) fn poison(&self) {
        self.set_to.set(POISONED);
    }
}

impl fmt::Debug for OnceState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OnceState").field("poisoned", &self.poisoned).finish()
    }
}
