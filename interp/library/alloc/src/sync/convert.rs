//! Into `Arc`: values, boxes, slices, text, iterators; and downcasts.
//!
//! To add a conversion from something that owns its values, copy the bytes and free only the
//! memory they came from.

use super::{allocate, Arc, ArcInner};
use crate::borrow::{Cow, ToOwned};
use crate::boxed::Box;
use crate::string::String;
use crate::vec::Vec;
use core::any::Any;
use core::intrinsics::{align_of_val, host, size_of_val};
use core::ptr;

impl<T> From<T> for Arc<T> {
    fn from(t: T) -> Arc<T> {
        Arc::new(t)
    }
}

/// A new block with the `len` values at `from`, which are moved.
unsafe fn move_slice<T>(from: *const T, len: usize) -> Arc<[T]> {
    unsafe {
        let slice = ptr::slice_from_raw_parts(from, len);
        let (block, at) = allocate(size_of_val(slice), align_of_val(slice));
        ptr::copy_nonoverlapping(from, at as *mut T, len);
        Arc::from_inner(ptr::slice_from_raw_parts_mut(block as *mut T, len) as *mut ArcInner<[T]>)
    }
}

impl<T> From<Vec<T>> for Arc<[T]> {
    fn from(mut v: Vec<T>) -> Arc<[T]> {
        unsafe {
            let arc = move_slice(v.as_ptr(), v.len());
            v.set_len(0);
            arc
        }
    }
}

impl<T, const N: usize> From<[T; N]> for Arc<[T]> {
    fn from(v: [T; N]) -> Arc<[T]> {
        let arc: Arc<[T; N]> = Arc::new(v);
        arc
    }
}

impl<T: Clone> From<&[T]> for Arc<[T]> {
    fn from(v: &[T]) -> Arc<[T]> {
        Arc::from(v.to_vec())
    }
}

impl<T: Clone> From<&mut [T]> for Arc<[T]> {
    fn from(v: &mut [T]) -> Arc<[T]> {
        Arc::from(v.to_vec())
    }
}

impl From<&str> for Arc<str> {
    fn from(v: &str) -> Arc<str> {
        unsafe {
            let bytes = move_slice(v.as_ptr(), v.len());
            Arc::from_raw(Arc::into_raw(bytes) as *const str)
        }
    }
}

impl From<&mut str> for Arc<str> {
    fn from(v: &mut str) -> Arc<str> {
        Arc::from(&*v)
    }
}

impl From<String> for Arc<str> {
    fn from(v: String) -> Arc<str> {
        Arc::from(v.as_str())
    }
}

/// A new block with the value at `from`, which is moved.
pub(super) unsafe fn move_value<T: ?Sized>(from: *const T) -> Arc<T> {
    unsafe {
        let size = size_of_val(from);
        let (block, at) = allocate(size, align_of_val(from));
        ptr::copy_nonoverlapping(from as *const u8, at, size);
        Arc::from_inner(block_like(from as *mut T, block))
    }
}

impl<T: ?Sized> From<Box<T>> for Arc<T> {
    fn from(v: Box<T>) -> Arc<T> {
        unsafe {
            let raw = Box::into_raw(v);
            let arc = move_value(raw as *const T);
            let size = size_of_val(raw as *const T);
            if size != 0 {
                host::dealloc(raw as *mut u8, size, align_of_val(raw as *const T));
            }
            arc
        }
    }
}

/// The pointer to `block` with the metadata of `value`.
fn block_like<T: ?Sized>(value: *mut T, block: *mut u8) -> *mut ArcInner<T> {
    let mut inner = value as *mut ArcInner<T>;
    unsafe { *(&raw mut inner as *mut *mut u8) = block };
    inner
}

impl<'a, B: ?Sized + ToOwned> From<Cow<'a, B>> for Arc<B>
where
    Arc<B>: From<&'a B> + From<B::Owned>,
{
    fn from(cow: Cow<'a, B>) -> Arc<B> {
        match cow {
            Cow::Borrowed(s) => Arc::from(s),
            Cow::Owned(s) => Arc::from(s),
        }
    }
}

impl From<Arc<str>> for Arc<[u8]> {
    fn from(arc: Arc<str>) -> Arc<[u8]> {
        unsafe { Arc::from_raw(Arc::into_raw(arc) as *const [u8]) }
    }
}

impl<T, const N: usize> TryFrom<Arc<[T]>> for Arc<[T; N]> {
    type Error = Arc<[T]>;

    fn try_from(slice: Arc<[T]>) -> Result<Arc<[T; N]>, Arc<[T]>> {
        if slice.len() == N {
            Ok(unsafe { Arc::from_raw(Arc::into_raw(slice) as *const [T; N]) })
        } else {
            Err(slice)
        }
    }
}

impl<T> FromIterator<T> for Arc<[T]> {
    fn from_iter<I: IntoIterator<Item = T>>(iter: I) -> Arc<[T]> {
        Arc::from(iter.into_iter().collect::<Vec<T>>())
    }
}

impl Arc<dyn Any + Send + Sync> {
    pub fn downcast<T: Any + Send + Sync>(self) -> Result<Arc<T>, Arc<dyn Any + Send + Sync>> {
        if (*self).is::<T>() {
            Ok(unsafe { Arc::from_raw(Arc::into_raw(self) as *const T) })
        } else {
            Err(self)
        }
    }
}
