//! `LazyCell`: a value made at its first use.

use crate::cell::UnsafeCell;
use crate::ops::{Deref, DerefMut};
use crate::{fmt, mem};

enum State<T, F> {
    Uninit(F),
    Init(T),
    Poisoned,
}

/// A value made at its first use.
pub struct LazyCell<T, F = fn() -> T> {
    state: UnsafeCell<State<T, F>>,
}

#[cold]
#[track_caller]
fn panic_poisoned() -> ! {
    panic!("LazyCell instance has previously been poisoned")
}

impl<T, F: FnOnce() -> T> LazyCell<T, F> {
    /// With the function that makes the value.
    pub const fn new(f: F) -> LazyCell<T, F> {
        LazyCell { state: UnsafeCell::new(State::Uninit(f)) }
    }

    /// The value if it was made, else the function.
    #[unstable(feature = "lazy_cell_into_inner")]
    pub fn into_inner(this: Self) -> Result<T, F> {
        match this.state.into_inner() {
            State::Init(data) => Ok(data),
            State::Uninit(f) => Err(f),
            State::Poisoned => panic_poisoned(),
        }
    }

    /// The value, made now if need be.
    #[track_caller]
    pub fn force(this: &LazyCell<T, F>) -> &T {
        match unsafe { &*this.state.get() } {
            State::Init(data) => data,
            State::Uninit(_) => {
                let f = match mem::replace(unsafe { &mut *this.state.get() }, State::Poisoned) {
                    State::Uninit(f) => f,
                    _ => panic_poisoned(),
                };
                let data = f();
                unsafe { *this.state.get() = State::Init(data) };
                match unsafe { &*this.state.get() } {
                    State::Init(data) => data,
                    _ => panic_poisoned(),
                }
            }
            State::Poisoned => panic_poisoned(),
        }
    }
}

impl<T, F> LazyCell<T, F> {
    /// The value, if it was made.
    pub fn get(this: &LazyCell<T, F>) -> Option<&T> {
        match unsafe { &*this.state.get() } {
            State::Init(data) => Some(data),
            _ => None,
        }
    }

    /// The value, if it was made, mutable.
    pub fn get_mut(this: &mut LazyCell<T, F>) -> Option<&mut T> {
        match this.state.get_mut() {
            State::Init(data) => Some(data),
            _ => None,
        }
    }
}

impl<T, F: FnOnce() -> T> LazyCell<T, F> {
    /// The value, made now if need be, mutable.
    #[track_caller]
    pub fn force_mut(this: &mut LazyCell<T, F>) -> &mut T {
        LazyCell::force(this);
        match this.state.get_mut() {
            State::Init(data) => data,
            _ => panic_poisoned(),
        }
    }
}

impl<T, F: FnOnce() -> T> Deref for LazyCell<T, F> {
    type Target = T;

    #[inline]
    fn deref(&self) -> &T {
        LazyCell::force(self)
    }
}

impl<T, F: FnOnce() -> T> DerefMut for LazyCell<T, F> {
    #[inline]
    fn deref_mut(&mut self) -> &mut T {
        LazyCell::force_mut(self)
    }
}

impl<T: Default> Default for LazyCell<T> {
    fn default() -> LazyCell<T> {
        LazyCell::new(T::default)
    }
}

impl<T: fmt::Debug, F> fmt::Debug for LazyCell<T, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut d = f.debug_tuple("LazyCell");
        match unsafe { &*self.state.get() } {
            State::Init(data) => d.field(data),
            _ => d.field(&format_args!("<uninit>")),
        };
        d.finish()
    }
}
