//! Iterators: the traits, the adapters and the sources.
//!
//! Every adapter's `next` is flat: it calls the inner `next` and its closure, nothing else.
//! What consumes an iterator loops over `next`, so an adapter needs to define `next` only.
//!
//! To add an adapter, give it a file in `adapters/` and a method in `traits/iterator.rs`.

use crate::ops::{ControlFlow, FromResidual, Residual, Try};

mod adapters;
mod range;
mod sources;
mod traits;

pub use self::adapters::{Chain, Cloned, Copied, Cycle, Enumerate, Filter, FilterMap, FlatMap, Flatten, Fuse, Inspect};
pub use self::adapters::{zip, Map, MapWhile, Peekable, Rev, Scan, Skip, SkipWhile, StepBy, Take, TakeWhile, Zip};
pub use self::adapters::{chain, Intersperse};
pub use self::range::Step;
pub use self::sources::{empty, from_fn, once, once_with, repeat, repeat_n, repeat_with, successors};
pub use self::sources::{Empty, FromFn, Once, OnceWith, Repeat, RepeatN, RepeatWith, Successors};
pub use self::traits::{DoubleEndedIterator, ExactSizeIterator, Extend, FromIterator, FusedIterator, IntoIterator};
pub use self::traits::{Iterator, Product, Sum, TrustedLen};

/// An iterator over outputs that stops at the first residual and keeps it.
pub(crate) struct Shunt<'a, I, R> {
    iter: I,
    residual: &'a mut Option<R>,
}

impl<I: Iterator<Item: Try<Residual = R>>, R> Iterator for Shunt<'_, I, R> {
    type Item = <I::Item as Try>::Output;

    fn next(&mut self) -> Option<Self::Item> {
        match self.iter.next()?.branch() {
            ControlFlow::Continue(output) => Some(output),
            ControlFlow::Break(residual) => {
                *self.residual = Some(residual);
                None
            }
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        if self.residual.is_some() { (0, Some(0)) } else { (0, self.iter.size_hint().1) }
    }
}

/// Gives `f` the outputs of an iterator over `Result` and the like; the residual wins over its answer.
pub(crate) fn try_process<I, T, R, F, U>(iter: I, mut f: F) -> <R as Residual<U>>::TryType
where
    I: Iterator<Item: Try<Output = T, Residual = R>>,
    F: FnMut(Shunt<'_, I, R>) -> U,
    R: Residual<U>,
{
    let mut residual = None;
    let value = f(Shunt { iter, residual: &mut residual });
    match residual {
        Some(r) => FromResidual::from_residual(r),
        None => Try::from_output(value),
    }
}
