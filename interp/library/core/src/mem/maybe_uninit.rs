//! `MaybeUninit`: room for a value that may not be there yet.

use crate::mem::{self, ManuallyDrop};
use crate::{fmt, intrinsics, ptr, slice};

/// Room for a `T` that may be uninitialised.
#[lang = "maybe_uninit"]
#[derive(Copy)]
#[repr(transparent)]
pub union MaybeUninit<T> {
    uninit: (),
    value: ManuallyDrop<T>,
}

impl<T: Copy> Clone for MaybeUninit<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> fmt::Debug for MaybeUninit<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MaybeUninit<")?;
        f.write_str(crate::any::type_name::<T>())?;
        f.write_str(">")
    }
}

impl<T> MaybeUninit<T> {
    /// With a value.
    #[inline]
    pub const fn new(val: T) -> MaybeUninit<T> {
        MaybeUninit { value: ManuallyDrop::new(val) }
    }

    /// Uninitialised.
    #[inline]
    pub const fn uninit() -> MaybeUninit<T> {
        MaybeUninit { uninit: () }
    }

    /// An uninitialised array.
    #[inline]
    pub const fn uninit_array<const N: usize>() -> [MaybeUninit<T>; N] {
        unsafe { MaybeUninit::<[MaybeUninit<T>; N]>::uninit().assume_init() }
    }

    /// All bytes zero.
    #[inline]
    pub const fn zeroed() -> MaybeUninit<T> {
        let mut u = MaybeUninit::<T>::uninit();
        unsafe { intrinsics::write_bytes(u.as_mut_ptr(), 0u8, 1) };
        u
    }

    /// Puts a value in, without dropping what was there.
    #[inline]
    pub const fn write(&mut self, val: T) -> &mut T {
        *self = MaybeUninit { value: ManuallyDrop::new(val) };
        unsafe { &mut *(self as *mut Self as *mut T) }
    }

    /// A pointer to the room.
    #[inline]
    pub const fn as_ptr(&self) -> *const T {
        self as *const Self as *const T
    }

    /// A mutable pointer to the room.
    #[inline]
    pub const fn as_mut_ptr(&mut self) -> *mut T {
        self as *mut Self as *mut T
    }

    /// The value, which must be there.
    #[inline]
    #[track_caller]
    pub const unsafe fn assume_init(self) -> T {
        intrinsics::assert_inhabited::<T>();
        unsafe { ManuallyDrop::into_inner(self.value) }
    }

    /// A copy of the value, which must be there.
    #[inline]
    #[track_caller]
    pub const unsafe fn assume_init_read(&self) -> T {
        unsafe { ptr::read(self as *const Self as *const T) }
    }

    /// Drops the value, which must be there.
    #[inline]
    pub unsafe fn assume_init_drop(&mut self) {
        unsafe { ptr::drop_in_place(self as *mut Self as *mut T) }
    }

    /// A reference to the value, which must be there.
    #[inline]
    pub const unsafe fn assume_init_ref(&self) -> &T {
        unsafe { &*(self as *const Self as *const T) }
    }

    /// A mutable reference to the value, which must be there.
    #[inline]
    pub const unsafe fn assume_init_mut(&mut self) -> &mut T {
        unsafe { &mut *(self as *mut Self as *mut T) }
    }

    /// The values of an array, which must all be there.
    #[unstable(feature = "maybe_uninit_array_assume_init")]
    #[inline]
    pub const unsafe fn array_assume_init<const N: usize>(array: [Self; N]) -> [T; N] {
        unsafe { intrinsics::transmute_unchecked(array) }
    }

    /// A pointer to the first room.
    pub const fn slice_as_ptr(this: &[MaybeUninit<T>]) -> *const T {
        this.as_ptr() as *const T
    }

    /// A mutable pointer to the first room.
    pub const fn slice_as_mut_ptr(this: &mut [MaybeUninit<T>]) -> *mut T {
        this.as_mut_ptr() as *mut T
    }
}

impl<T> [MaybeUninit<T>] {
    /// The values as a slice, which must all be there.
    #[inline]
    pub const unsafe fn assume_init_ref(&self) -> &[T] {
        unsafe { slice::from_raw_parts(self.as_ptr() as *const T, self.len()) }
    }

    /// The values as a mutable slice, which must all be there.
    #[inline]
    pub const unsafe fn assume_init_mut(&mut self) -> &mut [T] {
        unsafe { slice::from_raw_parts_mut(self.as_mut_ptr() as *mut T, self.len()) }
    }

    /// Drops the values, which must all be there.
    pub unsafe fn assume_init_drop(&mut self) {
        unsafe { ptr::drop_in_place(self as *mut Self as *mut [T]) }
    }

    /// Filled with copies of `src`, which must be as long.
    #[track_caller]
    pub const fn write_copy_of_slice(&mut self, src: &[T]) -> &mut [T]
    where
        T: Copy,
    {
        assert!(self.len() == src.len(), "copy_from_slice: source slice length does not match destination slice length");
        unsafe {
            ptr::copy_nonoverlapping(src.as_ptr(), self.as_mut_ptr() as *mut T, src.len());
            self.assume_init_mut()
        }
    }

    /// Filled with clones of the elements of `src`, which must be as long; if one panics, those made are dropped.
    #[track_caller]
    pub fn write_clone_of_slice(&mut self, src: &[T]) -> &mut [T]
    where
        T: Clone,
    {
        assert!(self.len() == src.len(), "destination and source slices have different lengths");
        let mut written = Written { room: self, len: 0 };
        for value in src {
            written.room[written.len].write(value.clone());
            written.len += 1;
        }
        mem::forget(written);
        unsafe { self.assume_init_mut() }
    }
}

/// The first `len` values are there, and are dropped with this.
struct Written<'a, T> {
    room: &'a mut [MaybeUninit<T>],
    len: usize,
}

impl<T> Drop for Written<'_, T> {
    fn drop(&mut self) {
        unsafe { self.room[..self.len].assume_init_drop() }
    }
}

impl<T, const N: usize> MaybeUninit<[T; N]> {
    /// The room of an array as an array of rooms.
    #[unstable(feature = "maybe_uninit_uninit_array_transpose")]
    pub const fn transpose(self) -> [MaybeUninit<T>; N] {
        unsafe { intrinsics::transmute_unchecked(self) }
    }
}
