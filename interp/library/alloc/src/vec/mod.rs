//! `Vec<T>`: a growable array on the heap.
//!
//! Invariants: `len <= cap`; the first `len` values at `ptr` are initialised; the buffer is as
//! `raw_vec` says. The methods here are the hot ones and are written flat. To add a method that
//! moves values about, see `edit.rs`; a trait, `traits.rs`; a way to fill one, `extend.rs`.

mod drain;
mod edit;
mod extend;
mod extract_if;
mod into_iter;
mod splice;
mod traits;

pub use self::drain::Drain;
pub use self::extend::{from_array, from_elem};
pub use self::extract_if::ExtractIf;
pub use self::into_iter::IntoIter;
pub use self::splice::Splice;

use crate::boxed::Box;
use crate::collections::TryReserveError;
use crate::raw_vec::{self, Cap};
use core::intrinsics::{
    aggregate_raw_ptr, is_copy, needs_drop, offset, precondition_violated, read_via_copy, size_of, write_via_move,
};
use core::marker::PhantomData;
use core::mem::{forget, MaybeUninit};
use core::ops::{Deref, DerefMut, Index, IndexMut};
use core::ptr;
use core::slice::SliceIndex;

/// A contiguous growable array.
pub struct Vec<T> {
    cap: Cap,
    ptr: *const T,
    len: usize,
    marker: PhantomData<T>,
}

unsafe impl<T: Send> Send for Vec<T> {}
unsafe impl<T: Sync> Sync for Vec<T> {}

impl<T> Vec<T> {
    pub const fn new() -> Vec<T> {
        Vec { cap: raw_vec::empty_cap::<T>(), ptr: raw_vec::dangling::<T>(), len: 0, marker: PhantomData }
    }

    #[track_caller]
    pub fn with_capacity(capacity: usize) -> Vec<T> {
        let (cap, ptr) = raw_vec::allocate::<T>(capacity);
        Vec { cap, ptr, len: 0, marker: PhantomData }
    }

    #[unstable(feature = "try_with_capacity")]
    pub fn try_with_capacity(capacity: usize) -> Result<Vec<T>, TryReserveError> {
        let mut v = Vec::new();
        v.try_reserve_exact(capacity)?;
        Ok(v)
    }

    /// Takes over a buffer of `capacity` values, the first `length` of them initialised.
    pub unsafe fn from_raw_parts(ptr: *mut T, length: usize, capacity: usize) -> Vec<T> {
        let cap = if size_of::<T>() == 0 { raw_vec::empty_cap::<T>() } else { unsafe { Cap(capacity) } };
        Vec { cap, ptr, len: length, marker: PhantomData }
    }

    /// The pointer, length and capacity; whoever has them must give the buffer back.
    pub fn into_raw_parts(self) -> (*mut T, usize, usize) {
        let parts = (self.ptr as *mut T, self.len, self.capacity());
        forget(self);
        parts
    }

    pub const fn capacity(&self) -> usize {
        if size_of::<T>() == 0 {
            usize::MAX
        } else {
            self.cap.0
        }
    }

    pub const fn len(&self) -> usize {
        self.len
    }

    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    pub const fn as_ptr(&self) -> *const T {
        self.ptr
    }

    pub const fn as_mut_ptr(&mut self) -> *mut T {
        self.ptr as *mut T
    }

    pub const fn as_slice(&self) -> &[T] {
        unsafe { &*aggregate_raw_ptr::<*const [T], *const T, usize>(self.ptr, self.len) }
    }

    pub const fn as_mut_slice(&mut self) -> &mut [T] {
        unsafe { &mut *aggregate_raw_ptr::<*mut [T], *mut T, usize>(self.ptr as *mut T, self.len) }
    }

    pub unsafe fn set_len(&mut self, new_len: usize) {
        if new_len > self.capacity() {
            unsafe { precondition_violated("`Vec::set_len` requires that new_len <= capacity()") }
        }
        self.len = new_len;
    }

