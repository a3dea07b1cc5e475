//! The methods and traits of `rc::Weak`.
//!
//! Invariant: a `Weak` that never had a value has the address `usize::MAX` and no block.

use super::{inner_of, raw, Rc, RcInner, Weak};
use core::fmt;
use core::marker::PhantomData;
use core::mem::forget;
use core::ptr::{self, NonNull};

impl<T> Weak<T> {
    pub const fn new() -> Weak<T> {
        Weak { ptr: unsafe { NonNull::new_unchecked(ptr::without_provenance_mut::<RcInner<T>>(usize::MAX)) } }
    }
}

impl<T: ?Sized> Weak<T> {
    fn is_dangling(&self) -> bool {
        let inner: *mut RcInner<T> = raw!(self);
        (inner as *mut ()).addr() == usize::MAX
    }

    pub fn as_ptr(&self) -> *const T {
        let inner: *mut RcInner<T> = raw!(self);
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
                ptr as *mut RcInner<T>
            } else {
                inner_of(ptr)
            };
            Weak { ptr: NonNull::new_unchecked(inner) }
        }
    }

    pub fn upgrade(&self) -> Option<Rc<T>> {
        if self.is_dangling() {
            return None;
        }
        let inner: *mut RcInner<T> = raw!(self);
        unsafe {
            let strong = (*inner).strong;
            if strong == 0 {
                return None;
            }
            (*inner).strong = strong + 1;
        }
        Some(Rc { ptr: self.ptr, phantom: PhantomData })
    }

    pub fn strong_count(&self) -> usize {
        if self.is_dangling() {
            return 0;
        }
        let inner: *mut RcInner<T> = raw!(self);
        unsafe { (*inner).strong }
    }

    pub fn weak_count(&self) -> usize {
        if self.is_dangling() {
            return 0;
        }
        let inner: *mut RcInner<T> = raw!(self);
        unsafe {
            if (*inner).strong > 0 {
                (*inner).weak - 1
            } else {
                0
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
            let inner: *mut RcInner<T> = raw!(self);
            unsafe { (*inner).weak += 1 };
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
