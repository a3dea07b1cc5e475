//! Two sets together: their difference, intersection, union.
//!
//! To add an operation, filter one set's iterator by the other.

use super::{HashSet, Iter};
use crate::fmt::{self, Debug};
use crate::hash::{BuildHasher, Hash};
use core::iter::{Chain, FusedIterator};
use core::ops::{BitAnd, BitOr, BitXor, Sub};

impl<T: Eq + Hash, S: BuildHasher> HashSet<T, S> {
    pub fn difference<'a>(&'a self, other: &'a HashSet<T, S>) -> Difference<'a, T, S> {
        Difference { iter: self.iter(), other }
    }

    pub fn symmetric_difference<'a>(&'a self, other: &'a HashSet<T, S>) -> SymmetricDifference<'a, T, S> {
        SymmetricDifference { iter: self.difference(other).chain(other.difference(self)) }
    }

    pub fn intersection<'a>(&'a self, other: &'a HashSet<T, S>) -> Intersection<'a, T, S> {
        if self.len() <= other.len() {
            Intersection { iter: self.iter(), other }
        } else {
            Intersection { iter: other.iter(), other: self }
        }
    }

    pub fn union<'a>(&'a self, other: &'a HashSet<T, S>) -> Union<'a, T, S> {
        if self.len() >= other.len() {
            Union { iter: self.iter().chain(other.difference(self)) }
        } else {
            Union { iter: other.iter().chain(self.difference(other)) }
        }
    }
}

/// The values that are in both sets.
pub struct Intersection<'a, T: 'a, S: 'a> {
    iter: Iter<'a, T>,
    other: &'a HashSet<T, S>,
}

/// The values of the first set that are not in the second.
pub struct Difference<'a, T: 'a, S: 'a> {
    iter: Iter<'a, T>,
    other: &'a HashSet<T, S>,
}

/// The values that are in one set only.
pub struct SymmetricDifference<'a, T: 'a, S: 'a> {
    iter: Chain<Difference<'a, T, S>, Difference<'a, T, S>>,
}

/// The values that are in either set.
pub struct Union<'a, T: 'a, S: 'a> {
    iter: Chain<Iter<'a, T>, Difference<'a, T, S>>,
}

macro_rules! filtered {
    ($name:ident, $wanted:expr) => {
        impl<'a, T: Eq + Hash, S: BuildHasher> Iterator for $name<'a, T, S> {
            type Item = &'a T;

            fn next(&mut self) -> Option<&'a T> {
                loop {
                    let value = self.iter.next()?;
                    if self.other.contains(value) == $wanted {
                        return Some(value);
                    }
                }
            }

            fn size_hint(&self) -> (usize, Option<usize>) {
                (0, self.iter.size_hint().1)
            }
        }

        impl<T, S> Clone for $name<'_, T, S> {
            fn clone(&self) -> Self {
                $name { iter: self.iter.clone(), other: self.other }
            }
        }
    };
}

macro_rules! chained {
    ($name:ident) => {
        impl<'a, T: Eq + Hash, S: BuildHasher> Iterator for $name<'a, T, S> {
            type Item = &'a T;

            fn next(&mut self) -> Option<&'a T> {
                self.iter.next()
            }

            fn size_hint(&self) -> (usize, Option<usize>) {
                self.iter.size_hint()
            }
        }

        impl<T, S> Clone for $name<'_, T, S> {
            fn clone(&self) -> Self {
                $name { iter: self.iter.clone() }
            }
        }
    };
}

macro_rules! common {
    ($($name:ident)*) => {$(
        impl<T: Eq + Hash, S: BuildHasher> FusedIterator for $name<'_, T, S> {}

        impl<T: Debug + Eq + Hash, S: BuildHasher> Debug for $name<'_, T, S> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_list().entries(self.clone()).finish()
            }
        }
    )*};
}

filtered!(Intersection, true);
filtered!(Difference, false);
chained!(SymmetricDifference);
chained!(Union);
common!(Intersection Difference SymmetricDifference Union);

macro_rules! operator {
    ($($trait_:ident $method:ident $operation:ident;)*) => {$(
        impl<T: Eq + Hash + Clone, S: BuildHasher + Default> $trait_<&HashSet<T, S>> for &HashSet<T, S> {
            type Output = HashSet<T, S>;

            fn $method(self, rhs: &HashSet<T, S>) -> HashSet<T, S> {
                self.$operation(rhs).cloned().collect()
            }
        }
    )*};
}

operator! {
    BitOr bitor union;
    BitAnd bitand intersection;
    BitXor bitxor symmetric_difference;
    Sub sub difference;
}
