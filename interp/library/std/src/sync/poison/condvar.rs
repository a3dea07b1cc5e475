//! `Condvar`.
//!
//! Invariant: `futex` counts the notifications; a waiter sleeps while it is as it was when the
//! waiter still held the mutex.

use super::mutex::{guard_lock, guard_poisoned};
use super::{LockResult, MutexGuard, PoisonError};
use crate::fmt;
use crate::sync::atomic::AtomicU32;
use crate::sync::atomic::Ordering::Relaxed;
use crate::time::{Duration, Instant};
use core::intrinsics::host;

/// Whether a wait ended because the time was up.
#[derive(Debug, PartialEq, Eq, Copy, Clone)]
pub struct WaitTimeoutResult(bool);

impl WaitTimeoutResult {
    pub fn timed_out(&self) -> bool {
        self.0
    }
}

/// A condition to wait for with a mutex.
pub struct Condvar {
    futex: AtomicU32,
}

impl Condvar {
    pub const fn new() -> Condvar {
        Condvar { futex: AtomicU32::new(0) }
    }

    /// Waits for a notification; false if the time was up.
    fn wait_raw<T: ?Sized>(&self, guard: &MutexGuard<'_, T>, nanos: u64) -> bool {
        let lock = guard_lock(guard);
        let seen = self.futex.load(Relaxed);
        lock.unlock_raw();
        let woken = unsafe { host::wait(self.futex.as_ptr(), seen, nanos) };
        lock.lock_raw();
        woken
    }

    pub fn wait<'a, T>(&self, guard: MutexGuard<'a, T>) -> LockResult<MutexGuard<'a, T>> {
        self.wait_raw(&guard, u64::MAX);
        if guard_poisoned(&guard) {
            Err(PoisonError::new(guard))
        } else {
            Ok(guard)
        }
    }

    pub fn wait_while<'a, T, F>(
        &self,
        mut guard: MutexGuard<'a, T>,
        mut condition: F,
    ) -> LockResult<MutexGuard<'a, T>>
    where
        F: FnMut(&mut T) -> bool,
    {
        while condition(&mut *guard) {
            guard = self.wait(guard)?;
        }
        Ok(guard)
    }

    pub fn wait_timeout<'a, T>(
        &self,
        guard: MutexGuard<'a, T>,
        dur: Duration,
    ) -> LockResult<(MutexGuard<'a, T>, WaitTimeoutResult)> {
        let woken = self.wait_raw(&guard, crate::time::saturating_nanos(dur));
        let result = WaitTimeoutResult(!woken);
        if guard_poisoned(&guard) {
            Err(PoisonError::new((guard, result)))
        } else {
            Ok((guard, result))
        }
    }

    pub fn wait_timeout_ms<'a, T>(&self, guard: MutexGuard<'a, T>, ms: u32) -> LockResult<(MutexGuard<'a, T>, bool)> {
        match self.wait_timeout(guard, Duration::from_millis(ms as u64)) {
            Ok((guard, result)) => Ok((guard, !result.timed_out())),
            Err(error) => {
                let (guard, result) = error.into_inner();
                Err(PoisonError::new((guard, !result.timed_out())))
            }
        }
    }

    pub fn wait_timeout_while<'a, T, F>(
        &self,
        mut guard: MutexGuard<'a, T>,
        dur: Duration,
        mut condition: F,
    ) -> LockResult<(MutexGuard<'a, T>, WaitTimeoutResult)>
    where
        F: FnMut(&mut T) -> bool,
    {
        let start = Instant::now();
        loop {
            if !condition(&mut *guard) {
                return Ok((guard, WaitTimeoutResult(false)));
            }
            let left = match dur.checked_sub(start.elapsed()) {
                Some(left) => left,
                None => return Ok((guard, WaitTimeoutResult(true))),
            };
            guard = self.wait_timeout(guard, left)?.0;
        }
    }

    pub fn notify_one(&self) {
        self.futex.fetch_add(1, Relaxed);
        unsafe { host::wake(self.futex.as_ptr(), 1) };
    }

    pub fn notify_all(&self) {
        self.futex.fetch_add(1, Relaxed);
        unsafe { host::wake(self.futex.as_ptr(), u32::MAX) };
    }
}

impl fmt::Debug for Condvar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Condvar").finish_non_exhaustive()
    }
}

impl Default for Condvar {
    fn default() -> Condvar {
        Condvar::new()
    }
}
