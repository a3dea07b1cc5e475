//! `NonNull`: a raw pointer that is never null.

use crate::cmp::Ordering;
use crate::hash::{Hash, Hasher};
use crate::marker::Unsize;
use crate::num::NonZero;
use crate::ops::{CoerceUnsized, DispatchFromDyn};
use crate::slice::{self, SliceIndex};
use crate::{fmt, intrinsics, ptr};

/// A raw pointer that is not null; null is the niche.
#[repr(transparent)]
#[rustc_layout_scalar_valid_range_start(1)]
#[rustc_nonnull_optimization_guaranteed]
pub struct NonNull<T: ?Sized> {
    pub(crate) pointer: *const T,
}

impl<T: ?Sized> !Send for NonNull<T> {}
impl<T: ?Sized> !Sync for NonNull<T> {}

impl<T> NonNull<T> {
    /// A pointer to `addr` with a provenance that was exposed.
    #[inline]
    pub fn with_exposed_provenance(addr: NonZero<usize>) -> NonNull<T> {
        unsafe { NonNull::new_unchecked(ptr::with_exposed_provenance_mut(addr.get())) }
    }

    /// A well-aligned pointer to nothing.
    #[inline]
    pub const fn dangling() -> Self {
        unsafe { NonNull { pointer: ptr::dangling::<T>() } }
    }

    /// An address without provenance.
    pub const fn without_provenance(addr: NonZero<usize>) -> Self {
        unsafe { NonNull { pointer: ptr::without_provenance(addr.get()) } }
    }

    /// A reference to room that may be uninitialised.
    #[unstable(feature = "ptr_as_uninit")]
    pub const unsafe fn as_uninit_ref<'a>(self) -> &'a crate::mem::MaybeUninit<T> {
        unsafe { &*(self.pointer as *const crate::mem::MaybeUninit<T>) }
    }

    /// Moves by elements, in bounds.
    #[inline]
    pub const unsafe fn offset(self, count: isize) -> Self {
        unsafe { NonNull { pointer: intrinsics::offset(self.pointer, count) } }
    }

    /// Moves forward by elements, in bounds.
    #[inline]
    pub const unsafe fn add(self, count: usize) -> Self {
        unsafe { NonNull { pointer: intrinsics::offset(self.pointer, count) } }
    }

    /// Moves back by elements, in bounds.
    #[inline]
    pub const unsafe fn sub(self, count: usize) -> Self {
        unsafe { NonNull { pointer: self.pointer.sub(count) } }
    }

    /// The distance in elements, within one allocation.
    #[inline]
    pub const unsafe fn offset_from(self, origin: NonNull<T>) -> isize {
        unsafe { intrinsics::ptr_offset_from(self.pointer, origin.pointer) }
    }

    /// As `offset_from`, never negative.
    #[inline]
    pub const unsafe fn offset_from_unsigned(self, origin: NonNull<T>) -> usize {
        unsafe { intrinsics::ptr_offset_from_unsigned(self.pointer, origin.pointer) }
    }

    /// Copies the value out.
    #[inline]
    pub const unsafe fn read(self) -> T {
        unsafe { intrinsics::read_via_copy(self.pointer) }
    }

    /// A read that is never left out.
    pub unsafe fn read_volatile(self) -> T {
        unsafe { intrinsics::volatile_load(self.pointer) }
    }

    /// Copies the value out at any alignment.
    pub const unsafe fn read_unaligned(self) -> T {
        unsafe { ptr::read_unaligned(self.pointer) }
    }

    /// Puts a value in without dropping what was there.
    #[inline]
    pub const unsafe fn write(self, val: T) {
        unsafe { intrinsics::write_via_move(self.pointer as *mut T, val) }
    }

    /// A write that is never left out.
    pub unsafe fn write_volatile(self, val: T) {
        unsafe { intrinsics::volatile_store(self.pointer as *mut T, val) }
    }

    /// Puts a value in at any alignment.
    pub const unsafe fn write_unaligned(self, val: T) {
        unsafe { ptr::write_unaligned(self.pointer as *mut T, val) }
    }

    /// Fills the bytes of `count` values.
    pub const unsafe fn write_bytes(self, val: u8, count: usize) {
        unsafe { intrinsics::write_bytes(self.pointer as *mut T, val, count) }
    }

    /// Puts a value in and returns what was there.
    pub const unsafe fn replace(self, src: T) -> T {
        unsafe { ptr::replace(self.pointer as *mut T, src) }
    }

