//! `Pin`: a pointer whose target does not move any more.

use crate::cmp::Ordering;
use crate::fmt;
use crate::hash::{Hash, Hasher};
use crate::ops::{CoerceUnsized, Deref, DerefMut, DispatchFromDyn};

/// A pointer whose target stays where it is until it is dropped.
#[lang = "pin"]
#[repr(transparent)]
#[derive(Copy, Clone)]
pub struct Pin<Ptr> {
    #[doc(hidden)]
    pub pointer: Ptr,
}

impl<Ptr: Deref> Pin<Ptr> {
    /// Pins what may be moved anyway.
    #[inline]
    pub fn new(pointer: Ptr) -> Pin<Ptr>
    where
        Ptr::Target: Unpin,
    {
        Pin { pointer }
    }

    /// The pointer to what may be moved anyway.
    #[inline]
    pub fn into_inner(pin: Pin<Ptr>) -> Ptr
    where
        Ptr::Target: Unpin,
    {
        pin.pointer
    }

    /// Pins; the caller promises that the target will not move.
    #[lang = "new_unchecked"]
    #[inline]
    pub const unsafe fn new_unchecked(pointer: Ptr) -> Pin<Ptr> {
        Pin { pointer }
    }

    /// A pinned shared reference.
    #[inline]
    pub fn as_ref(&self) -> Pin<&Ptr::Target> {
        Pin { pointer: &*self.pointer }
    }

    /// The pointer; the target must still not move.
    #[inline]
    pub unsafe fn into_inner_unchecked(pin: Pin<Ptr>) -> Ptr {
        pin.pointer
    }
}

impl<Ptr: DerefMut> Pin<Ptr> {
    /// A pinned mutable reference.
    #[inline]
    pub fn as_mut(&mut self) -> Pin<&mut Ptr::Target> {
        Pin { pointer: &mut *self.pointer }
    }

    /// Puts a value in, dropping the old one.
    #[inline]
    pub fn set(&mut self, value: Ptr::Target)
    where
        Ptr::Target: Sized,
    {
        *self.pointer = value;
    }
}

impl<'a, T: ?Sized> Pin<&'a T> {
    /// The pin of a part; the part must not move either.
    pub unsafe fn map_unchecked<U: ?Sized, F: FnOnce(&T) -> &U>(self, func: F) -> Pin<&'a U> {
        Pin { pointer: func(self.pointer) }
    }

    /// The reference.
    #[inline]
    pub const fn get_ref(self) -> &'a T {
        self.pointer
    }
}

impl<'a, T: ?Sized> Pin<&'a mut T> {
    /// As a pinned shared reference.
    #[inline]
    pub const fn into_ref(self) -> Pin<&'a T> {
        Pin { pointer: self.pointer }
    }

    /// The mutable reference to what may be moved anyway.
    #[inline]
    pub fn get_mut(self) -> &'a mut T
    where
        T: Unpin,
    {
        self.pointer
    }

    /// The mutable reference; the target must not be moved.
    #[inline]
    pub const unsafe fn get_unchecked_mut(self) -> &'a mut T {
        self.pointer
    }

    /// The pin of a part; the part must not move either.
    pub unsafe fn map_unchecked_mut<U: ?Sized, F: FnOnce(&mut T) -> &mut U>(self, func: F) -> Pin<&'a mut U> {
        Pin { pointer: func(self.pointer) }
    }
}

impl<'a, Ptr: DerefMut> Pin<&'a mut Pin<Ptr>> {
    /// The pinned mutable reference inside.
    pub fn as_deref_mut(self) -> Pin<&'a mut Ptr::Target> {
        unsafe { self.get_unchecked_mut() }.as_mut()
    }
}

impl<T: ?Sized> Pin<&'static mut T> {
    /// Pins what lives for ever.
    pub const fn static_mut(r: &'static mut T) -> Pin<&'static mut T> {
        Pin { pointer: r }
    }
}

impl<T: ?Sized> Pin<&'static T> {
    /// Pins what lives for ever.
    pub const fn static_ref(r: &'static T) -> Pin<&'static T> {
        Pin { pointer: r }
    }
}

impl<Ptr: Deref> Deref for Pin<Ptr> {
    type Target = Ptr::Target;

    #[inline]
    fn deref(&self) -> &Ptr::Target {
        &*self.pointer
    }
}

impl<Ptr: DerefMut> DerefMut for Pin<Ptr>
where
    Ptr::Target: Unpin,
{
    #[inline]
    fn deref_mut(&mut self) -> &mut Ptr::Target {
        &mut *self.pointer
    }
}

impl<Ptr: Deref<Target: PartialEq<Q::Target>>, Q: Deref> PartialEq<Pin<Q>> for Pin<Ptr> {
    fn eq(&self, other: &Pin<Q>) -> bool {
        *self.pointer == *other.pointer
    }
}

impl<Ptr: Deref<Target: Eq>> Eq for Pin<Ptr> {}

impl<Ptr: Deref<Target: PartialOrd<Q::Target>>, Q: Deref> PartialOrd<Pin<Q>> for Pin<Ptr> {
    fn partial_cmp(&self, other: &Pin<Q>) -> Option<Ordering> {
        (*self.pointer).partial_cmp(&*other.pointer)
    }
}

impl<Ptr: Deref<Target: Ord>> Ord for Pin<Ptr> {
    fn cmp(&self, other: &Self) -> Ordering {
        (*self.pointer).cmp(&*other.pointer)
    }
}

impl<Ptr: Deref<Target: Hash>> Hash for Pin<Ptr> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (*self.pointer).hash(state)
    }
}

impl<Ptr: fmt::Debug> fmt::Debug for Pin<Ptr> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.pointer, f)
    }
}

impl<Ptr: fmt::Display> fmt::Display for Pin<Ptr> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.pointer, f)
    }
}

impl<Ptr: fmt::Pointer> fmt::Pointer for Pin<Ptr> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Pointer::fmt(&self.pointer, f)
    }
}

impl<Ptr: CoerceUnsized<U>, U> CoerceUnsized<Pin<U>> for Pin<Ptr> {}
impl<Ptr: DispatchFromDyn<U>, U> DispatchFromDyn<Pin<U>> for Pin<Ptr> {}

/// Pins a local value.
#[macro_export]
#[doc(hidden)]
macro_rules! __core_pin {
    ($value:expr $(,)?) => {
        $crate::pin::Pin::<&mut _> { pointer: &mut { $value } }
    };
}

pub use crate::__core_pin as pin;