    pub fn push(&mut self, value: T) {
        let len = self.len;
        if len >= self.cap.0 {
            self.grow_by(1);
        }
        unsafe { write_via_move(offset(self.ptr as *mut T, len), value) };
        self.len = len + 1;
    }

    pub fn push_mut(&mut self, value: T) -> &mut T {
        let len = self.len;
        self.push(value);
        unsafe { &mut *offset(self.ptr as *mut T, len) }
    }

    #[unstable(feature = "vec_push_within_capacity")]
    pub fn push_within_capacity(&mut self, value: T) -> Result<&mut T, T> {
        if self.len == self.capacity() {
            return Err(value);
        }
        Ok(self.push_mut(value))
    }

    pub fn pop(&mut self) -> Option<T> {
        let len = self.len;
        if len == 0 {
            return None;
        }
        self.len = len - 1;
        Some(unsafe { read_via_copy(offset(self.ptr, len - 1)) })
    }

    pub fn pop_if(&mut self, predicate: impl FnOnce(&mut T) -> bool) -> Option<T> {
        let last = self.last_mut()?;
        if predicate(last) {
            self.pop()
        } else {
            None
        }
    }

    /// Makes room for `additional` more values, amortised.
    #[track_caller]
    fn grow_by(&mut self, additional: usize) {
        if size_of::<T>() == 0 && additional <= usize::MAX - self.len {
            return; // there is always room, even beyond what `Cap` can say
        }
        match unsafe { raw_vec::grow(self.ptr, self.cap.0, self.len, additional) } {
            Ok((cap, ptr)) => {
                self.cap = cap;
                self.ptr = ptr;
            }
            Err(error) => raw_vec::handle_error(error),
        }
    }

    #[track_caller]
    pub fn reserve(&mut self, additional: usize) {
        if additional > self.capacity() - self.len {
            self.grow_by(additional);
        }
    }

    #[track_caller]
    pub fn reserve_exact(&mut self, additional: usize) {
        if let Err(error) = self.try_reserve_exact(additional) {
            raw_vec::handle_error(error);
        }
    }

    pub fn try_reserve(&mut self, additional: usize) -> Result<(), TryReserveError> {
        if additional > self.capacity() - self.len {
            let (cap, ptr) = unsafe { raw_vec::grow(self.ptr, self.cap.0, self.len, additional)? };
            self.cap = cap;
            self.ptr = ptr;
        }
        Ok(())
    }

    pub fn try_reserve_exact(&mut self, additional: usize) -> Result<(), TryReserveError> {
        if additional > self.capacity() - self.len {
            let (cap, ptr) = unsafe { raw_vec::grow_exact(self.ptr, self.cap.0, self.len, additional)? };
            self.cap = cap;
            self.ptr = ptr;
        }
        Ok(())
    }

    pub fn shrink_to_fit(&mut self) {
        self.shrink_to(0);
    }

    pub fn shrink_to(&mut self, min_capacity: usize) {
        let wanted = if self.len > min_capacity { self.len } else { min_capacity };
        if wanted < self.capacity() {
            match unsafe { raw_vec::resize(self.ptr, self.cap.0, wanted) } {
                Ok((cap, ptr)) => {
                    self.cap = cap;
                    self.ptr = ptr;
                }
                Err(error) => raw_vec::handle_error(error),
            }
        }
    }

    pub fn into_boxed_slice(mut self) -> Box<[T]> {
        self.shrink_to_fit();
        let slice = aggregate_raw_ptr::<*mut [T], *mut T, usize>(self.ptr as *mut T, self.len);
        forget(self);
        unsafe { Box::from_raw(slice) }
    }

    pub fn leak<'a>(self) -> &'a mut [T] {
        let slice = aggregate_raw_ptr::<*mut [T], *mut T, usize>(self.ptr as *mut T, self.len);
        forget(self);
        unsafe { &mut *slice }
    }

