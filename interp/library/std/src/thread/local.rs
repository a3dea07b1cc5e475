//! `LocalKey`: a variable that each thread has of its own.
//!
//! Invariant: a storage goes from `INITIAL` to `ALIVE` when it is first used, and, if its value
//! needs dropping, to `DESTROYED` when the thread ends; from then on it can't be used.

use crate::cell::{Cell, RefCell};
use crate::error::Error;
use crate::fmt;
use core::cell::UnsafeCell;
use core::intrinsics::host;
use core::mem;
use core::ptr;

const INITIAL: u8 = 0;
const ALIVE: u8 = 1;
const DESTROYED: u8 = 2;

/// A thread's variable.
pub struct LocalKey<T: 'static> {
    inner: fn(Option<&mut Option<T>>) -> *const T,
}

/// Where a thread keeps its value.
pub struct Storage<T: 'static> {
    state: Cell<u8>,
    value: UnsafeCell<Option<T>>,
}

unsafe impl<T> Sync for Storage<T> {}

impl<T> Storage<T> {
    pub const fn new() -> Storage<T> {
        Storage { state: Cell::new(INITIAL), value: UnsafeCell::new(None) }
    }

    /// The value, made by `f` (or taken from `given`) if there is none yet; null if it is gone.
    pub fn get_or_init(&self, given: Option<&mut Option<T>>, f: fn() -> T) -> *const T {
        match self.state.get() {
            ALIVE => unsafe {
                match &*self.value.get() {
                    Some(value) => value as *const T,
                    None => ptr::null(),
                }
            },
            DESTROYED => ptr::null(),
            _ => self.initialize(given, f),
        }
    }

    fn initialize(&self, given: Option<&mut Option<T>>, f: fn() -> T) -> *const T {
        let value = match given.and_then(|given| given.take()) {
            Some(value) => value,
            None => f(),
        };
        let old = unsafe { mem::replace(&mut *self.value.get(), Some(value)) };
        if self.state.get() == INITIAL {
            self.state.set(ALIVE);
            if mem::needs_drop::<T>() {
                unsafe { host::thread_at_exit(destroy::<T>, self as *const Storage<T> as *mut u8) };
            }
        }
        drop(old);
        unsafe {
            match &*self.value.get() {
                Some(value) => value as *const T,
                None => ptr::null(),
            }
        }
    }
}

/// Drops the value when the thread ends.
unsafe extern "C" fn destroy<T: 'static>(storage: *mut u8) {
    unsafe {
        let storage = &*(storage as *const Storage<T>);
        let value = (*storage.value.get()).take();
        storage.state.set(DESTROYED);
        let dropped = crate::panicking::catch_unwind(move || drop(value));
        if let Err(payload) = dropped {
            mem::forget(payload);
            crate::io::_eprint(format_args!("fatal runtime error: thread local panicked on drop, aborting\n"));
            core::intrinsics::abort();
        }
    }
}

/// The variable is being destroyed, or was.
#[non_exhaustive]
#[derive(Clone, Copy, Eq, PartialEq)]
pub struct AccessError;

impl fmt::Debug for AccessError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AccessError").finish()
    }
}

impl fmt::Display for AccessError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("already destroyed")
    }
}

impl Error for AccessError {}

#[track_caller]
fn panic_access_error(err: AccessError) -> ! {
    panic!("cannot access a Thread Local Storage value during or after destruction: {err:?}")
}

impl<T: 'static> LocalKey<T> {
    pub const unsafe fn new(inner: fn(Option<&mut Option<T>>) -> *const T) -> LocalKey<T> {
        LocalKey { inner }
    }

    #[track_caller]
    pub fn with<F, R>(&'static self, f: F) -> R
    where
        F: FnOnce(&T) -> R,
    {
        let value = (self.inner)(None);
        if value.is_null() {
            panic_access_error(AccessError);
        }
        f(unsafe { &*value })
    }

    pub fn try_with<F, R>(&'static self, f: F) -> Result<R, AccessError>
    where
        F: FnOnce(&T) -> R,
    {
        let value = (self.inner)(None);
        if value.is_null() {
            return Err(AccessError);
        }
        Ok(f(unsafe { &*value }))
    }

    /// As `with`, where a value not yet there is made of `init`; tells `f` what was left of it.
    #[track_caller]
    fn initialize_with<F, R>(&'static self, init: T, f: F) -> R
    where
        F: FnOnce(Option<T>, &T) -> R,
    {
        let mut init = Some(init);
        let value = (self.inner)(Some(&mut init));
        if value.is_null() {
            panic_access_error(AccessError);
        }
        f(init, unsafe { &*value })
    }
}

impl<T: 'static> LocalKey<Cell<T>> {
    #[track_caller]
    pub fn set(&'static self, value: T) {
        self.initialize_with(Cell::new(value), |value, cell| {
            if let Some(value) = value {
                cell.set(value.into_inner());
            }
        })
    }

    #[track_caller]
    pub fn get(&'static self) -> T
    where
        T: Copy,
    {
        self.with(Cell::get)
    }

    #[track_caller]
    pub fn take(&'static self) -> T
    where
        T: Default,
    {
        self.with(Cell::take)
    }

    #[track_caller]
    pub fn replace(&'static self, value: T) -> T {
        self.with(|cell| cell.replace(value))
    }

    #[unstable(feature = "local_key_cell_update")]
    #[track_caller]
    pub fn update(&'static self, f: impl FnOnce(T) -> T)
    where
        T: Copy,
    {
        self.with(|cell| cell.set(f(cell.get())))
    }
}

impl<T: 'static> LocalKey<RefCell<T>> {
    #[track_caller]
    pub fn with_borrow<F, R>(&'static self, f: F) -> R
    where
        F: FnOnce(&T) -> R,
    {
        self.with(|cell| f(&cell.borrow()))
    }

    #[track_caller]
    pub fn with_borrow_mut<F, R>(&'static self, f: F) -> R
    where
        F: FnOnce(&mut T) -> R,
    {
        self.with(|cell| f(&mut cell.borrow_mut()))
    }

    #[track_caller]
    pub fn set(&'static self, value: T) {
        self.initialize_with(RefCell::new(value), |value, cell| {
            if let Some(value) = value {
                *cell.borrow_mut() = value.into_inner();
            }
        })
    }

    #[track_caller]
    pub fn take(&'static self) -> T
    where
        T: Default,
    {
        self.with(RefCell::take)
    }

    #[track_caller]
    pub fn replace(&'static self, value: T) -> T {
        self.with(|cell| cell.replace(value))
    }
}

impl<T: 'static> fmt::Debug for LocalKey<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LocalKey").finish_non_exhaustive()
    }
}
