//! The items of items.

use crate::fmt;
use crate::iter::FusedIterator;

/// The items of what a function gives for each item.
#[must_use = "iterators are lazy and do nothing unless consumed"]
pub struct FlatMap<I, U: IntoIterator, F> {
    iter: Option<I>,
    f: F,
    front: Option<U::IntoIter>,
    back: Option<U::IntoIter>,
}

impl<I, U: IntoIterator, F> FlatMap<I, U, F> {
    pub(in crate::iter) fn new(iter: I, f: F) -> FlatMap<I, U, F> {
        FlatMap { iter: Some(iter), f, front: None, back: None }
    }
}

impl<I: Clone, U: IntoIterator<IntoIter: Clone>, F: Clone> Clone for FlatMap<I, U, F> {
    fn clone(&self) -> Self {
        FlatMap { iter: self.iter.clone(), f: self.f.clone(), front: self.front.clone(), back: self.back.clone() }
    }
}

impl<I: fmt::Debug, U: IntoIterator<IntoIter: fmt::Debug>, F> fmt::Debug for FlatMap<I, U, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FlatMap").field("iter", &self.iter).field("front", &self.front).field("back", &self.back).finish()
    }
}

/// Bounds of the items left in the front, the outer iterator and the back.
fn hint(
    front: Option<(usize, Option<usize>)>,
    outer: Option<(usize, Option<usize>)>,
    back: Option<(usize, Option<usize>)>,
) -> (usize, Option<usize>) {
    let (front_lower, front_upper) = front.unwrap_or((0, Some(0)));
    let (back_lower, back_upper) = back.unwrap_or((0, Some(0)));
    let upper = match (outer, front_upper, back_upper) {
        (None | Some((_, Some(0))), Some(a), Some(b)) => a.checked_add(b),
        _ => None,
    };
    (front_lower.saturating_add(back_lower), upper)
}

macro_rules! next_item {
    ($this:ident $next:ident $near:ident $far:ident |$item:ident| $into:expr) => {
        loop {
            if let Some(inner) = &mut $this.$near {
                match inner.$next() {
                    None => $this.$near = None,
                    item => return item,
                }
            }
            let outer = match &mut $this.iter {
                Some(iter) => iter.$next(),
                None => None,
            };
            match outer {
                Some($item) => $this.$near = Some($into.into_iter()),
                None => {
                    $this.iter = None;
                    let item = match &mut $this.$far {
                        Some(inner) => inner.$next(),
                        None => return None,
                    };
                    if item.is_none() {
                        $this.$far = None;
                    }
                    return item;
                }
            }
        }
    };
}

impl<I: Iterator, U: IntoIterator, F: FnMut(I::Item) -> U> Iterator for FlatMap<I, U, F> {
    type Item = U::Item;

    fn next(&mut self) -> Option<U::Item> {
        next_item!(self next front back |x| (self.f)(x))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        hint(
            self.front.as_ref().map(|i| i.size_hint()),
            self.iter.as_ref().map(|i| i.size_hint()),
            self.back.as_ref().map(|i| i.size_hint()),
        )
    }
}

impl<I, U, F> DoubleEndedIterator for FlatMap<I, U, F>
where
    I: DoubleEndedIterator,
    F: FnMut(I::Item) -> U,
    U: IntoIterator<IntoIter: DoubleEndedIterator>,
{
    fn next_back(&mut self) -> Option<U::Item> {
        next_item!(self next_back back front |x| (self.f)(x))
    }
}

impl<I: Iterator, U: IntoIterator, F: FnMut(I::Item) -> U> FusedIterator for FlatMap<I, U, F> {}

/// The items of each item.
#[must_use = "iterators are lazy and do nothing unless consumed"]
pub struct Flatten<I: Iterator<Item: IntoIterator>> {
    iter: Option<I>,
    front: Option<<I::Item as IntoIterator>::IntoIter>,
    back: Option<<I::Item as IntoIterator>::IntoIter>,
}

impl<I: Iterator<Item: IntoIterator>> Flatten<I> {
    pub(in crate::iter) fn new(iter: I) -> Flatten<I> {
        Flatten { iter: Some(iter), front: None, back: None }
    }
}

impl<I, U> Clone for Flatten<I>
where
    I: Clone + Iterator<Item: IntoIterator<IntoIter = U, Item = U::Item>>,
    U: Clone + Iterator,
{
    fn clone(&self) -> Self {
        Flatten { iter: self.iter.clone(), front: self.front.clone(), back: self.back.clone() }
    }
}

impl<I, U> fmt::Debug for Flatten<I>
where
    I: fmt::Debug + Iterator<Item: IntoIterator<IntoIter = U, Item = U::Item>>,
    U: fmt::Debug + Iterator,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Flatten").field("iter", &self.iter).field("front", &self.front).field("back", &self.back).finish()
    }
}

impl<I: Iterator<Item: IntoIterator>> Iterator for Flatten<I> {
    type Item = <I::Item as IntoIterator>::Item;

    fn next(&mut self) -> Option<Self::Item> {
        next_item!(self next front back |x| x)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        hint(
            self.front.as_ref().map(|i| i.size_hint()),
            self.iter.as_ref().map(|i| i.size_hint()),
            self.back.as_ref().map(|i| i.size_hint()),
        )
    }
}

impl<I: DoubleEndedIterator<Item: IntoIterator<IntoIter: DoubleEndedIterator>>> DoubleEndedIterator for Flatten<I> {
    fn next_back(&mut self) -> Option<Self::Item> {
        next_item!(self next_back back front |x| x)
    }
}

impl<I: Iterator<Item: IntoIterator>> FusedIterator for Flatten<I> {}
