//! Iterators over parts between elements a predicate is true of.

use crate::fmt;
use crate::iter::FusedIterator;
use crate::mem;

/// Where the predicate is first true.
fn first<T, P: FnMut(&T) -> bool>(v: &[T], pred: &mut P) -> Option<usize> {
    let mut i = 0;
    while i < v.len() {
        if pred(&v[i]) {
            return Some(i);
        }
        i += 1;
    }
    None
}

/// Where the predicate is last true.
fn last<T, P: FnMut(&T) -> bool>(v: &[T], pred: &mut P) -> Option<usize> {
    let mut i = v.len();
    while i > 0 {
        i -= 1;
        if pred(&v[i]) {
            return Some(i);
        }
    }
    None
}

macro_rules! split {
    ($name:ident $doc:literal [$($m:tt)?] $cut:ident) => {
        #[doc = $doc]
        #[must_use = "iterators are lazy and do nothing unless consumed"]
        pub struct $name<'a, T: 'a, P> {
            v: &'a $($m)? [T],
            pred: P,
            finished: bool,
        }

        impl<'a, T, P: FnMut(&T) -> bool> $name<'a, T, P> {
            pub(super) fn new(v: &'a $($m)? [T], pred: P) -> Self {
                $name { v, pred, finished: false }
            }

            fn finish(&mut self) -> Option<&'a $($m)? [T]> {
                if self.finished {
                    return None;
                }
                self.finished = true;
                Some(mem::take(&mut self.v))
            }
        }

        impl<'a, T, P: FnMut(&T) -> bool> Iterator for $name<'a, T, P> {
            type Item = &'a $($m)? [T];

            fn next(&mut self) -> Option<Self::Item> {
                if self.finished {
                    return None;
                }
                match first(&*self.v, &mut self.pred) {
                    None => self.finish(),
                    Some(i) => {
                        let (part, rest) = mem::take(&mut self.v).$cut(i);
                        self.v = rest.$cut(1).1;
                        Some(part)
                    }
                }
            }

            fn size_hint(&self) -> (usize, Option<usize>) {
                if self.finished { (0, Some(0)) } else { (1, Some(self.v.len() + 1)) }
            }
        }

        impl<'a, T, P: FnMut(&T) -> bool> DoubleEndedIterator for $name<'a, T, P> {
            fn next_back(&mut self) -> Option<Self::Item> {
                if self.finished {
                    return None;
                }
                match last(&*self.v, &mut self.pred) {
                    None => self.finish(),
                    Some(i) => {
                        let (rest, part) = mem::take(&mut self.v).$cut(i);
                        self.v = rest;
                        Some(part.$cut(1).1)
                    }
                }
            }
        }

        impl<T, P: FnMut(&T) -> bool> FusedIterator for $name<'_, T, P> {}

        impl<T: fmt::Debug, P> fmt::Debug for $name<'_, T, P> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($name)).field("v", &self.v).field("finished", &self.finished).finish()
            }
        }
    };
}
split! { Split "The parts between elements a predicate is true of." [] split_at }
split! { SplitMut "The parts between elements a predicate is true of, mutable." [mut] split_at_mut }

impl<T, P: Clone> Clone for Split<'_, T, P> {
    fn clone(&self) -> Self {
        Split { v: self.v, pred: self.pred.clone(), finished: self.finished }
    }
}

macro_rules! split_inclusive {
    ($name:ident $doc:literal [$($m:tt)?] $cut:ident) => {
        #[doc = $doc]
        #[must_use = "iterators are lazy and do nothing unless consumed"]
        pub struct $name<'a, T: 'a, P> {
            v: &'a $($m)? [T],
            pred: P,
            finished: bool,
        }

        impl<'a, T, P: FnMut(&T) -> bool> $name<'a, T, P> {
            pub(super) fn new(v: &'a $($m)? [T], pred: P) -> Self {
                let finished = v.is_empty();
                $name { v, pred, finished }
            }
        }

        impl<'a, T, P: FnMut(&T) -> bool> Iterator for $name<'a, T, P> {
            type Item = &'a $($m)? [T];

            fn next(&mut self) -> Option<Self::Item> {
                if self.finished {
                    return None;
                }
                let end = match first(&*self.v, &mut self.pred) {
                    Some(i) => i + 1,
                    None => self.v.len(),
                };
                if end == self.v.len() {
                    self.finished = true;
                }
                let (part, rest) = mem::take(&mut self.v).$cut(end);
                self.v = rest;
                Some(part)
            }

            fn size_hint(&self) -> (usize, Option<usize>) {
                let len = self.v.len();
                if self.finished { (0, Some(0)) } else { (1, Some(if len == 0 { 1 } else { len })) }
            }
        }

        impl<'a, T, P: FnMut(&T) -> bool> DoubleEndedIterator for $name<'a, T, P> {
            fn next_back(&mut self) -> Option<Self::Item> {
                if self.finished {
                    return None;
                }
                let before = if self.v.is_empty() { 0 } else { self.v.len() - 1 };
                let start = match last(&self.v[..before], &mut self.pred) {
                    Some(i) => i + 1,
                    None => 0,
                };
                if start == 0 {
                    self.finished = true;
                }
                let (rest, part) = mem::take(&mut self.v).$cut(start);
                self.v = rest;
                Some(part)
            }
        }

        impl<T, P: FnMut(&T) -> bool> FusedIterator for $name<'_, T, P> {}

        impl<T: fmt::Debug, P> fmt::Debug for $name<'_, T, P> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($name)).field("v", &self.v).field("finished", &self.finished).finish()
            }
        }
    };
}
split_inclusive! { SplitInclusive "The parts that end with elements a predicate is true of." [] split_at }
split_inclusive! { SplitInclusiveMut "The parts that end with elements a predicate is true of, mutable." [mut] split_at_mut }

