//! `Box<T>`: one value on the heap.
//!
//! Invariant: the compiler knows this type (`owned_box`): `*b` is a place and may be moved out of;
//! its drop glue drops the value, if it is still there, and then runs the `Drop` below, which only
//! frees. A value of size 0 owns no memory. To add a conversion, put it in `boxed/convert.rs`.

mod convert;
mod iter;

use crate::alloc::{handle_alloc_error, Layout};
use crate::vec::Vec;
use core::borrow::{Borrow, BorrowMut};
use core::cmp::Ordering;
use core::error::Error;
use core::fmt;
use core::future::Future;
use core::hash::{Hash, Hasher};
use core::intrinsics::{align_of, align_of_val, host, size_of, size_of_val, transmute_unchecked, write_via_move};
use core::marker::{Tuple, Unpin, Unsize};
use core::mem::MaybeUninit;
use core::ops::{CoerceUnsized, Deref, DerefMut, DispatchFromDyn, Fn, FnMut, FnOnce};
use core::pin::Pin;
use core::ptr::{NonNull, Unique};
use core::task::{Context, Poll};

/// A pointer type that owns its value on the heap.
#[lang = "owned_box"]
#[fundamental]
pub struct Box<T: ?Sized>(Unique<T>);

impl<T> Box<T> {
    /// Moves `x` to the heap.
    pub fn new(x: T) -> Box<T> {
        let size = size_of::<T>();
        unsafe {
            let ptr = if size == 0 {
                transmute_unchecked::<usize, *mut T>(align_of::<T>())
            } else {
                let block = host::alloc(size, align_of::<T>()) as *mut T;
                if block.is_null() {
                    handle_alloc_error(Layout::new::<T>());
                }
                block
            };
            write_via_move(ptr, x);
            transmute_unchecked::<*mut T, Box<T>>(ptr)
        }
    }

    pub fn new_uninit() -> Box<MaybeUninit<T>> {
        let (_, ptr) = crate::raw_vec::allocate::<MaybeUninit<T>>(1);
        unsafe { Box::from_raw(ptr as *mut MaybeUninit<T>) }
    }

    pub fn new_zeroed() -> Box<MaybeUninit<T>> {
        let (_, ptr) = crate::raw_vec::allocate_zeroed::<MaybeUninit<T>>(1);
        unsafe { Box::from_raw(ptr as *mut MaybeUninit<T>) }
    }

    pub fn pin(x: T) -> Pin<Box<T>> {
        Box::into_pin(Box::new(x))
    }

    #[unstable(feature = "box_into_boxed_slice")]
    pub fn into_boxed_slice(boxed: Box<T>) -> Box<[T]> {
        let raw = Box::into_raw(boxed);
        unsafe { Box::from_raw(core::ptr::slice_from_raw_parts_mut(raw, 1)) }
    }

    #[unstable(feature = "box_into_inner")]
    pub fn into_inner(boxed: Box<T>) -> T {
        *boxed
    }

    /// The value, and the memory it was in.
    #[unstable(feature = "box_take")]
    pub fn take(boxed: Box<T>) -> (T, Box<MaybeUninit<T>>) {
        unsafe {
            let raw = Box::into_raw(boxed);
            (raw.read(), Box::from_raw(raw as *mut MaybeUninit<T>))
        }
    }

    #[unstable(feature = "smart_pointer_try_map")]
    pub fn map<U, F: FnOnce(T) -> U>(this: Box<T>, f: F) -> Box<U> {
        Box::new(f(*this))
    }
}

impl<T> Box<[T]> {
    #[track_caller]
    pub fn new_uninit_slice(len: usize) -> Box<[MaybeUninit<T>]> {
        let (_, ptr) = crate::raw_vec::allocate::<MaybeUninit<T>>(len);
        unsafe { Box::from_raw(core::ptr::slice_from_raw_parts_mut(ptr as *mut MaybeUninit<T>, len)) }
    }

    #[track_caller]
    pub fn new_zeroed_slice(len: usize) -> Box<[MaybeUninit<T>]> {
        let (_, ptr) = crate::raw_vec::allocate_zeroed::<MaybeUninit<T>>(len);
        unsafe { Box::from_raw(core::ptr::slice_from_raw_parts_mut(ptr as *mut MaybeUninit<T>, len)) }
    }

