//! A separator between items.

use crate::iter::Fuse;

/// A separator between every two items.
#[derive(Debug, Clone)]
#[must_use = "iterators are lazy and do nothing unless consumed"]
pub struct Intersperse<I: Iterator<Item: Clone>> {
    started: bool,
    separator: I::Item,
    next_item: Option<I::Item>,
    iter: Fuse<I>,
}

impl<I: Iterator<Item: Clone>> Intersperse<I> {
    pub(in crate::iter) fn new(iter: I, separator: I::Item) -> Self {
        Intersperse { started: false, separator, next_item: None, iter: iter.fuse() }
    }
}

impl<I: Iterator<Item: Clone>> Iterator for Intersperse<I> {
    type Item = I::Item;

    fn next(&mut self) -> Option<I::Item> {
        if !self.started {
            self.started = true;
            return self.iter.next();
        }
        if let Some(x) = self.next_item.take() {
            return Some(x);
        }
        let x = self.iter.next()?;
        self.next_item = Some(x);
        Some(self.separator.clone())
    }
}
