//! Methods of `*mut T`.

use crate::intrinsics;
use crate::ptr::{self, Pointee};
use crate::slice;

impl<T: ?Sized> *mut T {
    /// Whether the address is zero.
    #[inline]
    pub const fn is_null(self) -> bool {
        let thin = self as *const u8;
        thin == 0usize as *const u8
    }

    /// The pointer at another type.
    #[inline]
    pub const fn cast<U>(self) -> *mut U {
        self as *mut U
    }

    /// As a constant pointer.
    #[inline]
    pub const fn cast_const(self) -> *const T {
        self as *const T
    }

    /// The address, without exposing the provenance.
    #[inline]
    pub const fn addr(self) -> usize {
        unsafe { intrinsics::transmute(self as *const ()) }
    }

    /// The address; the provenance is exposed.
    #[inline]
    pub fn expose_provenance(self) -> usize {
        self as *const () as usize
    }

    /// The same provenance at another address.
    #[inline]
    pub const fn with_addr(self, addr: usize) -> Self {
        let distance = (addr as isize).wrapping_sub(self.addr() as isize);
        self.wrapping_byte_offset(distance)
    }

    /// The same provenance at a function of the address.
    #[inline]
    pub fn map_addr(self, f: impl FnOnce(usize) -> usize) -> Self {
        self.with_addr(f(self.addr()))
    }

    /// Address and metadata apart.
    #[unstable(feature = "ptr_metadata")]
    #[inline]
    pub const fn to_raw_parts(self) -> (*mut (), <T as Pointee>::Metadata) {
        (self as *mut (), ptr::metadata(self))
    }

    /// A reference, or `None` for null.
    #[inline]
    pub const unsafe fn as_ref<'a>(self) -> Option<&'a T> {
        if self.is_null() { None } else { unsafe { Some(&*self) } }
    }

    /// A reference; undefined behaviour for null.
    #[inline]
    pub const unsafe fn as_ref_unchecked<'a>(self) -> &'a T {
        unsafe { &*self }
    }

    /// Moves by bytes, in bounds.
    #[inline]
    pub const unsafe fn byte_offset(self, count: isize) -> Self {
        let data = unsafe { intrinsics::offset(self as *mut u8, count) };
        intrinsics::aggregate_raw_ptr::<Self, *mut u8, <T as Pointee>::Metadata>(data, ptr::metadata(self))
    }

    /// Moves forward by bytes, in bounds.
    #[inline]
    pub const unsafe fn byte_add(self, count: usize) -> Self {
        let data = unsafe { intrinsics::offset(self as *mut u8, count) };
        intrinsics::aggregate_raw_ptr::<Self, *mut u8, <T as Pointee>::Metadata>(data, ptr::metadata(self))
    }

    /// Moves back by bytes, in bounds.
    #[inline]
    pub const unsafe fn byte_sub(self, count: usize) -> Self {
        unsafe { self.byte_offset((count as isize).wrapping_neg()) }
    }

    /// Moves by bytes, anywhere.
    #[inline]
    pub const fn wrapping_byte_offset(self, count: isize) -> Self {
        let data = unsafe { intrinsics::arith_offset(self as *const u8, count) } as *mut u8;
        intrinsics::aggregate_raw_ptr::<Self, *mut u8, <T as Pointee>::Metadata>(data, ptr::metadata(self))
    }

    /// Moves forward by bytes, anywhere.
    #[inline]
    pub const fn wrapping_byte_add(self, count: usize) -> Self {
        self.wrapping_byte_offset(count as isize)
    }

    /// Moves back by bytes, anywhere.
    #[inline]
    pub const fn wrapping_byte_sub(self, count: usize) -> Self {
        self.wrapping_byte_offset((count as isize).wrapping_neg())
    }

    /// The distance to `origin` in bytes, within one allocation.
    #[inline]
    pub const unsafe fn byte_offset_from<U: ?Sized>(self, origin: *const U) -> isize {
        unsafe { intrinsics::ptr_offset_from(self as *const u8, origin as *const u8) }
    }

