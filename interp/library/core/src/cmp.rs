//! Comparing and ordering values.
//!
//! Tuples are in `tuple.rs`, slices in `slice/cmp.rs`, raw pointers in `ptr/`.

use crate::intrinsics;

use self::Ordering::{Equal, Greater, Less};

/// Equality, possibly partial.
#[lang = "eq"]
pub trait PartialEq<Rhs: ?Sized = Self> {
    /// Whether both are equal.
    #[must_use]
    fn eq(&self, other: &Rhs) -> bool;

    /// Whether they are not equal.
    #[inline]
    #[must_use]
    fn ne(&self, other: &Rhs) -> bool {
        !self.eq(other)
    }
}

/// Equality that is an equivalence relation.
pub trait Eq: PartialEq<Self> {
    /// Only for `derive`: asserts that a field is `Eq`.
    #[doc(hidden)]
    fn assert_receiver_is_total_eq(&self) {}
}

/// Only for `derive`.
#[doc(hidden)]
pub struct AssertParamIsEq<T: Eq + ?Sized> {
    _field: crate::marker::PhantomData<T>,
}

/// The result of a comparison.
#[lang = "Ordering"]
#[derive(Clone, Copy, Eq, PartialOrd, Ord, PartialEq, Debug, Hash)]
#[repr(i8)]
pub enum Ordering {
    /// The first is less than the second.
    Less = -1,
    /// Both are equal.
    Equal = 0,
    /// The first is greater than the second.
    Greater = 1,
}

impl Ordering {
    /// Whether this is `Equal`.
    pub const fn is_eq(self) -> bool {
        self as i8 == 0
    }

    /// Whether this is not `Equal`.
    pub const fn is_ne(self) -> bool {
        self as i8 != 0
    }

    /// Whether this is `Less`.
    pub const fn is_lt(self) -> bool {
        (self as i8) < 0
    }

    /// Whether this is `Greater`.
    pub const fn is_gt(self) -> bool {
        self as i8 > 0
    }

    /// Whether this is `Less` or `Equal`.
    pub const fn is_le(self) -> bool {
        self as i8 <= 0
    }

    /// Whether this is `Greater` or `Equal`.
    pub const fn is_ge(self) -> bool {
        self as i8 >= 0
    }

    /// `Less` for `Greater` and the other way round.
    pub const fn reverse(self) -> Ordering {
        match self {
            Less => Greater,
            Equal => Equal,
            Greater => Less,
        }
    }

    /// `self` unless it is `Equal`, then `other`.
    pub const fn then(self, other: Ordering) -> Ordering {
        match self {
            Equal => other,
            _ => self,
        }
    }

    /// `self` unless it is `Equal`, then what `f` gives.
    pub fn then_with<F: FnOnce() -> Ordering>(self, f: F) -> Ordering {
        match self {
            Equal => f(),
            _ => self,
        }
    }
}

/// Turns an order around.
#[derive(PartialEq, Eq, Debug, Copy, Clone, Default, Hash)]
#[repr(transparent)]
pub struct Reverse<T>(pub T);

impl<T: PartialOrd> PartialOrd for Reverse<T> {
    fn partial_cmp(&self, other: &Reverse<T>) -> Option<Ordering> {
        other.0.partial_cmp(&self.0)
    }
    fn lt(&self, other: &Self) -> bool {
        other.0 < self.0
    }
    fn le(&self, other: &Self) -> bool {
        other.0 <= self.0
    }
    fn gt(&self, other: &Self) -> bool {
        other.0 > self.0
    }
    fn ge(&self, other: &Self) -> bool {
        other.0 >= self.0
    }
}

impl<T: Ord> Ord for Reverse<T> {
    fn cmp(&self, other: &Reverse<T>) -> Ordering {
        other.0.cmp(&self.0)
    }
}

/// A total order.
pub trait Ord: Eq + PartialOrd<Self> {
    /// How `self` compares to `other`.
    #[must_use]
    fn cmp(&self, other: &Self) -> Ordering;

    /// The larger of both; `other` if they are equal.
    #[inline]
    fn max(self, other: Self) -> Self
    where
        Self: Sized,
    {
        if other < self { self } else { other }
    }

    /// The smaller of both; `self` if they are equal.
    #[inline]
    fn min(self, other: Self) -> Self
    where
        Self: Sized,
    {
        if other < self { other } else { self }
    }

    /// The nearest value in `min..=max`.
    #[inline]
    #[track_caller]
    fn clamp(self, min: Self, max: Self) -> Self
    where
        Self: Sized,
    {
        assert!(min <= max);
        if self < min {
            min
        } else if self > max {
            max
        } else {
            self
        }
    }
}

