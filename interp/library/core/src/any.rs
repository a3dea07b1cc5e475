//! `Any` and `TypeId`: types at run time.

use crate::{fmt, hash, intrinsics};

/// A type that can be asked for its `TypeId`.
pub trait Any: 'static {
    /// The type's id.
    fn type_id(&self) -> TypeId;
}

impl<T: 'static + ?Sized> Any for T {
    fn type_id(&self) -> TypeId {
        TypeId::of::<T>()
    }
}

macro_rules! impl_any {
    ($($t:ty)*) => {$(
        impl fmt::Debug for $t {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct("Any").finish_non_exhaustive()
            }
        }

        impl $t {
            /// Whether the value is a `T`.
            #[inline]
            pub fn is<T: Any>(&self) -> bool {
                TypeId::of::<T>() == self.type_id()
            }

            /// The value as a `T`, if it is one.
            #[inline]
            pub fn downcast_ref<T: Any>(&self) -> Option<&T> {
                if self.is::<T>() { unsafe { Some(&*(self as *const Self as *const T)) } } else { None }
            }

            /// The value as a mutable `T`, if it is one.
            #[inline]
            pub fn downcast_mut<T: Any>(&mut self) -> Option<&mut T> {
                if self.is::<T>() { unsafe { Some(&mut *(self as *mut Self as *mut T)) } } else { None }
            }

            /// The value as a `T`, which it must be.
            pub unsafe fn downcast_ref_unchecked<T: Any>(&self) -> &T {
                unsafe { &*(self as *const Self as *const T) }
            }
        }
    )*};
}
impl_any! { dyn Any dyn Any + Send dyn Any + Send + Sync }

/// What tells one type from another.
#[derive(Copy, Clone, Eq, PartialEq, PartialOrd, Ord)]
pub struct TypeId {
    t: u128,
}

impl TypeId {
    /// The id of `T`.
    #[inline]
    pub const fn of<T: ?Sized + 'static>() -> TypeId {
        TypeId { t: intrinsics::type_id::<T>() }
    }
}

impl hash::Hash for TypeId {
    fn hash<H: hash::Hasher>(&self, state: &mut H) {
        state.write_u64(self.t as u64);
    }
}

impl fmt::Debug for TypeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TypeId({:#034x})", self.t)
    }
}

/// The name of a type.
pub const fn type_name<T: ?Sized>() -> &'static str {
    intrinsics::type_name::<T>()
}

/// The name of a value's type.
pub const fn type_name_of_val<T: ?Sized>(_val: &T) -> &'static str {
    intrinsics::type_name::<T>()
}