    /// The distance in bytes from `origin`, which is not behind.
    #[inline]
    pub const unsafe fn byte_offset_from_unsigned<U: ?Sized>(self, origin: *const U) -> usize {
        unsafe { intrinsics::ptr_offset_from_unsigned(self as *const u8, origin as *const u8) }
    }

    /// A mutable reference, or `None` for null.
    #[inline]
    pub const unsafe fn as_mut<'a>(self) -> Option<&'a mut T> {
        if self.is_null() { None } else { unsafe { Some(&mut *self) } }
    }

    /// A mutable reference; undefined behaviour for null.
    #[inline]
    pub const unsafe fn as_mut_unchecked<'a>(self) -> &'a mut T {
        unsafe { &mut *self }
    }

    /// Runs the destructor of the value.
    #[inline]
    pub unsafe fn drop_in_place(self) {
        unsafe { ptr::drop_in_place(self) }
    }
}

impl<T> *mut T {
    /// Moves by elements, in bounds.
    #[inline]
    #[track_caller]
    pub const unsafe fn offset(self, count: isize) -> Self {
        unsafe { intrinsics::offset(self, count) }
    }

    /// Moves forward by elements, in bounds.
    #[inline]
    #[track_caller]
    pub const unsafe fn add(self, count: usize) -> Self {
        unsafe { intrinsics::offset(self, count) }
    }

    /// Moves back by elements, in bounds.
    #[inline]
    #[track_caller]
    pub const unsafe fn sub(self, count: usize) -> Self {
        unsafe { intrinsics::offset(self, intrinsics::wrapping_sub(0, count as isize)) }
    }

    /// Moves by elements, anywhere.
    #[inline]
    pub const fn wrapping_offset(self, count: isize) -> Self {
        unsafe { intrinsics::arith_offset(self as *const T, count) as *mut T }
    }

    /// Moves forward by elements, anywhere.
    #[inline]
    pub const fn wrapping_add(self, count: usize) -> Self {
        unsafe { intrinsics::arith_offset(self as *const T, count as isize) as *mut T }
    }

    /// Moves back by elements, anywhere.
    #[inline]
    pub const fn wrapping_sub(self, count: usize) -> Self {
        unsafe { intrinsics::arith_offset(self as *const T, intrinsics::wrapping_sub(0, count as isize)) as *mut T }
    }

    /// The distance to `origin` in elements, within one allocation.
    #[inline]
    #[track_caller]
    pub const unsafe fn offset_from(self, origin: *const T) -> isize {
        unsafe { intrinsics::ptr_offset_from(self as *const T, origin) }
    }

    /// As `offset_from`, never negative.
    #[inline]
    #[track_caller]
    pub const unsafe fn offset_from_unsigned(self, origin: *const T) -> usize {
        unsafe { intrinsics::ptr_offset_from_unsigned(self as *const T, origin) }
    }

    /// Copies the value out.
    #[inline]
    #[track_caller]
    pub const unsafe fn read(self) -> T {
        unsafe { intrinsics::read_via_copy(self as *const T) }
    }

    /// A read that is never left out.
    #[inline]
    #[track_caller]
    pub unsafe fn read_volatile(self) -> T {
        unsafe { intrinsics::volatile_load(self as *const T) }
    }

    /// Copies the value out at any alignment.
    #[inline]
    #[track_caller]
    pub const unsafe fn read_unaligned(self) -> T {
        unsafe { ptr::read_unaligned(self as *const T) }
    }

    /// Copies `count` values to `dest`, which may overlap.
    #[inline]
    #[track_caller]
    pub const unsafe fn copy_to(self, dest: *mut T, count: usize) {
        unsafe { intrinsics::copy(self as *const T, dest, count) }
    }

