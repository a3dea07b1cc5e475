//! Two iterators side by side.
//!
//! Of two iterators over slices and the like as many pairs are made as the shorter one has: nothing is asked for that has
//! no partner, so that a closure in front of `zip` is not called for it. Of others, the first is asked first.

use crate::fmt;
use crate::iter::{FusedIterator, TrustedLen};

/// Pairs of items of both.
#[derive(Clone)]
#[must_use = "iterators are lazy and do nothing unless consumed"]
pub struct Zip<A, B> {
    a: A,
    b: B,
    /// How many pairs there will be, if both have random access; else more than there are.
    left: usize,
}

/// Pairs of items of both.
pub fn zip<A: IntoIterator, B: IntoIterator>(a: A, b: B) -> Zip<A::IntoIter, B::IntoIter> {
    Zip::new(a.into_iter(), b.into_iter())
}

impl<A: Iterator, B: Iterator> Zip<A, B> {
    #[inline]
    pub(in crate::iter) fn new(a: A, b: B) -> Zip<A, B> {
        let left = if a.__is_random_access() && b.__is_random_access() {
            let (x, y) = (a.size_hint().0, b.size_hint().0);
            if x < y { x } else { y }
        } else {
            usize::MAX
        };
        Zip { a, b, left }
    }
}

impl<A: fmt::Debug, B: fmt::Debug> fmt::Debug for Zip<A, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Zip").field("a", &self.a).field("b", &self.b).finish()
    }
}

impl<A: Iterator, B: Iterator> Iterator for Zip<A, B> {
    type Item = (A::Item, B::Item);

    #[inline]
    fn next(&mut self) -> Option<(A::Item, B::Item)> {
        if self.left == 0 {
            return None;
        }
        self.left -= 1;
        let x = match self.a.next() {
            Some(x) => x,
            None => return None,
        };
        match self.b.next() {
            Some(y) => Some((x, y)),
            None => None,
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let (a_lower, a_upper) = self.a.size_hint();
        let (b_lower, b_upper) = self.b.size_hint();
        let upper = match (a_upper, b_upper) {
            (Some(x), Some(y)) => Some(if x < y { x } else { y }),
            (Some(x), None) => Some(x),
            (None, upper) => upper,
        };
        (if a_lower < b_lower { a_lower } else { b_lower }, upper)
    }

    fn __is_random_access(&self) -> bool {
        self.a.__is_random_access() && self.b.__is_random_access()
    }
}

impl<A, B> DoubleEndedIterator for Zip<A, B>
where
    A: DoubleEndedIterator + ExactSizeIterator,
    B: DoubleEndedIterator + ExactSizeIterator,
{
    fn next_back(&mut self) -> Option<(A::Item, B::Item)> {
        let (a_len, b_len) = (self.a.len(), self.b.len());
        if a_len > b_len {
            self.a.nth_back(a_len - b_len - 1);
        } else if b_len > a_len {
            self.b.nth_back(b_len - a_len - 1);
        }
        match (self.a.next_back(), self.b.next_back()) {
            (Some(x), Some(y)) => {
                self.left -= 1;
                Some((x, y))
            }
            _ => None,
        }
    }
}

impl<A: ExactSizeIterator, B: ExactSizeIterator> ExactSizeIterator for Zip<A, B> {}
impl<A: FusedIterator, B: FusedIterator> FusedIterator for Zip<A, B> {}
unsafe impl<A: TrustedLen, B: TrustedLen> TrustedLen for Zip<A, B> {}
