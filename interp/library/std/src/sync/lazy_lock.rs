//! `LazyLock`: a value that is computed when it is first used.
//!
//! Invariant: `data` holds the function until `once` is complete, the value from then on, and
//! neither if the function panicked.

use super::Once;
use crate::cell::UnsafeCell;
use crate::fmt;
use crate::mem::ManuallyDrop;
use crate::ops::{Deref, DerefMut};

union Data<T, F> {
    value: ManuallyDrop<T>,
    f: ManuallyDrop<F>,
}

/// A value that any thread initialises by its first use.
pub struct LazyLock<T, F = fn() -> T> {
    once: Once,
    taken: UnsafeCell<bool>,
    data: UnsafeCell<Data<T, F>>,
}

unsafe impl<T: Sync + Send, F: Send> Sync for LazyLock<T, F> {}

impl<T, F: FnOnce() -> T> LazyLock<T, F> {
    pub const fn new(f: F) -> LazyLock<T, F> {
        LazyLock {
            once: Once::new(),
            taken: UnsafeCell::new(false),
            data: UnsafeCell::new(Data { f: ManuallyDrop::new(f) }),
        }
    }

    #[track_caller]
    pub fn force(this: &LazyLock<T, F>) -> &T {
        this.once.call_once_force(|state| {
            if state.is_poisoned() {
                panic!("LazyLock instance has previously been poisoned");
            }
            unsafe {
                let data = &mut *this.data.get();
                let f = ManuallyDrop::take(&mut data.f);
                *this.taken.get() = true;
                let value = f();
                data.value = ManuallyDrop::new(value);
            }
        });
        unsafe { &*(*this.data.get()).value }
    }

    #[track_caller]
    pub fn force_mut(this: &mut LazyLock<T, F>) -> &mut T {
        LazyLock::force(this);
        unsafe { &mut *(*this.data.get()).value }
    }
}

impl<T, F> LazyLock<T, F> {
    pub fn get_mut(this: &mut LazyLock<T, F>) -> Option<&mut T> {
        if this.once.is_completed() {
            Some(unsafe { &mut *(*this.data.get()).value })
        } else {
            None
        }
    }

    pub fn get(this: &LazyLock<T, F>) -> Option<&T> {
        if this.once.is_completed() {
            Some(unsafe { &*(*this.data.get()).value })
        } else {
            None
        }
    }
}

impl<T, F> Drop for LazyLock<T, F> {
    fn drop(&mut self) {
        let complete = self.once.is_completed_mut();
        let data = self.data.get_mut();
        unsafe {
            if complete {
                ManuallyDrop::drop(&mut data.value);
            } else if !*self.taken.get_mut() {
                ManuallyDrop::drop(&mut data.f);
            }
        }
    }
}

impl<T, F: FnOnce() -> T> Deref for LazyLock<T, F> {
    type Target = T;

    #[track_caller]
    fn deref(&self) -> &T {
        LazyLock::force(self)
    }
}

impl<T, F: FnOnce() -> T> DerefMut for LazyLock<T, F> {
    #[track_caller]
    fn deref_mut(&mut self) -> &mut T {
        LazyLock::force_mut(self)
    }
}

impl<T: Default> Default for LazyLock<T> {
    fn default() -> LazyLock<T> {
        LazyLock::new(T::default)
    }
}

impl<T: fmt::Debug, F> fmt::Debug for LazyLock<T, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut d = f.debug_tuple("LazyLock");
        match LazyLock::get(self) {
            Some(v) => d.field(v),
            None => d.field(&format_args!("<uninit>")),
        };
        d.finish()
    }
}