    /// Copies `count` values to `dest`, which must not overlap.
    #[inline]
    #[track_caller]
    pub const unsafe fn copy_to_nonoverlapping(self, dest: *mut T, count: usize) {
        unsafe { intrinsics::copy_nonoverlapping(self as *const T, dest, count) }
    }

    /// How many elements to skip to reach an alignment.
    #[track_caller]
    pub fn align_offset(self, align: usize) -> usize {
        if !align.is_power_of_two() {
            panic!("align_offset: align is not a power-of-two");
        }
        ptr::align_offset(self as *const T, align)
    }

    /// Whether the address is aligned for `T`.
    #[inline]
    pub fn is_aligned(self) -> bool {
        self.addr() & (intrinsics::align_of::<T>() - 1) == 0
    }

    /// Whether the address is a multiple of `align`.
    #[unstable(feature = "pointer_is_aligned_to")]
    pub fn is_aligned_to(self, align: usize) -> bool {
        self.addr() & (align - 1) == 0
    }

    /// Copies `count` values from `src`, which may overlap.
    #[inline]
    #[track_caller]
    pub const unsafe fn copy_from(self, src: *const T, count: usize) {
        unsafe { intrinsics::copy(src, self, count) }
    }

    /// Copies `count` values from `src`, which must not overlap.
    #[inline]
    #[track_caller]
    pub const unsafe fn copy_from_nonoverlapping(self, src: *const T, count: usize) {
        unsafe { intrinsics::copy_nonoverlapping(src, self, count) }
    }

    /// Puts a value in without dropping what was there.
    #[inline]
    #[track_caller]
    pub const unsafe fn write(self, val: T) {
        unsafe { intrinsics::write_via_move(self, val) }
    }

    /// Fills the bytes of `count` values.
    #[inline]
    #[track_caller]
    pub const unsafe fn write_bytes(self, val: u8, count: usize) {
        unsafe { intrinsics::write_bytes(self, val, count) }
    }

    /// A write that is never left out.
    #[inline]
    #[track_caller]
    pub unsafe fn write_volatile(self, val: T) {
        unsafe { intrinsics::volatile_store(self, val) }
    }

    /// Puts a value in at any alignment.
    #[inline]
    #[track_caller]
    pub const unsafe fn write_unaligned(self, val: T) {
        unsafe { ptr::write_unaligned(self, val) }
    }

    /// Puts a value in and returns what was there.
    #[inline]
    #[track_caller]
    pub const unsafe fn replace(self, src: T) -> T {
        unsafe { ptr::replace(self, src) }
    }

    /// Exchanges two values.
    #[inline]
    #[track_caller]
    pub const unsafe fn swap(self, with: *mut T) {
        unsafe { ptr::swap(self, with) }
    }
}

impl<T> *mut [T] {
    /// The length of the raw slice.
    #[inline]
    pub const fn len(self) -> usize {
        ptr::metadata(self)
    }

    /// Whether the length is zero.
    #[inline]
    pub const fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// A pointer to the first element.
    #[unstable(feature = "array_ptr_get")]
    #[inline]
    pub const fn as_mut_ptr(self) -> *mut T {
        self as *mut T
    }

    /// A pointer to an element, in bounds.
    #[unstable(feature = "slice_ptr_get")]
    #[inline]
    pub unsafe fn get_unchecked_mut<I: slice::SliceIndex<[T]>>(self, index: I) -> *mut I::Output {
        unsafe { index.get_unchecked_mut(self) }
    }
}

impl<T> *mut [T] {
    /// Both parts at an index, without a check.
    #[unstable(feature = "raw_slice_split")]
    pub unsafe fn split_at_mut(self, mid: usize) -> (*mut [T], *mut [T]) {
        assert!(mid <= self.len());
        let rest = self.len() - mid;
        let data = self as *mut T;
        unsafe { (ptr::slice_from_raw_parts_mut(data, mid), ptr::slice_from_raw_parts_mut(data.add(mid), rest)) }
    }
}
