//! Arrays: `[T; N]`.

use crate::borrow::{Borrow, BorrowMut};
use crate::cmp::Ordering;
use crate::error::Error;
use crate::fmt;
use crate::hash::{Hash, Hasher};
use crate::mem::{ManuallyDrop, MaybeUninit};
use crate::ops::{ControlFlow, FromResidual, Index, IndexMut, Residual, Try};
use crate::ptr;
use crate::slice::{Iter, IterMut, SliceIndex};

mod equality;
mod iter;

pub use self::iter::IntoIter;

/// The elements made so far; they are dropped if making the next one panics.
struct Guard<T, const N: usize> {
    array: [MaybeUninit<T>; N],
    made: usize,
}

impl<T, const N: usize> Guard<T, N> {
    const fn new() -> Self {
        Guard { array: MaybeUninit::uninit_array(), made: 0 }
    }

    #[inline]
    fn push(&mut self, value: T) {
        self.array[self.made] = MaybeUninit::new(value);
        self.made += 1;
    }

    /// The array, all of which was made.
    fn finish(self) -> [T; N] {
        let this = ManuallyDrop::new(self);
        unsafe { ptr::read(&this.array as *const [MaybeUninit<T>; N] as *const [T; N]) }
    }
}

impl<T, const N: usize> Drop for Guard<T, N> {
    fn drop(&mut self) {
        let made = ptr::slice_from_raw_parts_mut(self.array.as_mut_ptr() as *mut T, self.made);
        unsafe { ptr::drop_in_place(made) }
    }
}

/// The array of what a function gives for each index.
pub fn from_fn<T, const N: usize, F: FnMut(usize) -> T>(mut f: F) -> [T; N] {
    let mut guard = Guard::new();
    let mut i = 0;
    while i < N {
        guard.push(f(i));
        i += 1;
    }
    guard.finish()
}

/// The array of what a function gives for each index, or its first residual.
pub fn try_from_fn<R, const N: usize, F>(mut f: F) -> <R::Residual as Residual<[R::Output; N]>>::TryType
where
    F: FnMut(usize) -> R,
    R: Try<Residual: Residual<[R::Output; N]>>,
{
    let mut guard = Guard::new();
    let mut i = 0;
    while i < N {
        match f(i).branch() {
            ControlFlow::Continue(value) => guard.push(value),
            ControlFlow::Break(residual) => return FromResidual::from_residual(residual),
        }
        i += 1;
    }
    Try::from_output(guard.finish())
}

/// Clones of a value, the last one the value itself.
pub fn repeat<T: Clone, const N: usize>(val: T) -> [T; N] {
    let mut rest = crate::iter::repeat_n(val, N);
    from_fn(|_| match rest.next() {
        Some(x) => x,
        None => unsafe { crate::hint::unreachable_unchecked() },
    })
}

/// A value as an array of one.
pub const fn from_ref<T>(s: &T) -> &[T; 1] {
    unsafe { &*(s as *const T as *const [T; 1]) }
}

/// A mutable value as an array of one.
pub const fn from_mut<T>(s: &mut T) -> &mut [T; 1] {
    unsafe { &mut *(s as *mut T as *mut [T; 1]) }
}

/// A slice has another length than the array.
#[derive(Debug, Copy, Clone)]
pub struct TryFromSliceError(());

impl fmt::Display for TryFromSliceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad("could not convert slice to array")
    }
}

impl Error for TryFromSliceError {}

impl From<crate::convert::Infallible> for TryFromSliceError {
    fn from(x: crate::convert::Infallible) -> TryFromSliceError {
        match x {}
    }
}

impl<T, const N: usize> [T; N] {
    /// The array of the function of each element.
    pub fn map<F: FnMut(T) -> U, U>(self, mut f: F) -> [U; N] {
        let mut rest = self.into_iter();
        let mut guard = Guard::new();
        while let Some(x) = rest.next() {
            guard.push(f(x));
        }
        guard.finish()
    }

    /// The array of the function of each element, or its first residual.
    #[unstable(feature = "array_try_map")]
    pub fn try_map<R>(self, mut f: impl FnMut(T) -> R) -> <R::Residual as Residual<[R::Output; N]>>::TryType
    where
        R: Try<Residual: Residual<[R::Output; N]>>,
    {
        let mut rest = self.into_iter();
        try_from_fn(|_| match rest.next() {
            Some(x) => f(x),
            None => unsafe { crate::hint::unreachable_unchecked() },
        })
    }

    /// The array of pairs of elements.
    pub fn zip<U>(self, rhs: [U; N]) -> [(T, U); N] {
        let (mut a, mut b) = (self.into_iter(), rhs.into_iter());
        from_fn(|_| match (a.next(), b.next()) {
            (Some(x), Some(y)) => (x, y),
            _ => unsafe { crate::hint::unreachable_unchecked() },
        })
    }

    /// The array as a slice.
    #[inline]
    pub const fn as_slice(&self) -> &[T] {
        self
    }

