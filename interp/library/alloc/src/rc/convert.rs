//! Into `Rc`: values, boxes, slices, text, iterators; and downcasts.
//!
//! To add a conversion from something that owns its values, copy the bytes and free only the
//! memory they came from.

use super::{allocate, Rc, RcInner};
use crate::borrow::{Cow, ToOwned};
use crate::boxed::Box;
use crate::string::String;
use crate::vec::Vec;
use core::any::Any;
use core::intrinsics::{align_of_val, host, size_of_val};
use core::ptr;

impl<T> From<T> for Rc<T> {
    fn from(t: T) -> Rc<T> {
        Rc::new(t)
    }
}

/// A new block with the `len` values at `from`, which are moved.
unsafe fn move_slice<T>(from: *const T, len: usize) -> Rc<[T]> {
    unsafe {
        let slice = ptr::slice_from_raw_parts(from, len);
        let (block, at) = allocate(size_of_val(slice), align_of_val(slice));
        ptr::copy_nonoverlapping(from, at as *mut T, len);
        Rc::from_inner(ptr::slice_from_raw_parts_mut(block as *mut T, len) as *mut RcInner<[T]>)
    }
}

impl<T> From<Vec<T>> for Rc<[T]> {
    fn from(mut v: Vec<T>) -> Rc<[T]> {
        unsafe {
            let rc = move_slice(v.as_ptr(), v.len());
            v.set_len(0);
            rc
        }
    }
}

impl<T, const N: usize> From<[T; N]> for Rc<[T]> {
    fn from(v: [T; N]) -> Rc<[T]> {
        let rc: Rc<[T; N]> = Rc::new(v);
        rc
    }
}

impl<T: Clone> From<&[T]> for Rc<[T]> {
    fn from(v: &[T]) -> Rc<[T]> {
        Rc::from(v.to_vec())
    }
}

impl<T: Clone> From<&mut [T]> for Rc<[T]> {
    fn from(v: &mut [T]) -> Rc<[T]> {
        Rc::from(v.to_vec())
    }
}

impl From<&str> for Rc<str> {
    fn from(v: &str) -> Rc<str> {
        unsafe {
            let bytes = move_slice(v.as_ptr(), v.len());
            Rc::from_raw(Rc::into_raw(bytes) as *const str)
        }
    }
}

impl From<&mut str> for Rc<str> {
    fn from(v: &mut str) -> Rc<str> {
        Rc::from(&*v)
    }
}

impl From<String> for Rc<str> {
    fn from(v: String) -> Rc<str> {
        Rc::from(v.as_str())
    }
}

/// A new block with the value at `from`, which is moved.
pub(super) unsafe fn move_value<T: ?Sized>(from: *const T) -> Rc<T> {
    unsafe {
        let size = size_of_val(from);
        let (block, at) = allocate(size, align_of_val(from));
        ptr::copy_nonoverlapping(from as *const u8, at, size);
        Rc::from_inner(block_like(from as *mut T, block))
    }
}

impl<T: ?Sized> From<Box<T>> for Rc<T> {
    fn from(v: Box<T>) -> Rc<T> {
        unsafe {
            let raw = Box::into_raw(v);
            let rc = move_value(raw as *const T);
            let size = size_of_val(raw as *const T);
            if size != 0 {
                host::dealloc(raw as *mut u8, size, align_of_val(raw as *const T));
            }
            rc
        }
    }
}

/// The pointer to `block` with the metadata of `value`.
fn block_like<T: ?Sized>(value: *mut T, block: *mut u8) -> *mut RcInner<T> {
    let mut inner = value as *mut RcInner<T>;
    unsafe { *(&raw mut inner as *mut *mut u8) = block };
    inner
}

impl<'a, B: ?Sized + ToOwned> From<Cow<'a, B>> for Rc<B>
where
    Rc<B>: From<&'a B> + From<B::Owned>,
{
    fn from(cow: Cow<'a, B>) -> Rc<B> {
        match cow {
            Cow::Borrowed(s) => Rc::from(s),
            Cow::Owned(s) => Rc::from(s),
        }
    }
}

impl From<Rc<str>> for Rc<[u8]> {
    fn from(rc: Rc<str>) -> Rc<[u8]> {
        unsafe { Rc::from_raw(Rc::into_raw(rc) as *const [u8]) }
    }
}

impl<T, const N: usize> TryFrom<Rc<[T]>> for Rc<[T; N]> {
    type Error = Rc<[T]>;

    fn try_from(slice: Rc<[T]>) -> Result<Rc<[T; N]>, Rc<[T]>> {
        if slice.len() == N {
            Ok(unsafe { Rc::from_raw(Rc::into_raw(slice) as *const [T; N]) })
        } else {
            Err(slice)
        }
    }
}

impl<T> FromIterator<T> for Rc<[T]> {
    fn from_iter<I: IntoIterator<Item = T>>(iter: I) -> Rc<[T]> {
        Rc::from(iter.into_iter().collect::<Vec<T>>())
    }
}

impl Rc<dyn Any> {
    pub fn downcast<T: Any>(self) -> Result<Rc<T>, Rc<dyn Any>> {
        if (*self).is::<T>() {
            Ok(unsafe { Rc::from_raw(Rc::into_raw(self) as *const T) })
        } else {
            Err(self)
        }
    }
}