    #[unstable(feature = "alloc_slice_into_array")]
    pub fn into_array<const N: usize>(self) -> Result<Box<[T; N]>, Box<[T]>> {
        if self.len() == N {
            Ok(unsafe { Box::from_raw(Box::into_raw(self) as *mut [T; N]) })
        } else {
            Err(self)
        }
    }
}

impl<T> Box<MaybeUninit<T>> {
    pub unsafe fn assume_init(self) -> Box<T> {
        unsafe { Box::from_raw(Box::into_raw(self) as *mut T) }
    }

    pub fn write(mut boxed: Box<MaybeUninit<T>>, value: T) -> Box<T> {
        (*boxed).write(value);
        unsafe { boxed.assume_init() }
    }
}

impl<T> Box<[MaybeUninit<T>]> {
    pub unsafe fn assume_init(self) -> Box<[T]> {
        unsafe { Box::from_raw(Box::into_raw(self) as *mut [T]) }
    }
}

impl<T: ?Sized> Box<T> {
    /// Takes over the heap value at `raw`.
    pub unsafe fn from_raw(raw: *mut T) -> Box<T> {
        unsafe { transmute_unchecked::<*mut T, Box<T>>(raw) }
    }

    #[unstable(feature = "box_vec_non_null")]
    pub unsafe fn from_non_null(ptr: NonNull<T>) -> Box<T> {
        unsafe { transmute_unchecked::<NonNull<T>, Box<T>>(ptr) }
    }

    /// Gives the value away: whoever has the pointer must free it.
    pub fn into_raw(b: Box<T>) -> *mut T {
        unsafe { transmute_unchecked::<Box<T>, *mut T>(b) }
    }

    #[unstable(feature = "box_vec_non_null")]
    pub fn into_non_null(b: Box<T>) -> NonNull<T> {
        unsafe { transmute_unchecked::<Box<T>, NonNull<T>>(b) }
    }

    #[unstable(feature = "box_as_ptr")]
    pub fn as_mut_ptr(b: &mut Box<T>) -> *mut T {
        &raw mut **b
    }

    #[unstable(feature = "box_as_ptr")]
    pub fn as_ptr(b: &Box<T>) -> *const T {
        &raw const **b
    }

    pub fn leak<'a>(b: Box<T>) -> &'a mut T
    where
        T: 'a,
    {
        unsafe { &mut *Box::into_raw(b) }
    }

    pub const fn into_pin(boxed: Box<T>) -> Pin<Box<T>> {
        unsafe { transmute_unchecked::<Box<T>, Pin<Box<T>>>(boxed) }
    }
}

unsafe impl<#[may_dangle] T: ?Sized> Drop for Box<T> {
    fn drop(&mut self) {
        let ptr = &raw mut **self;
        unsafe {
            let size = size_of_val(ptr as *const T);
            if size != 0 {
                host::dealloc(ptr as *mut u8, size, align_of_val(ptr as *const T));
            }
        }
    }
}

impl<T: ?Sized> Deref for Box<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &**self
    }
}

impl<T: ?Sized> DerefMut for Box<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut **self
    }
}

impl<T: ?Sized + Unsize<U>, U: ?Sized> CoerceUnsized<Box<U>> for Box<T> {}
impl<T: ?Sized + Unsize<U>, U: ?Sized> DispatchFromDyn<Box<U>> for Box<T> {}
impl<T: ?Sized> Unpin for Box<T> {}

impl<Args: Tuple, F: FnOnce<Args> + ?Sized> FnOnce<Args> for Box<F> {
    type Output = <F as FnOnce<Args>>::Output;

    extern "rust-call" fn call_once(self, args: Args) -> Self::Output {
        <F as FnOnce<Args>>::call_once(*self, args)
    }
}

impl<Args: Tuple, F: FnMut<Args> + ?Sized> FnMut<Args> for Box<F> {
    extern "rust-call" fn call_mut(&mut self, args: Args) -> Self::Output {
        <F as FnMut<Args>>::call_mut(&mut **self, args)
    }
}

impl<Args: Tuple, F: Fn<Args> + ?Sized> Fn<Args> for Box<F> {
    extern "rust-call" fn call(&self, args: Args) -> Self::Output {
        <F as Fn<Args>>::call(&**self, args)
    }
}

impl<F: ?Sized + Future + Unpin> Future for Box<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        F::poll(Pin::new(&mut **self), cx)
    }
}

impl<T: Clone> Clone for Box<T> {
    fn clone(&self) -> Box<T> {
        Box::new(T::clone(&**self))
    }

