//! Sizes, alignments, and moving values in and out of places.

use crate::hash::{Hash, Hasher};
use crate::marker::DiscriminantKind;
use crate::{fmt, intrinsics, ptr};

mod manually_drop;
mod maybe_uninit;

pub use self::manually_drop::ManuallyDrop;
pub use self::maybe_uninit::MaybeUninit;
pub use crate::intrinsics::transmute;

/// Gives a value up without dropping it.
#[inline]
pub const fn forget<T>(t: T) {
    let _ = ManuallyDrop::new(t);
}

/// Size of `T` in bytes.
#[inline]
pub const fn size_of<T>() -> usize {
    intrinsics::size_of::<T>()
}

/// Size of the value in bytes.
#[inline]
pub const fn size_of_val<T: ?Sized>(val: &T) -> usize {
    unsafe { intrinsics::size_of_val(val) }
}

/// Size of what a raw pointer points to.
pub const unsafe fn size_of_val_raw<T: ?Sized>(val: *const T) -> usize {
    unsafe { intrinsics::size_of_val(val) }
}

/// Alignment of `T`.
#[inline]
pub const fn align_of<T>() -> usize {
    intrinsics::align_of::<T>()
}

/// Alignment of the value.
#[inline]
pub const fn align_of_val<T: ?Sized>(val: &T) -> usize {
    unsafe { intrinsics::align_of_val(val) }
}

/// Alignment of what a raw pointer points to.
pub const unsafe fn align_of_val_raw<T: ?Sized>(val: *const T) -> usize {
    unsafe { intrinsics::align_of_val(val) }
}

/// The former name of `align_of`.
pub fn min_align_of<T>() -> usize {
    intrinsics::align_of::<T>()
}

/// The former name of `align_of_val`.
pub fn min_align_of_val<T: ?Sized>(val: &T) -> usize {
    unsafe { intrinsics::align_of_val(val) }
}

/// Whether dropping a `T` may do something.
#[inline]
pub const fn needs_drop<T: ?Sized>() -> bool {
    intrinsics::needs_drop::<T>()
}

/// A value of zero bytes; undefined behaviour if that is no valid `T`.
#[track_caller]
pub const unsafe fn zeroed<T>() -> T {
    intrinsics::assert_zero_valid::<T>();
    unsafe { MaybeUninit::zeroed().assume_init() }
}

/// A value of uninitialised bytes; almost always undefined behaviour.
#[track_caller]
pub unsafe fn uninitialized<T>() -> T {
    intrinsics::assert_mem_uninitialized_valid::<T>();
    unsafe { MaybeUninit::uninit().assume_init() }
}

/// Exchanges two values.
#[inline]
pub const fn swap<T>(x: &mut T, y: &mut T) {
    unsafe { intrinsics::typed_swap_nonoverlapping(x, y) }
}

/// Puts the default in and returns what was there.
#[inline]
pub fn take<T: Default>(dest: &mut T) -> T {
    let src = T::default();
    unsafe {
        let result = intrinsics::read_via_copy(dest);
        intrinsics::write_via_move(dest, src);
        result
    }
}

/// Puts `src` in and returns what was there.
#[inline]
#[must_use]
pub const fn replace<T>(dest: &mut T, src: T) -> T {
    unsafe {
        let result = intrinsics::read_via_copy(dest);
        intrinsics::write_via_move(dest, src);
        result
    }
}

/// Drops a value.
#[inline]
pub fn drop<T>(_x: T) {}

/// The bits of `*src` as a `Dst`, which may be smaller and less aligned.
#[track_caller]
pub const unsafe fn transmute_copy<Src, Dst>(src: &Src) -> Dst {
    assert!(size_of::<Src>() >= size_of::<Dst>(), "cannot transmute_copy if Dst is larger than Src");
    unsafe { ptr::read_unaligned(src as *const Src as *const Dst) }
}

/// Which variant a value of an enum is.
pub struct Discriminant<T>(<T as DiscriminantKind>::Discriminant);

impl<T> Copy for Discriminant<T> {}

impl<T> Clone for Discriminant<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> PartialEq for Discriminant<T> {
    fn eq(&self, rhs: &Self) -> bool {
        self.0 == rhs.0
    }
}

impl<T> Eq for Discriminant<T> {}

impl<T> Hash for Discriminant<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

impl<T> fmt::Debug for Discriminant<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Discriminant").field(&self.0).finish()
    }
}

/// Which variant `v` is.
pub const fn discriminant<T>(v: &T) -> Discriminant<T> {
    Discriminant(intrinsics::discriminant_value(v))
}

/// How many variants the enum `T` has.
pub const fn variant_count<T>() -> usize {
    intrinsics::variant_count::<T>()
}

/// Copies a value bit by bit.
pub(crate) const fn copy<T: Copy>(x: &T) -> T {
    *x
}

/// Offset of a field in bytes.
#[macro_export]
#[doc(hidden)]
macro_rules! __core_offset_of {
    ($container:ty, $($field:tt).+ $(,)?) => {{
        let room = $crate::mem::MaybeUninit::<$container>::uninit();
        let start = room.as_ptr();
        unsafe { (&raw const (*start).$($field).+).cast::<u8>().offset_from(start.cast::<u8>()) as usize }
    }};
}
pub use crate::__core_offset_of as offset_of;
