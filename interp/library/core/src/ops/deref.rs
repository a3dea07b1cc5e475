//! Dereferencing, also by autoderef in method calls and coercions.

/// `*v` on a shared reference to the receiver.
#[lang = "deref"]
pub trait Deref {
    /// What the value stands for.
    #[lang = "deref_target"]
    type Target: ?Sized;

    /// A reference to it.
    #[must_use]
    fn deref(&self) -> &Self::Target;
}

/// `*v = ..` and `&mut *v`.
#[lang = "deref_mut"]
pub trait DerefMut: Deref {
    /// A mutable reference to it.
    fn deref_mut(&mut self) -> &mut Self::Target;
}

impl<T: ?Sized> Deref for &T {
    type Target = T;

    fn deref(&self) -> &T {
        *self
    }
}

impl<T: ?Sized> !DerefMut for &T {}

impl<T: ?Sized> Deref for &mut T {
    type Target = T;

    fn deref(&self) -> &T {
        *self
    }
}

impl<T: ?Sized> DerefMut for &mut T {
    fn deref_mut(&mut self) -> &mut T {
        *self
    }
}
