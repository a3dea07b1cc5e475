//! Two sets together: their difference, intersection, union, each in rising order.
//!
//! To add an operation, walk both sets with a `Peekable` and compare their next values.

use super::{BTreeSet, Iter};
use core::cmp::Ordering;
use core::fmt;
use core::iter::{FusedIterator, Peekable};
use core::ops::{BitAnd, BitOr, BitXor, Sub};

impl<T> BTreeSet<T> {
    pub fn difference<'a>(&'a self, other: &'a BTreeSet<T>) -> Difference<'a, T>
    where
        T: Ord,
    {
        Difference { a: self.iter().peekable(), b: other.iter().peekable() }
    }

    pub fn symmetric_difference<'a>(&'a self, other: &'a BTreeSet<T>) -> SymmetricDifference<'a, T>
    where
        T: Ord,
    {
        SymmetricDifference { a: self.iter().peekable(), b: other.iter().peekable() }
    }

    pub fn intersection<'a>(&'a self, other: &'a BTreeSet<T>) -> Intersection<'a, T>
    where
        T: Ord,
    {
        Intersection { a: self.iter().peekable(), b: other.iter().peekable() }
    }

    pub fn union<'a>(&'a self, other: &'a BTreeSet<T>) -> Union<'a, T>
    where
        T: Ord,
    {
        Union { a: self.iter().peekable(), b: other.iter().peekable() }
    }
}

macro_rules! merging {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        pub struct $name<'a, T: 'a> {
            a: Peekable<Iter<'a, T>>,
            b: Peekable<Iter<'a, T>>,
        }

        impl<'a, T: Ord> $name<'a, T> {
            /// How the next values of both compare; none if one of the sets is used up.
            fn order(&mut self) -> Option<Ordering> {
                match (self.a.peek(), self.b.peek()) {
                    (Some(a), Some(b)) => Some(Ord::cmp(*a, *b)),
                    _ => None,
                }
            }
        }

        impl<T> Clone for $name<'_, T> {
            fn clone(&self) -> Self {
                $name { a: self.a.clone(), b: self.b.clone() }
            }
        }

        impl<T: fmt::Debug + Ord> fmt::Debug for $name<'_, T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_list().entries(self.clone()).finish()
            }
        }

        impl<T: Ord> FusedIterator for $name<'_, T> {}
    )*};
}

merging! {
    /// The values of the first that are not in the second.
    Difference;
    /// The values that are in one only.
    SymmetricDifference;
    /// The values that are in both.
    Intersection;
    /// The values that are in either.
    Union;
}

impl<'a, T: Ord> Iterator for Difference<'a, T> {
    type Item = &'a T;

    fn next(&mut self) -> Option<&'a T> {
        loop {
            match self.order() {
                None | Some(Ordering::Less) => return self.a.next(),
                Some(Ordering::Equal) => {
                    self.a.next();
                    self.b.next();
                }
                Some(Ordering::Greater) => {
                    self.b.next();
                }
            }
        }
    }
}

impl<'a, T: Ord> Iterator for SymmetricDifference<'a, T> {
    type Item = &'a T;

    fn next(&mut self) -> Option<&'a T> {
        loop {
            match self.order() {
                None => return self.a.next().or_else(|| self.b.next()),
                Some(Ordering::Less) => return self.a.next(),
                Some(Ordering::Greater) => return self.b.next(),
                Some(Ordering::Equal) => {
                    self.a.next();
                    self.b.next();
                }
            }
        }
    }
}

impl<'a, T: Ord> Iterator for Intersection<'a, T> {
    type Item = &'a T;

    fn next(&mut self) -> Option<&'a T> {
        loop {
            match self.order()? {
                Ordering::Less => {
                    self.a.next();
                }
                Ordering::Greater => {
                    self.b.next();
                }
                Ordering::Equal => {
                    self.b.next();
                    return self.a.next();
                }
            }
        }
    }
}

impl<'a, T: Ord> Iterator for Union<'a, T> {
    type Item = &'a T;

    fn next(&mut self) -> Option<&'a T> {
        match self.order() {
            None => self.a.next().or_else(|| self.b.next()),
            Some(Ordering::Less) => self.a.next(),
            Some(Ordering::Greater) => self.b.next(),
            Some(Ordering::Equal) => {
                self.b.next();
                self.a.next()
            }
        }
    }
}

macro_rules! operator {
    ($($trait_:ident $method:ident $operation:ident;)*) => {$(
        impl<T: Ord + Clone> $trait_<&BTreeSet<T>> for &BTreeSet<T> {
            type Output = BTreeSet<T>;

            fn $method(self, rhs: &BTreeSet<T>) -> BTreeSet<T> {
                self.$operation(rhs).cloned().collect()
            }
        }
    )*};
}

operator! {
    Sub sub difference;
    BitXor bitxor symmetric_difference;
    BitAnd bitand intersection;
    BitOr bitor union;
}