    /// Exchanges two values.
    pub const unsafe fn swap(self, with: NonNull<T>) {
        unsafe { ptr::swap(self.pointer as *mut T, with.pointer as *mut T) }
    }

    /// Copies `count` values to `dest`, which may overlap.
    pub const unsafe fn copy_to(self, dest: NonNull<T>, count: usize) {
        unsafe { intrinsics::copy(self.pointer, dest.pointer as *mut T, count) }
    }

    /// Copies `count` values to `dest`, which must not overlap.
    pub const unsafe fn copy_to_nonoverlapping(self, dest: NonNull<T>, count: usize) {
        unsafe { intrinsics::copy_nonoverlapping(self.pointer, dest.pointer as *mut T, count) }
    }

    /// Copies `count` values from `src`, which may overlap.
    pub const unsafe fn copy_from(self, src: NonNull<T>, count: usize) {
        unsafe { intrinsics::copy(src.pointer, self.pointer as *mut T, count) }
    }

    /// Copies `count` values from `src`, which must not overlap.
    pub const unsafe fn copy_from_nonoverlapping(self, src: NonNull<T>, count: usize) {
        unsafe { intrinsics::copy_nonoverlapping(src.pointer, self.pointer as *mut T, count) }
    }

    /// How many elements to skip to reach an alignment.
    pub fn align_offset(self, align: usize) -> usize {
        self.pointer.align_offset(align)
    }

    /// Whether the address is aligned for `T`.
    pub fn is_aligned(self) -> bool {
        self.pointer.is_aligned()
    }
}

impl<T: ?Sized> NonNull<T> {
    /// Takes a pointer that must not be null.
    #[inline]
    #[track_caller]
    pub const unsafe fn new_unchecked(ptr: *mut T) -> Self {
        unsafe { NonNull { pointer: ptr as *const T } }
    }

    /// Takes a pointer unless it is null.
    #[inline]
    pub const fn new(ptr: *mut T) -> Option<Self> {
        if ptr.is_null() { None } else { unsafe { Some(NonNull { pointer: ptr as *const T }) } }
    }

    /// Of a reference.
    #[inline]
    pub const fn from_ref(r: &T) -> Self {
        unsafe { NonNull { pointer: r as *const T } }
    }

    /// Of a mutable reference.
    #[inline]
    pub const fn from_mut(r: &mut T) -> Self {
        unsafe { NonNull { pointer: r as *mut T as *const T } }
    }

    /// Of an address and metadata.
    #[unstable(feature = "ptr_metadata")]
    pub const fn from_raw_parts(data: NonNull<()>, metadata: <T as ptr::Pointee>::Metadata) -> NonNull<T> {
        unsafe { NonNull { pointer: ptr::from_raw_parts(data.pointer, metadata) } }
    }

    /// Address and metadata apart.
    #[unstable(feature = "ptr_metadata")]
    pub const fn to_raw_parts(self) -> (NonNull<()>, <T as ptr::Pointee>::Metadata) {
        (self.cast(), ptr::metadata(self.pointer))
    }

    /// The address.
    #[inline]
    pub const fn addr(self) -> NonZero<usize> {
        unsafe { NonZero::new_unchecked(self.pointer.addr()) }
    }

    /// The address; the provenance is exposed.
    pub fn expose_provenance(self) -> NonZero<usize> {
        unsafe { NonZero::new_unchecked(self.pointer.expose_provenance()) }
    }

    /// The same provenance at another address.
    pub const fn with_addr(self, addr: NonZero<usize>) -> Self {
        unsafe { NonNull { pointer: self.pointer.with_addr(addr.get()) } }
    }

    /// The same provenance at a function of the address.
    pub fn map_addr(self, f: impl FnOnce(NonZero<usize>) -> NonZero<usize>) -> Self {
        self.with_addr(f(self.addr()))
    }

    /// As a raw pointer.
    #[inline]
    pub const fn as_ptr(self) -> *mut T {
        self.pointer as *mut T
    }

    /// A reference to the value.
    #[inline]
    pub const unsafe fn as_ref<'a>(&self) -> &'a T {
        unsafe { &*self.pointer }
    }

    /// A mutable reference to the value.
    #[inline]
    pub const unsafe fn as_mut<'a>(&mut self) -> &'a mut T {
        unsafe { &mut *(self.pointer as *mut T) }
    }

    /// The pointer at another type.
    #[inline]
    pub const fn cast<U>(self) -> NonNull<U> {
        unsafe { NonNull { pointer: self.pointer as *const U } }
    }

