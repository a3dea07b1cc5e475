//! The methods and traits of `sync::Weak`.
//!
//! Invariant: a `Weak` that never had a value has the address `usize::MAX` and no block.

use super::{inner_of, raw, Arc, ArcInner, Weak, MAX_REFCOUNT};
use core::fmt;
use core::intrinsics::abort;
use core::marker::PhantomData;
use core::mem::forget;
use core::ptr::{self, NonNull};
use core::sync::atomic::Ordering::{Acquire, Relaxed};

impl<T> Weak<T> {
    pub const fn new() -> Weak<T> {
        Weak { ptr: unsafe { NonNull::new_unchecked(ptr::without_provenance_mut::<ArcInner<T>>(usize::MAX)) } }
    }
}

impl<T: ?Sized> Weak<T> {
    fn is_dangling(&self) -> bool {
        let inner: *mut ArcInner<T> = raw!(self);
        (inner as *mut ()).addr() == usize::MAX
    }

    pub fn as_ptr(&self) -> *const T {
        let inner: *mut ArcInner<T> = raw!(self);
        if self.is_dangling() {
            inner as *const T
        } else {
            unsafe { &raw const (*inner).value }
        }
    }

    pub fn into_raw(self) -> *const T {
        let value = self.as_ptr();
        forget(self);
        value
    }

    pub unsafe fn from_raw(ptr: *const T) -> Weak<T> {
        unsafe {
            let inner = if (ptr as *const ()).addr() == usize::MAX {
                ptr as *mut ArcInner<T>
            } else {
                inner_of(ptr)
            };
            Weak { ptr: NonNull::new_unchecked(inner) }
        }
    }

    pub fn upgrade(&self) -> Option<Arc<T>> {
        if self.is_dangling() {
            return None;
        }
        let inner: *mut ArcInner<T> = raw!(self);
        let strong = unsafe { &(*inner).strong };
        let mut count = strong.load(Relaxed);
        loop {
            if count == 0 {
                return None;
            }
            assert!(count <= MAX_REFCOUNT, "Arc counter overflow");
            match strong.compare_exchange_weak(count, count + 1, Acquire, Relaxed) {
                Ok(_) => return Some(Arc { ptr: self.ptr, phantom: PhantomData }),
                Err(old) => count = old,
            }
        }
    }

    pub fn strong_count(&self) -> usize {
        if self.is_dangling() {
            return 0;
        }
        let inner: *mut ArcInner<T> = raw!(self);
        unsafe { (*inner).strong.load(Relaxed) }
    }

    pub fn weak_count(&self) -> usize {
        if self.is_dangling() {
            return 0;
        }
        let inner: *mut ArcInner<T> = raw!(self);
        unsafe {
            let weak = (*inner).weak.load(Acquire);
            if (*inner).strong.load(Relaxed) == 0 {
                0
            } else {
                weak - 1
            }
        }
    }

    pub fn ptr_eq(&self, other: &Weak<T>) -> bool {
        ptr::addr_eq(self.ptr.as_ptr(), other.ptr.as_ptr())
    }
}

impl<T: ?Sized> Clone for Weak<T> {
    fn clone(&self) -> Weak<T> {
        if !self.is_dangling() {
            let inner: *mut ArcInner<T> = raw!(self);
            unsafe {
                if (*inner).weak.fetch_add(1, Relaxed) > MAX_REFCOUNT {
                    abort();
                }
            }
        }
        Weak { ptr: self.ptr }
    }
}

impl<T> Default for Weak<T> {
    fn default() -> Weak<T> {
        Weak::new()
    }
}

impl<T: ?Sized> fmt::Debug for Weak<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(Weak)")
    }
}
