//! Traits and types that say what a type is rather than what it does.
//!
//! The compiler decides most impls here (`Sized`, `Unsize`, `Tuple`, auto traits ...).

use crate::cell::UnsafeCell;
use crate::cmp;
use crate::fmt::Debug;
use crate::hash::{Hash, Hasher};

/// Types with a size known at compile time.
#[lang = "sized"]
pub trait Sized {}

/// Types that can be unsized to a dynamically sized `T`.
#[lang = "unsize"]
pub trait Unsize<T: ?Sized> {}

/// Types whose values are duplicated by copying bits.
#[lang = "copy"]
pub trait Copy: Clone {}

/// Types that may move to another thread.
#[lang = "send"]
pub unsafe auto trait Send {}

/// Types whose shared references may be used by several threads.
#[lang = "sync"]
pub unsafe auto trait Sync {}

/// Types that may be moved after being pinned.
#[lang = "unpin"]
pub auto trait Unpin {}

/// Types without interior mutability at their top level.
#[lang = "freeze"]
pub unsafe auto trait Freeze {}

/// Types that can be dropped: all of them.
#[lang = "destruct"]
pub trait Destruct {}

/// All tuples.
#[lang = "tuple_trait"]
pub trait Tuple {}

/// All function pointers.
#[lang = "fn_ptr_trait"]
pub trait FnPtr: Copy + Clone {
    /// The address.
    fn addr(self) -> *const () {
        unsafe { crate::intrinsics::transmute_unchecked(self) }
    }
}

/// Types whose constants can be patterns.
#[lang = "structural_peq"]
pub trait StructuralPartialEq {}

/// Gives each type the type of its discriminant.
#[lang = "discriminant_kind"]
pub trait DiscriminantKind {
    /// The integer type of the discriminant.
    #[lang = "discriminant_type"]
    type Discriminant: Clone + Copy + Debug + Eq + PartialEq + Hash + Send + Sync + Unpin;
}

impl<T: ?Sized> !Send for *const T {}
impl<T: ?Sized> !Send for *mut T {}
unsafe impl<T: Sync + ?Sized> Send for &T {}
impl<T: ?Sized> !Sync for *const T {}
impl<T: ?Sized> !Sync for *mut T {}

impl<T: ?Sized> !Freeze for UnsafeCell<T> {}
unsafe impl<T: ?Sized> Freeze for PhantomData<T> {}
unsafe impl<T: ?Sized> Freeze for *const T {}
unsafe impl<T: ?Sized> Freeze for *mut T {}
unsafe impl<T: ?Sized> Freeze for &T {}
unsafe impl<T: ?Sized> Freeze for &mut T {}

impl<T: ?Sized> Unpin for &T {}
impl<T: ?Sized> Unpin for &mut T {}
impl<T: ?Sized> Unpin for *const T {}
impl<T: ?Sized> Unpin for *mut T {}

macro_rules! impl_copy {
    ($($t:ty)*) => {$(
        impl Copy for $t {}
    )*};
}
impl_copy! { ! usize u8 u16 u32 u64 u128 isize i8 i16 i32 i64 i128 f32 f64 bool char }
impl<T: ?Sized> Copy for *const T {}
impl<T: ?Sized> Copy for *mut T {}
impl<T: ?Sized> Copy for &T {}

/// A zero-sized type that acts as if it owned a `T`.
#[lang = "phantom_data"]
pub struct PhantomData<T: ?Sized>;

impl<T: ?Sized> Clone for PhantomData<T> {
    fn clone(&self) -> Self {
        PhantomData
    }
}

impl<T: ?Sized> Copy for PhantomData<T> {}

impl<T: ?Sized> Default for PhantomData<T> {
    fn default() -> Self {
        PhantomData
    }
}

impl<T: ?Sized> PartialEq for PhantomData<T> {
    fn eq(&self, _other: &PhantomData<T>) -> bool {
        true
    }
}

impl<T: ?Sized> Eq for PhantomData<T> {}

impl<T: ?Sized> PartialOrd for PhantomData<T> {
    fn partial_cmp(&self, _other: &PhantomData<T>) -> Option<cmp::Ordering> {
        Some(cmp::Ordering::Equal)
    }
}

impl<T: ?Sized> Ord for PhantomData<T> {
    fn cmp(&self, _other: &PhantomData<T>) -> cmp::Ordering {
        cmp::Ordering::Equal
    }
}

impl<T: ?Sized> Hash for PhantomData<T> {
    fn hash<H: Hasher>(&self, _state: &mut H) {}
}

impl<T: ?Sized> StructuralPartialEq for PhantomData<T> {}

/// A type that is not `Unpin`.
#[derive(Debug, Default, Copy, Clone, Eq, PartialEq, Ord, PartialOrd, Hash)]
pub struct PhantomPinned;

impl !Unpin for PhantomPinned {}