macro_rules! reverse_split {
    ($name:ident $inner:ident $doc:literal [$($m:tt)?]) => {
        #[doc = $doc]
        #[must_use = "iterators are lazy and do nothing unless consumed"]
        pub struct $name<'a, T: 'a, P> {
            inner: $inner<'a, T, P>,
        }

        impl<'a, T, P: FnMut(&T) -> bool> $name<'a, T, P> {
            pub(super) fn new(v: &'a $($m)? [T], pred: P) -> Self {
                $name { inner: $inner::new(v, pred) }
            }

            fn finish(&mut self) -> Option<&'a $($m)? [T]> {
                self.inner.finish()
            }
        }

        impl<'a, T, P: FnMut(&T) -> bool> Iterator for $name<'a, T, P> {
            type Item = &'a $($m)? [T];

            fn next(&mut self) -> Option<Self::Item> {
                self.inner.next_back()
            }

            fn size_hint(&self) -> (usize, Option<usize>) {
                self.inner.size_hint()
            }
        }

        impl<'a, T, P: FnMut(&T) -> bool> DoubleEndedIterator for $name<'a, T, P> {
            fn next_back(&mut self) -> Option<Self::Item> {
                self.inner.next()
            }
        }

        impl<T, P: FnMut(&T) -> bool> FusedIterator for $name<'_, T, P> {}

        impl<T: fmt::Debug, P> fmt::Debug for $name<'_, T, P> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($name))
                    .field("v", &self.inner.v)
                    .field("finished", &self.inner.finished)
                    .finish()
            }
        }
    };
}
reverse_split! { RSplit Split "The parts between elements a predicate is true of, from the back." [] }
reverse_split! { RSplitMut SplitMut "The parts between elements a predicate is true of, from the back, mutable." [mut] }

macro_rules! counted_split {
    ($name:ident $inner:ident $doc:literal [$($m:tt)?]) => {
        #[doc = $doc]
        #[must_use = "iterators are lazy and do nothing unless consumed"]
        pub struct $name<'a, T: 'a, P> {
            iter: $inner<'a, T, P>,
            count: usize,
        }

        impl<'a, T, P: FnMut(&T) -> bool> $name<'a, T, P> {
            pub(super) fn new(iter: $inner<'a, T, P>, count: usize) -> Self {
                $name { iter, count }
            }
        }

        impl<'a, T, P: FnMut(&T) -> bool> Iterator for $name<'a, T, P> {
            type Item = &'a $($m)? [T];

            fn next(&mut self) -> Option<Self::Item> {
                match self.count {
                    0 => None,
                    1 => {
                        self.count = 0;
                        self.iter.finish()
                    }
                    _ => {
                        self.count -= 1;
                        self.iter.next()
                    }
                }
            }
        }

        impl<T, P: FnMut(&T) -> bool> FusedIterator for $name<'_, T, P> {}

        impl<T: fmt::Debug, P> fmt::Debug for $name<'_, T, P> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($name)).field("iter", &self.iter).field("count", &self.count).finish()
            }
        }
    };
}
counted_split! { SplitN Split "At most so many parts." [] }
counted_split! { RSplitN RSplit "At most so many parts, from the back." [] }
counted_split! { SplitNMut SplitMut "At most so many parts, mutable." [mut] }
counted_split! { RSplitNMut RSplitMut "At most so many parts, from the back, mutable." [mut] }