    /// The array as a mutable slice.
    #[inline]
    pub const fn as_mut_slice(&mut self) -> &mut [T] {
        self
    }

    /// The array of references.
    pub fn each_ref(&self) -> [&T; N] {
        from_fn(|i| &self[i])
    }

    /// The array of mutable references.
    pub fn each_mut(&mut self) -> [&mut T; N] {
        let p = self.as_mut_ptr();
        from_fn(|i| unsafe { &mut *p.add(i) })
    }
}

impl<T, const N: usize> AsRef<[T]> for [T; N] {
    fn as_ref(&self) -> &[T] {
        self
    }
}

impl<T, const N: usize> AsMut<[T]> for [T; N] {
    fn as_mut(&mut self) -> &mut [T] {
        self
    }
}

impl<T, const N: usize> Borrow<[T]> for [T; N] {
    fn borrow(&self) -> &[T] {
        self
    }
}

impl<T, const N: usize> BorrowMut<[T]> for [T; N] {
    fn borrow_mut(&mut self) -> &mut [T] {
        self
    }
}

impl<T: Copy, const N: usize> TryFrom<&[T]> for [T; N] {
    type Error = TryFromSliceError;

    fn try_from(slice: &[T]) -> Result<[T; N], TryFromSliceError> {
        if slice.len() == N { Ok(unsafe { *(slice.as_ptr() as *const [T; N]) }) } else { Err(TryFromSliceError(())) }
    }
}

impl<T: Copy, const N: usize> TryFrom<&mut [T]> for [T; N] {
    type Error = TryFromSliceError;

    fn try_from(slice: &mut [T]) -> Result<[T; N], TryFromSliceError> {
        <Self>::try_from(&*slice)
    }
}

impl<'a, T, const N: usize> TryFrom<&'a [T]> for &'a [T; N] {
    type Error = TryFromSliceError;

    fn try_from(slice: &'a [T]) -> Result<&'a [T; N], TryFromSliceError> {
        if slice.len() == N { Ok(unsafe { &*(slice.as_ptr() as *const [T; N]) }) } else { Err(TryFromSliceError(())) }
    }
}

impl<'a, T, const N: usize> TryFrom<&'a mut [T]> for &'a mut [T; N] {
    type Error = TryFromSliceError;

    fn try_from(slice: &'a mut [T]) -> Result<&'a mut [T; N], TryFromSliceError> {
        if slice.len() == N {
            Ok(unsafe { &mut *(slice.as_mut_ptr() as *mut [T; N]) })
        } else {
            Err(TryFromSliceError(()))
        }
    }
}

impl<T: Hash, const N: usize> Hash for [T; N] {
    fn hash<H: Hasher>(&self, state: &mut H) {
        Hash::hash(&self[..], state)
    }
}

impl<'a, T, const N: usize> IntoIterator for &'a [T; N] {
    type Item = &'a T;
    type IntoIter = Iter<'a, T>;

    #[inline]
    fn into_iter(self) -> Iter<'a, T> {
        self.iter()
    }
}

impl<'a, T, const N: usize> IntoIterator for &'a mut [T; N] {
    type Item = &'a mut T;
    type IntoIter = IterMut<'a, T>;

    #[inline]
    fn into_iter(self) -> IterMut<'a, T> {
        self.iter_mut()
    }
}

impl<T, I, const N: usize> Index<I> for [T; N]
where
    I: SliceIndex<[T]>,
{
    type Output = I::Output;

    #[inline]
    #[track_caller]
    fn index(&self, index: I) -> &I::Output {
        index.index(self as &[T])
    }
}

impl<T, I, const N: usize> IndexMut<I> for [T; N]
where
    I: SliceIndex<[T]>,
{
    #[inline]
    #[track_caller]
    fn index_mut(&mut self, index: I) -> &mut I::Output {
        index.index_mut(self as &mut [T])
    }
}

impl<T: PartialOrd, const N: usize> PartialOrd for [T; N] {
    fn partial_cmp(&self, other: &[T; N]) -> Option<Ordering> {
        PartialOrd::partial_cmp(&self[..], &other[..])
    }
}

impl<T: Ord, const N: usize> Ord for [T; N] {
    fn cmp(&self, other: &[T; N]) -> Ordering {
        Ord::cmp(&self[..], &other[..])
    }
}

impl<T: Copy, const N: usize> Copy for [T; N] {}

impl<T: Clone, const N: usize> Clone for [T; N] {
    fn clone(&self) -> Self {
        let mut guard = Guard::new();
        let mut i = 0;
        while i < N {
            guard.push(self[i].clone());
            i += 1;
        }
        guard.finish()
    }

    fn clone_from(&mut self, other: &Self) {
        self.clone_from_slice(other);
    }
}

macro_rules! array_default {
    ($($n:literal)*) => {$(
        impl<T: Default> Default for [T; $n] {
            fn default() -> [T; $n] {
                from_fn(|_| T::default())
            }
        }
    )*};
}
array_default! { 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32 }

impl<T> Default for [T; 0] {
    fn default() -> [T; 0] {
        []
    }
}
