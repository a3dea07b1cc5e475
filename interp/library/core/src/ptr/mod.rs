//! Raw pointers: reading, writing and making them.

use crate::intrinsics;
use crate::mem::MaybeUninit;

mod compare;
mod const_ptr;
mod fn_ptr;
mod metadata;
mod mut_ptr;
mod non_null;
mod unique;

pub use self::metadata::{from_raw_parts, from_raw_parts_mut, metadata, DynMetadata, Pointee};
pub use self::non_null::NonNull;
pub use self::unique::Unique;
pub use crate::intrinsics::{copy, copy_nonoverlapping, write_bytes};

/// Runs the destructor of the value pointed to.
///
/// The compiler puts drop glue in the place of the body.
#[lang = "drop_in_place"]
#[allow(unconditional_recursion)]
pub unsafe fn drop_in_place<T: ?Sized>(to_drop: *mut T) {
    unsafe { drop_in_place(to_drop) }
}

/// A null pointer.
#[inline]
pub const fn null<T>() -> *const T {
    0usize as *const T
}

/// A null pointer.
#[inline]
pub const fn null_mut<T>() -> *mut T {
    0usize as *mut T
}

/// A pointer with an address and no provenance.
#[inline]
pub const fn without_provenance<T>(addr: usize) -> *const T {
    unsafe { intrinsics::transmute(addr) }
}

/// A pointer with an address and no provenance.
#[inline]
pub const fn without_provenance_mut<T>(addr: usize) -> *mut T {
    unsafe { intrinsics::transmute(addr) }
}

/// A well-aligned pointer to nothing.
#[inline]
pub const fn dangling<T>() -> *const T {
    without_provenance(intrinsics::align_of::<T>())
}

/// A well-aligned pointer to nothing.
#[inline]
pub const fn dangling_mut<T>() -> *mut T {
    without_provenance_mut(intrinsics::align_of::<T>())
}

/// A pointer with an address and the provenance of some pointer exposed before.
#[inline]
pub fn with_exposed_provenance<T>(addr: usize) -> *const T {
    addr as *const T
}

/// A pointer with an address and the provenance of some pointer exposed before.
#[inline]
pub fn with_exposed_provenance_mut<T>(addr: usize) -> *mut T {
    addr as *mut T
}

/// A reference as a raw pointer.
#[inline]
pub const fn from_ref<T: ?Sized>(r: &T) -> *const T {
    r
}

/// A mutable reference as a raw pointer.
#[inline]
pub const fn from_mut<T: ?Sized>(r: &mut T) -> *mut T {
    r
}

/// A raw slice of a pointer and a length.
#[inline]
pub const fn slice_from_raw_parts<T>(data: *const T, len: usize) -> *const [T] {
    intrinsics::aggregate_raw_ptr::<*const [T], *const T, usize>(data, len)
}

/// A raw slice of a pointer and a length.
#[inline]
pub const fn slice_from_raw_parts_mut<T>(data: *mut T, len: usize) -> *mut [T] {
    intrinsics::aggregate_raw_ptr::<*mut [T], *mut T, usize>(data, len)
}

/// Exchanges two values that may overlap.
#[inline]
pub const unsafe fn swap<T>(x: *mut T, y: *mut T) {
    let mut tmp = MaybeUninit::<T>::uninit();
    unsafe {
        intrinsics::copy_nonoverlapping(x, tmp.as_mut_ptr(), 1);
        intrinsics::copy(y, x, 1);
        intrinsics::copy_nonoverlapping(tmp.as_ptr(), y, 1);
    }
}

/// Exchanges `count` values that do not overlap, byte for byte: padding goes with them.
pub const unsafe fn swap_nonoverlapping<T>(x: *mut T, y: *mut T, count: usize) {
    let mut tmp = MaybeUninit::<T>::uninit();
    let mut i = 0;
    while i < count {
        unsafe {
            intrinsics::copy_nonoverlapping(x.add(i), tmp.as_mut_ptr(), 1);
            intrinsics::copy_nonoverlapping(y.add(i), x.add(i), 1);
            intrinsics::copy_nonoverlapping(tmp.as_ptr(), y.add(i), 1);
        }
        i += 1;
    }
}

