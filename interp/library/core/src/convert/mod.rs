//! Conversions between types.
//!
//! Conversions of numbers are in `convert/num.rs`.

use crate::cmp::Ordering;
use crate::error::Error;
use crate::fmt;
use crate::hash::{Hash, Hasher};

mod num;

/// Returns its argument.
#[inline]
pub const fn identity<T>(x: T) -> T {
    x
}

/// Cheap reference-to-reference conversion.
pub trait AsRef<T: ?Sized> {
    /// The value as `&T`.
    fn as_ref(&self) -> &T;
}

/// Cheap mutable reference-to-reference conversion.
pub trait AsMut<T: ?Sized> {
    /// The value as `&mut T`.
    fn as_mut(&mut self) -> &mut T;
}

/// Conversion by value; implement `From` instead.
pub trait Into<T>: Sized {
    /// The value as a `T`.
    #[must_use]
    fn into(self) -> T;
}

/// Conversion by value from another type.
pub trait From<T>: Sized {
    /// The value made from `value`.
    #[must_use]
    fn from(value: T) -> Self;
}

/// Conversion that may fail; implement `TryFrom` instead.
pub trait TryInto<T>: Sized {
    /// The error.
    type Error;

    /// The value as a `T`.
    fn try_into(self) -> Result<T, Self::Error>;
}

/// Conversion from another type that may fail.
pub trait TryFrom<T>: Sized {
    /// The error.
    type Error;

    /// The value made from `value`.
    fn try_from(value: T) -> Result<Self, Self::Error>;
}

impl<T: ?Sized + AsRef<U>, U: ?Sized> AsRef<U> for &T {
    fn as_ref(&self) -> &U {
        <T as AsRef<U>>::as_ref(*self)
    }
}

impl<T: ?Sized + AsRef<U>, U: ?Sized> AsRef<U> for &mut T {
    fn as_ref(&self) -> &U {
        <T as AsRef<U>>::as_ref(*self)
    }
}

impl<T: ?Sized + AsMut<U>, U: ?Sized> AsMut<U> for &mut T {
    fn as_mut(&mut self) -> &mut U {
        (*self).as_mut()
    }
}

impl<T, U: From<T>> Into<U> for T {
    #[inline]
    #[track_caller]
    fn into(self) -> U {
        U::from(self)
    }
}

impl<T> From<T> for T {
    #[inline]
    fn from(t: T) -> T {
        t
    }
}

impl<T, U: TryFrom<T>> TryInto<U> for T {
    type Error = U::Error;

    #[inline]
    fn try_into(self) -> Result<U, U::Error> {
        U::try_from(self)
    }
}

impl<T, U: Into<T>> TryFrom<U> for T {
    type Error = Infallible;

    #[inline]
    fn try_from(value: U) -> Result<Self, Self::Error> {
        Ok(U::into(value))
    }
}

impl<T> AsRef<[T]> for [T] {
    fn as_ref(&self) -> &[T] {
        self
    }
}

impl<T> AsMut<[T]> for [T] {
    fn as_mut(&mut self) -> &mut [T] {
        self
    }
}

impl AsRef<str> for str {
    fn as_ref(&self) -> &str {
        self
    }
}

impl AsMut<str> for str {
    fn as_mut(&mut self) -> &mut str {
        self
    }
}

/// The error of what cannot fail.
#[derive(Copy)]
pub enum Infallible {}

impl Clone for Infallible {
    fn clone(&self) -> Infallible {
        match *self {}
    }
}

impl fmt::Debug for Infallible {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {}
    }
}

impl fmt::Display for Infallible {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {}
    }
}

impl Error for Infallible {}

impl PartialEq for Infallible {
    fn eq(&self, _: &Infallible) -> bool {
        match *self {}
    }
}

impl Eq for Infallible {}

impl PartialOrd for Infallible {
    fn partial_cmp(&self, _other: &Self) -> Option<Ordering> {
        match *self {}
    }
}

impl Ord for Infallible {
    fn cmp(&self, _other: &Self) -> Ordering {
        match *self {}
    }
}

impl Hash for Infallible {
    fn hash<H: Hasher>(&self, _: &mut H) {
        match *self {}
    }
}
