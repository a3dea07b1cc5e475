//! What a pointer carries beside its address.

use crate::cmp::Ordering;
use crate::fmt;
use crate::hash::{Hash, Hasher};
use crate::intrinsics;
use crate::marker::PhantomData;

/// Gives each type the metadata of pointers to it; implemented by the compiler.
#[lang = "pointee_trait"]
pub trait Pointee {
    /// `()`, `usize` or `DynMetadata`.
    #[lang = "metadata_type"]
    type Metadata: fmt::Debug + Copy + Send + Sync + Ord + Hash + Unpin;
}

/// The metadata of a pointer.
#[inline]
pub const fn metadata<T: ?Sized>(ptr: *const T) -> <T as Pointee>::Metadata {
    intrinsics::ptr_metadata::<T, <T as Pointee>::Metadata>(ptr)
}

/// A pointer of an address and metadata.
#[inline]
pub const fn from_raw_parts<T: ?Sized>(data: *const (), metadata: <T as Pointee>::Metadata) -> *const T {
    intrinsics::aggregate_raw_ptr::<*const T, *const (), <T as Pointee>::Metadata>(data, metadata)
}

/// A mutable pointer of an address and metadata.
#[inline]
pub const fn from_raw_parts_mut<T: ?Sized>(data: *mut (), metadata: <T as Pointee>::Metadata) -> *mut T {
    intrinsics::aggregate_raw_ptr::<*mut T, *mut (), <T as Pointee>::Metadata>(data, metadata)
}

/// The metadata of a pointer to `dyn Trait`.
#[lang = "dyn_metadata"]
pub struct DynMetadata<Dyn: ?Sized> {
    vtable: super::NonNull<()>,
    phantom: PhantomData<Dyn>,
}

impl<Dyn: ?Sized> DynMetadata<Dyn> {
    /// Size of the value.
    pub fn size_of(self) -> usize {
        unsafe { intrinsics::vtable_size(self.vtable.as_ptr()) }
    }

    /// Alignment of the value.
    pub fn align_of(self) -> usize {
        unsafe { intrinsics::vtable_align(self.vtable.as_ptr()) }
    }
}

unsafe impl<Dyn: ?Sized> Send for DynMetadata<Dyn> {}
unsafe impl<Dyn: ?Sized> Sync for DynMetadata<Dyn> {}
impl<Dyn: ?Sized> Unpin for DynMetadata<Dyn> {}
impl<Dyn: ?Sized> Copy for DynMetadata<Dyn> {}

impl<Dyn: ?Sized> Clone for DynMetadata<Dyn> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<Dyn: ?Sized> fmt::Debug for DynMetadata<Dyn> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("DynMetadata").field(&self.vtable).finish()
    }
}

impl<Dyn: ?Sized> Eq for DynMetadata<Dyn> {}

impl<Dyn: ?Sized> PartialEq for DynMetadata<Dyn> {
    fn eq(&self, other: &Self) -> bool {
        self.vtable == other.vtable
    }
}

impl<Dyn: ?Sized> Ord for DynMetadata<Dyn> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.vtable.cmp(&other.vtable)
    }
}

impl<Dyn: ?Sized> PartialOrd for DynMetadata<Dyn> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<Dyn: ?Sized> Hash for DynMetadata<Dyn> {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        self.vtable.hash(hasher)
    }
}
