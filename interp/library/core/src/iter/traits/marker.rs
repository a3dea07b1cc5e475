//! Promises about iterators.

/// Gives `None` for ever after the first.
pub trait FusedIterator: Iterator {}

impl<I: FusedIterator + ?Sized> FusedIterator for &mut I {}

/// Its `size_hint` is exact, or the upper bound is `None` when it exceeds `usize::MAX`.
pub unsafe trait TrustedLen: Iterator {}

unsafe impl<I: TrustedLen + ?Sized> TrustedLen for &mut I {}