    fn clone_from(&mut self, source: &Box<T>) {
        (**self).clone_from(&**source);
    }
}

impl<T: Clone> Clone for Box<[T]> {
    fn clone(&self) -> Box<[T]> {
        self.to_vec().into_boxed_slice()
    }
}

impl Clone for Box<str> {
    fn clone(&self) -> Box<str> {
        let bytes: Box<[u8]> = self.as_bytes().to_vec().into_boxed_slice();
        unsafe { crate::str::from_boxed_utf8_unchecked(bytes) }
    }
}

impl<T: Default> Default for Box<T> {
    fn default() -> Box<T> {
        Box::new(T::default())
    }
}

impl<T> Default for Box<[T]> {
    fn default() -> Box<[T]> {
        Vec::new().into_boxed_slice()
    }
}

impl Default for Box<str> {
    fn default() -> Box<str> {
        unsafe { crate::str::from_boxed_utf8_unchecked(Vec::new().into_boxed_slice()) }
    }
}

impl<T: Default> Default for Pin<Box<T>> {
    fn default() -> Self {
        Box::pin(T::default())
    }
}

impl<T: ?Sized + PartialEq> PartialEq for Box<T> {
    fn eq(&self, other: &Box<T>) -> bool {
        PartialEq::eq(&**self, &**other)
    }

    fn ne(&self, other: &Box<T>) -> bool {
        PartialEq::ne(&**self, &**other)
    }
}

impl<T: ?Sized + Eq> Eq for Box<T> {}

impl<T: ?Sized + PartialOrd> PartialOrd for Box<T> {
    fn partial_cmp(&self, other: &Box<T>) -> Option<Ordering> {
        PartialOrd::partial_cmp(&**self, &**other)
    }

    fn lt(&self, other: &Box<T>) -> bool {
        PartialOrd::lt(&**self, &**other)
    }

    fn le(&self, other: &Box<T>) -> bool {
        PartialOrd::le(&**self, &**other)
    }

    fn gt(&self, other: &Box<T>) -> bool {
        PartialOrd::gt(&**self, &**other)
    }

    fn ge(&self, other: &Box<T>) -> bool {
        PartialOrd::ge(&**self, &**other)
    }
}

impl<T: ?Sized + Ord> Ord for Box<T> {
    fn cmp(&self, other: &Box<T>) -> Ordering {
        Ord::cmp(&**self, &**other)
    }
}

impl<T: ?Sized + Hash> Hash for Box<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (**self).hash(state);
    }
}

impl<T: ?Sized + Hasher> Hasher for Box<T> {
    fn finish(&self) -> u64 {
        (**self).finish()
    }

    fn write(&mut self, bytes: &[u8]) {
        (**self).write(bytes);
    }

    fn write_u8(&mut self, i: u8) {
        (**self).write_u8(i);
    }

    fn write_u32(&mut self, i: u32) {
        (**self).write_u32(i);
    }

    fn write_u64(&mut self, i: u64) {
        (**self).write_u64(i);
    }

    fn write_usize(&mut self, i: usize) {
        (**self).write_usize(i);
    }
}

impl<T: ?Sized + fmt::Debug> fmt::Debug for Box<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}

impl<T: ?Sized + fmt::Display> fmt::Display for Box<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&**self, f)
    }
}

impl<T: ?Sized> fmt::Pointer for Box<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ptr: *const T = &raw const **self;
        fmt::Pointer::fmt(&ptr, f)
    }
}

impl<T: ?Sized> Borrow<T> for Box<T> {
    fn borrow(&self) -> &T {
        &**self
    }
}

impl<T: ?Sized> BorrowMut<T> for Box<T> {
    fn borrow_mut(&mut self) -> &mut T {
        &mut **self
    }
}

impl<T: ?Sized> AsRef<T> for Box<T> {
    fn as_ref(&self) -> &T {
        &**self
    }
}

impl<T: ?Sized> AsMut<T> for Box<T> {
    fn as_mut(&mut self) -> &mut T {
        &mut **self
    }
}

impl<E: Error> Error for Box<E> {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Error::source(&**self)
    }

    #[allow(deprecated)]
    fn description(&self) -> &str {
        Error::description(&**self)
    }

    #[allow(deprecated)]
    fn cause(&self) -> Option<&dyn Error> {
        Error::cause(&**self)
    }
}