/// An order, possibly partial.
#[lang = "partial_ord"]
pub trait PartialOrd<Rhs: ?Sized = Self>: PartialEq<Rhs> {
    /// How `self` compares to `other`, if it does.
    #[must_use]
    fn partial_cmp(&self, other: &Rhs) -> Option<Ordering>;

    /// `self < other`.
    #[inline]
    #[must_use]
    fn lt(&self, other: &Rhs) -> bool {
        match self.partial_cmp(other) {
            Some(Less) => true,
            _ => false,
        }
    }

    /// `self <= other`.
    #[inline]
    #[must_use]
    fn le(&self, other: &Rhs) -> bool {
        match self.partial_cmp(other) {
            Some(Less | Equal) => true,
            _ => false,
        }
    }

    /// `self > other`.
    #[inline]
    #[must_use]
    fn gt(&self, other: &Rhs) -> bool {
        match self.partial_cmp(other) {
            Some(Greater) => true,
            _ => false,
        }
    }

    /// `self >= other`.
    #[inline]
    #[must_use]
    fn ge(&self, other: &Rhs) -> bool {
        match self.partial_cmp(other) {
            Some(Greater | Equal) => true,
            _ => false,
        }
    }
}

/// The smaller value, the first if they are equal.
#[inline]
pub fn min<T: Ord>(v1: T, v2: T) -> T {
    v1.min(v2)
}

/// The larger value, the second if they are equal.
#[inline]
pub fn max<T: Ord>(v1: T, v2: T) -> T {
    v1.max(v2)
}

/// The smaller value by a comparison.
pub fn min_by<T, F: FnOnce(&T, &T) -> Ordering>(v1: T, v2: T, compare: F) -> T {
    match compare(&v1, &v2) {
        Greater => v2,
        _ => v1,
    }
}

/// The larger value by a comparison.
pub fn max_by<T, F: FnOnce(&T, &T) -> Ordering>(v1: T, v2: T, compare: F) -> T {
    match compare(&v1, &v2) {
        Greater => v1,
        _ => v2,
    }
}

/// The value with the smaller key.
pub fn min_by_key<T, F: FnMut(&T) -> K, K: Ord>(v1: T, v2: T, mut f: F) -> T {
    if f(&v2) < f(&v1) { v2 } else { v1 }
}

/// The value with the larger key.
pub fn max_by_key<T, F: FnMut(&T) -> K, K: Ord>(v1: T, v2: T, mut f: F) -> T {
    if f(&v2) < f(&v1) { v1 } else { v2 }
}

macro_rules! impl_eq {
    ($($t:ty)*) => {$(
        impl PartialEq for $t {
            #[inline]
            fn eq(&self, other: &$t) -> bool {
                *self == *other
            }
            #[inline]
            fn ne(&self, other: &$t) -> bool {
                *self != *other
            }
        }
    )*};
}
impl_eq! { bool char usize u8 u16 u32 u64 u128 isize i8 i16 i32 i64 i128 f32 f64 }

macro_rules! impl_ord {
    ($($t:ty)*) => {$(
        impl Eq for $t {}

        impl PartialOrd for $t {
            #[inline]
            fn partial_cmp(&self, other: &$t) -> Option<Ordering> {
                Some(intrinsics::three_way_compare(*self, *other))
            }
            #[inline]
            fn lt(&self, other: &$t) -> bool {
                *self < *other
            }
            #[inline]
            fn le(&self, other: &$t) -> bool {
                *self <= *other
            }
            #[inline]
            fn gt(&self, other: &$t) -> bool {
                *self > *other
            }
            #[inline]
            fn ge(&self, other: &$t) -> bool {
                *self >= *other
            }
        }

        impl Ord for $t {
            #[inline]
            fn cmp(&self, other: &$t) -> Ordering {
                intrinsics::three_way_compare(*self, *other)
            }
            #[inline]
            fn max(self, other: $t) -> $t {
                if other < self { self } else { other }
            }
            #[inline]
            fn min(self, other: $t) -> $t {
                if other < self { other } else { self }
            }
            #[inline]
            #[track_caller]
            fn clamp(self, min: $t, max: $t) -> $t {
                if min > max {
                    panic!("min > max. min = {min:?}, max = {max:?}");
                }
                if self < min {
                    min
                } else if self > max {
                    max
                } else {
                    self
                }
            }
        }
    )*};
}
impl_ord! { char usize u8 u16 u32 u64 u128 isize i8 i16 i32 i64 i128 }

