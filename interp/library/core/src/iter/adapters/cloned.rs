//! Copies and clones of items that are references.

use crate::iter::{FusedIterator, TrustedLen};

/// Clones of the items.
#[derive(Clone, Debug, Default)]
#[must_use = "iterators are lazy and do nothing unless consumed"]
pub struct Cloned<I> {
    it: I,
}

/// Copies of the items.
#[derive(Clone, Debug, Default)]
#[must_use = "iterators are lazy and do nothing unless consumed"]
pub struct Copied<I> {
    it: I,
}

impl<I> Cloned<I> {
    #[inline]
    pub(in crate::iter) fn new(it: I) -> Cloned<I> {
        Cloned { it }
    }
}

impl<I> Copied<I> {
    #[inline]
    pub(in crate::iter) fn new(it: I) -> Copied<I> {
        Copied { it }
    }
}

impl<'a, I: Iterator<Item = &'a T>, T: 'a + Clone> Iterator for Cloned<I> {
    type Item = T;

    #[inline]
    fn next(&mut self) -> Option<T> {
        match self.it.next() {
            Some(x) => Some(x.clone()),
            None => None,
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.it.size_hint()
    }

    fn __is_random_access(&self) -> bool {
        self.it.__is_random_access()
    }
}

impl<'a, I: Iterator<Item = &'a T>, T: 'a + Copy> Iterator for Copied<I> {
    type Item = T;

    #[inline]
    fn next(&mut self) -> Option<T> {
        match self.it.next() {
            Some(x) => Some(*x),
            None => None,
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.it.size_hint()
    }

    fn __is_random_access(&self) -> bool {
        self.it.__is_random_access()
    }

    fn count(self) -> usize {
        self.it.count()
    }

    fn nth(&mut self, n: usize) -> Option<T> {
        match self.it.nth(n) {
            Some(x) => Some(*x),
            None => None,
        }
    }
}

macro_rules! by_reference {
    ($name:ident $bound:ident) => {
        impl<'a, I: DoubleEndedIterator<Item = &'a T>, T: 'a + $bound> DoubleEndedIterator for $name<I> {
            fn next_back(&mut self) -> Option<T> {
                match self.it.next_back() {
                    Some(x) => Some(x.clone()),
                    None => None,
                }
            }
        }

        impl<'a, I: ExactSizeIterator<Item = &'a T>, T: 'a + $bound> ExactSizeIterator for $name<I> {
            fn len(&self) -> usize {
                self.it.len()
            }
        }

        impl<'a, I: FusedIterator<Item = &'a T>, T: 'a + $bound> FusedIterator for $name<I> {}
        unsafe impl<'a, I: TrustedLen<Item = &'a T>, T: 'a + $bound> TrustedLen for $name<I> {}
    };
}
by_reference! { Cloned Clone }
by_reference! { Copied Copy }
