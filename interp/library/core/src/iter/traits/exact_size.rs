//! Iterators that know their length.

/// Iterators whose `size_hint` is exact.
pub trait ExactSizeIterator: Iterator {
    /// How many items are left.
    #[inline]
    fn len(&self) -> usize {
        let (lower, upper) = self.size_hint();
        assert_eq!(upper, Some(lower));
        lower
    }

    /// Whether nothing is left.
    #[unstable(feature = "exact_size_is_empty")]
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl<I: ExactSizeIterator + ?Sized> ExactSizeIterator for &mut I {
    fn len(&self) -> usize {
        (**self).len()
    }
}