macro_rules! impl_float_ord {
    ($($t:ty)*) => {$(
        impl PartialOrd for $t {
            #[inline]
            fn partial_cmp(&self, other: &$t) -> Option<Ordering> {
                if *self < *other {
                    Some(Less)
                } else if *self == *other {
                    Some(Equal)
                } else if *self > *other {
                    Some(Greater)
                } else {
                    None
                }
            }
            #[inline]
            fn lt(&self, other: &$t) -> bool {
                *self < *other
            }
            #[inline]
            fn le(&self, other: &$t) -> bool {
                *self <= *other
            }
            #[inline]
            fn gt(&self, other: &$t) -> bool {
                *self > *other
            }
            #[inline]
            fn ge(&self, other: &$t) -> bool {
                *self >= *other
            }
        }
    )*};
}
impl_float_ord! { f32 f64 }

impl Eq for bool {}

impl PartialOrd for bool {
    fn partial_cmp(&self, other: &bool) -> Option<Ordering> {
        Some(intrinsics::three_way_compare(*self as u8, *other as u8))
    }
}

impl Ord for bool {
    fn cmp(&self, other: &bool) -> Ordering {
        intrinsics::three_way_compare(*self as u8, *other as u8)
    }
}

impl PartialEq for () {
    fn eq(&self, _other: &()) -> bool {
        true
    }
}

impl Eq for () {}

impl PartialOrd for () {
    fn partial_cmp(&self, _other: &()) -> Option<Ordering> {
        Some(Equal)
    }
}

impl Ord for () {
    fn cmp(&self, _other: &()) -> Ordering {
        Equal
    }
}

impl PartialEq for ! {
    fn eq(&self, _other: &!) -> bool {
        *self
    }
}

impl Eq for ! {}

impl PartialOrd for ! {
    fn partial_cmp(&self, _other: &!) -> Option<Ordering> {
        *self
    }
}

impl Ord for ! {
    fn cmp(&self, _other: &!) -> Ordering {
        *self
    }
}

impl<A: ?Sized + PartialEq<B>, B: ?Sized> PartialEq<&B> for &A {
    #[inline]
    fn eq(&self, other: &&B) -> bool {
        PartialEq::eq(*self, *other)
    }
    #[inline]
    fn ne(&self, other: &&B) -> bool {
        PartialEq::ne(*self, *other)
    }
}

impl<A: ?Sized + PartialOrd<B>, B: ?Sized> PartialOrd<&B> for &A {
    #[inline]
    fn partial_cmp(&self, other: &&B) -> Option<Ordering> {
        PartialOrd::partial_cmp(*self, *other)
    }
    #[inline]
    fn lt(&self, other: &&B) -> bool {
        PartialOrd::lt(*self, *other)
    }
    #[inline]
    fn le(&self, other: &&B) -> bool {
        PartialOrd::le(*self, *other)
    }
    #[inline]
    fn gt(&self, other: &&B) -> bool {
        PartialOrd::gt(*self, *other)
    }
    #[inline]
    fn ge(&self, other: &&B) -> bool {
        PartialOrd::ge(*self, *other)
    }
}

impl<A: ?Sized + Ord> Ord for &A {
    #[inline]
    fn cmp(&self, other: &Self) -> Ordering {
        Ord::cmp(*self, *other)
    }
}

impl<A: ?Sized + Eq> Eq for &A {}

impl<A: ?Sized + PartialEq<B>, B: ?Sized> PartialEq<&mut B> for &mut A {
    fn eq(&self, other: &&mut B) -> bool {
        PartialEq::eq(&**self, &**other)
    }
    fn ne(&self, other: &&mut B) -> bool {
        PartialEq::ne(&**self, &**other)
    }
}

impl<A: ?Sized + PartialOrd<B>, B: ?Sized> PartialOrd<&mut B> for &mut A {
    fn partial_cmp(&self, other: &&mut B) -> Option<Ordering> {
        PartialOrd::partial_cmp(&**self, &**other)
    }
}

impl<A: ?Sized + Ord> Ord for &mut A {
    fn cmp(&self, other: &Self) -> Ordering {
        Ord::cmp(&**self, &**other)
    }
}

impl<A: ?Sized + Eq> Eq for &mut A {}

impl<A: ?Sized + PartialEq<B>, B: ?Sized> PartialEq<&mut B> for &A {
    fn eq(&self, other: &&mut B) -> bool {
        PartialEq::eq(*self, &**other)
    }
}

impl<A: ?Sized + PartialEq<B>, B: ?Sized> PartialEq<&B> for &mut A {
    fn eq(&self, other: &&B) -> bool {
        PartialEq::eq(&**self, *other)
    }
}
