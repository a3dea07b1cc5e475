//! `Error`: what errors have in common.
//!
//! Impls for the boxes of `alloc` are there.

use crate::any::TypeId;
use crate::fmt::{self, Debug, Display};

/// A value that says what went wrong.
pub trait Error: Debug + Display {
    /// The error that caused this one.
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        None
    }

    #[doc(hidden)]
    fn type_id(&self, _: private::Internal) -> TypeId
    where
        Self: 'static,
    {
        TypeId::of::<Self>()
    }

    /// A short text; use `Display`.
    fn description(&self) -> &str {
        "description() is deprecated; use Display"
    }

    /// The former name of `source`.
    fn cause(&self) -> Option<&dyn Error> {
        self.source()
    }
}

mod private {
    /// Keeps others from defining `Error::type_id`.
    #[derive(Debug)]
    pub struct Internal;
}

macro_rules! downcasts {
    ($($t:ty)*) => {$(
        impl $t {
            /// Whether the error is a `T`.
            pub fn is<T: Error + 'static>(&self) -> bool {
                TypeId::of::<T>() == self.type_id(private::Internal)
            }

            /// The error as a `T`, if it is one.
            pub fn downcast_ref<T: Error + 'static>(&self) -> Option<&T> {
                if self.is::<T>() { unsafe { Some(&*(self as *const Self as *const T)) } } else { None }
            }

            /// The error as a mutable `T`, if it is one.
            pub fn downcast_mut<T: Error + 'static>(&mut self) -> Option<&mut T> {
                if self.is::<T>() { unsafe { Some(&mut *(self as *mut Self as *mut T)) } } else { None }
            }
        }
    )*};
}
downcasts! { dyn Error dyn Error + Send dyn Error + Send + Sync }

impl dyn Error {
    /// This error, its cause, the cause of that, and so on.
    #[unstable(feature = "error_iter")]
    pub fn sources(&self) -> Source<'_> {
        Source { current: Some(self) }
    }
}

/// An error and its causes.
#[derive(Clone, Debug)]
pub struct Source<'a> {
    current: Option<&'a (dyn Error + 'static)>,
}

impl<'a> Iterator for Source<'a> {
    type Item = &'a (dyn Error + 'static);

    fn next(&mut self) -> Option<Self::Item> {
        let current = self.current;
        self.current = current.and_then(Error::source);
        current
    }
}

impl<'a, T: Error + ?Sized> Error for &'a T {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Error::source(&**self)
    }

    fn cause(&self) -> Option<&dyn Error> {
        Error::source(&**self).map(|e| e as &dyn Error)
    }
}

impl Error for ! {}
impl Error for fmt::Error {}