/// Puts `src` at `dst` and returns what was there.
#[inline]
pub const unsafe fn replace<T>(dst: *mut T, src: T) -> T {
    unsafe {
        let result = intrinsics::read_via_copy(dst);
        intrinsics::write_via_move(dst, src);
        result
    }
}

/// Copies the value out, leaving the memory as it is.
#[inline]
#[track_caller]
pub const unsafe fn read<T>(src: *const T) -> T {
    unsafe { intrinsics::read_via_copy(src) }
}

/// As `read` at any alignment.
#[inline]
#[track_caller]
pub const unsafe fn read_unaligned<T>(src: *const T) -> T {
    let mut tmp = MaybeUninit::<T>::uninit();
    unsafe {
        intrinsics::copy_nonoverlapping(
            src as *const u8,
            tmp.as_mut_ptr() as *mut u8,
            intrinsics::size_of::<T>(),
        );
        tmp.assume_init()
    }
}

/// Puts a value in without dropping what was there.
#[inline]
#[track_caller]
pub const unsafe fn write<T>(dst: *mut T, src: T) {
    unsafe { intrinsics::write_via_move(dst, src) }
}

/// As `write` at any alignment.
#[inline]
#[track_caller]
pub const unsafe fn write_unaligned<T>(dst: *mut T, src: T) {
    unsafe {
        intrinsics::copy_nonoverlapping(
            &src as *const T as *const u8,
            dst as *mut u8,
            intrinsics::size_of::<T>(),
        );
    }
    crate::mem::forget(src);
}

/// A read that is never left out.
#[inline]
#[track_caller]
pub unsafe fn read_volatile<T>(src: *const T) -> T {
    unsafe { intrinsics::volatile_load(src) }
}

/// A write that is never left out.
#[inline]
#[track_caller]
pub unsafe fn write_volatile<T>(dst: *mut T, src: T) {
    unsafe { intrinsics::volatile_store(dst, src) }
}

/// Whether two references point to the same place (with the same metadata).
#[inline]
pub fn eq<T: ?Sized>(a: *const T, b: *const T) -> bool {
    a == b
}

/// Whether two pointers have the same address.
#[inline]
pub fn addr_eq<T: ?Sized, U: ?Sized>(p: *const T, q: *const U) -> bool {
    (p as *const ()) == (q as *const ())
}

/// Whether two function pointers have the same address.
#[inline]
pub fn fn_addr_eq<T: crate::marker::FnPtr, U: crate::marker::FnPtr>(f: T, g: U) -> bool {
    f.addr() == g.addr()
}

/// Feeds a pointer's address to a hasher.
pub fn hash<T: ?Sized, S: crate::hash::Hasher>(hashee: *const T, into: &mut S) {
    use crate::hash::Hash;
    hashee.hash(into);
}

/// How many elements of `T` to skip from `p` to reach alignment `align`, or `usize::MAX`.
pub(crate) const fn align_offset<T>(p: *const T, align: usize) -> usize {
    let size = intrinsics::size_of::<T>();
    let addr = p.addr();
    if addr & (align - 1) == 0 {
        return 0;
    }
    if size == 0 {
        return usize::MAX;
    }
    let mut n = 1;
    while n < align {
        if addr.wrapping_add(n.wrapping_mul(size)) & (align - 1) == 0 {
            return n;
        }
        n += 1;
    }
    usize::MAX
}

/// A raw pointer to a place, without a reference.
#[macro_export]
#[doc(hidden)]
macro_rules! __core_addr_of {
    ($place:expr) => {
        &raw const $place
    };
}

/// A mutable raw pointer to a place, without a reference.
#[macro_export]
#[doc(hidden)]
macro_rules! __core_addr_of_mut {
    ($place:expr) => {
        &raw mut $place
    };
}

pub use crate::{__core_addr_of as addr_of, __core_addr_of_mut as addr_of_mut};