    pub fn spare_capacity_mut(&mut self) -> &mut [MaybeUninit<T>] {
        unsafe {
            let start = offset(self.ptr as *mut T, self.len) as *mut MaybeUninit<T>;
            core::slice::from_raw_parts_mut(start, self.capacity() - self.len)
        }
    }

    pub fn clear(&mut self) {
        let len = self.len;
        self.len = 0;
        if needs_drop::<T>() {
            unsafe { ptr::drop_in_place(aggregate_raw_ptr::<*mut [T], *mut T, usize>(self.ptr as *mut T, len)) };
        }
    }

    pub fn truncate(&mut self, len: usize) {
        let old = self.len;
        if len < old {
            self.len = len;
            if needs_drop::<T>() {
                unsafe {
                    let rest = offset(self.ptr as *mut T, len);
                    ptr::drop_in_place(aggregate_raw_ptr::<*mut [T], *mut T, usize>(rest, old - len));
                }
            }
        }
    }
}

/// Gives a buffer back when the values in it are gone, or unwinding from one of them.
struct Release<T> {
    ptr: *const T,
    cap: usize,
}

impl<T> Drop for Release<T> {
    fn drop(&mut self) {
        unsafe { raw_vec::release(self.ptr, self.cap) };
    }
}

unsafe impl<#[may_dangle] T> Drop for Vec<T> {
    fn drop(&mut self) {
        if needs_drop::<T>() && self.len != 0 {
            let _release = Release { ptr: self.ptr, cap: self.cap.0 };
            unsafe { ptr::drop_in_place(aggregate_raw_ptr::<*mut [T], *mut T, usize>(self.ptr as *mut T, self.len)) };
        } else if self.cap.0 != 0 {
            unsafe { raw_vec::release(self.ptr, self.cap.0) };
        }
    }
}

impl<T> Deref for Vec<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        unsafe { &*aggregate_raw_ptr::<*const [T], *const T, usize>(self.ptr, self.len) }
    }
}

impl<T> DerefMut for Vec<T> {
    fn deref_mut(&mut self) -> &mut [T] {
        unsafe { &mut *aggregate_raw_ptr::<*mut [T], *mut T, usize>(self.ptr as *mut T, self.len) }
    }
}


impl<T, I: SliceIndex<[T]>> Index<I> for Vec<T> {
    type Output = I::Output;

    #[track_caller]
    fn index(&self, index: I) -> &I::Output {
        let slice = unsafe { &*aggregate_raw_ptr::<*const [T], *const T, usize>(self.ptr, self.len) };
        SliceIndex::index(index, slice)
    }
}

impl<T, I: SliceIndex<[T]>> IndexMut<I> for Vec<T> {
    #[track_caller]
    fn index_mut(&mut self, index: I) -> &mut I::Output {
        let slice = unsafe { &mut *aggregate_raw_ptr::<*mut [T], *mut T, usize>(self.ptr as *mut T, self.len) };
        SliceIndex::index_mut(index, slice)
    }
}

impl<T: Clone> Clone for Vec<T> {
    #[track_caller]
    fn clone(&self) -> Vec<T> {
        let len = self.len;
        let (cap, ptr) = raw_vec::allocate::<T>(len);
        let mut new = Vec { cap, ptr, len: 0, marker: PhantomData };
        if is_copy::<T>() {
            unsafe { core::intrinsics::copy_nonoverlapping(self.ptr, ptr as *mut T, len) };
            new.len = len;
        } else {
            let mut i = 0;
            while i < len {
                unsafe { write_via_move(offset(ptr as *mut T, i), T::clone(&*offset(self.ptr, i))) };
                i += 1;
                new.len = i;
            }
        }
        new
    }

    fn clone_from(&mut self, source: &Vec<T>) {
        self.truncate(source.len);
        let (start, rest) = source.split_at(self.len);
        self.clone_from_slice(start);
        self.extend_from_slice(rest);
    }
}