    /// Moves forward by bytes, in bounds.
    pub const unsafe fn byte_add(self, count: usize) -> Self {
        unsafe { NonNull { pointer: self.pointer.byte_add(count) } }
    }

    /// Moves back by bytes, in bounds.
    pub const unsafe fn byte_sub(self, count: usize) -> Self {
        unsafe { NonNull { pointer: self.pointer.byte_sub(count) } }
    }

    /// Moves by bytes, in bounds.
    pub const unsafe fn byte_offset(self, count: isize) -> Self {
        unsafe { NonNull { pointer: self.pointer.byte_offset(count) } }
    }

    /// The distance in bytes, within one allocation.
    pub const unsafe fn byte_offset_from<U: ?Sized>(self, origin: NonNull<U>) -> isize {
        unsafe { self.pointer.byte_offset_from(origin.pointer) }
    }

    /// The distance in bytes from `origin`, which is not behind.
    #[inline]
    pub const unsafe fn byte_offset_from_unsigned<U: ?Sized>(self, origin: NonNull<U>) -> usize {
        unsafe { self.pointer.byte_offset_from_unsigned(origin.pointer) }
    }

    /// Runs the destructor of the value.
    #[inline]
    pub unsafe fn drop_in_place(self) {
        unsafe { ptr::drop_in_place(self.pointer as *mut T) }
    }
}

impl<T> NonNull<[T]> {
    /// A slice of a pointer and a length.
    #[inline]
    pub const fn slice_from_raw_parts(data: NonNull<T>, len: usize) -> Self {
        unsafe { NonNull { pointer: ptr::slice_from_raw_parts(data.pointer, len) } }
    }

    /// The length.
    #[inline]
    pub const fn len(self) -> usize {
        ptr::metadata(self.pointer)
    }

    /// Whether the length is zero.
    pub const fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// A pointer to the first element.
    #[unstable(feature = "slice_ptr_get")]
    #[inline]
    pub const fn as_non_null_ptr(self) -> NonNull<T> {
        self.cast()
    }

    /// A raw pointer to the first element.
    #[unstable(feature = "slice_ptr_get")]
    #[inline]
    pub const fn as_mut_ptr(self) -> *mut T {
        self.pointer as *mut T
    }

    /// As a slice of rooms that may be uninitialised.
    #[unstable(feature = "ptr_as_uninit")]
    pub const unsafe fn as_uninit_slice<'a>(self) -> &'a [crate::mem::MaybeUninit<T>] {
        unsafe { slice::from_raw_parts(self.pointer as *const crate::mem::MaybeUninit<T>, self.len()) }
    }

    /// A pointer to an element, in bounds.
    #[unstable(feature = "slice_ptr_get")]
    pub unsafe fn get_unchecked_mut<I: SliceIndex<[T]>>(self, index: I) -> NonNull<I::Output> {
        unsafe { NonNull::new_unchecked(self.as_ptr().get_unchecked_mut(index)) }
    }
}

impl<T: ?Sized> Clone for NonNull<T> {
    #[inline]
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: ?Sized> Copy for NonNull<T> {}

impl<T: ?Sized + Unsize<U>, U: ?Sized> CoerceUnsized<NonNull<U>> for NonNull<T> {}
impl<T: ?Sized + Unsize<U>, U: ?Sized> DispatchFromDyn<NonNull<U>> for NonNull<T> {}

impl<T: ?Sized> fmt::Debug for NonNull<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Pointer::fmt(&self.as_ptr(), f)
    }
}

impl<T: ?Sized> fmt::Pointer for NonNull<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Pointer::fmt(&self.as_ptr(), f)
    }
}

impl<T: ?Sized> Eq for NonNull<T> {}

impl<T: ?Sized> PartialEq for NonNull<T> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        self.pointer == other.pointer
    }
}

impl<T: ?Sized> Ord for NonNull<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.pointer.cmp(&other.pointer)
    }
}

impl<T: ?Sized> PartialOrd for NonNull<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.pointer.cmp(&other.pointer))
    }
}

impl<T: ?Sized> Hash for NonNull<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.pointer.hash(state)
    }
}

impl<T: ?Sized> From<&mut T> for NonNull<T> {
    #[inline]
    fn from(r: &mut T) -> Self {
        NonNull::from_mut(r)
    }
}

impl<T: ?Sized> From<&T> for NonNull<T> {
    #[inline]
    fn from(r: &T) -> Self {
        NonNull::from_ref(r)
    }
}
