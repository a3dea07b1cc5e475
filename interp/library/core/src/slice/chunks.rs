//! Iterators over parts of a slice of a given size.
//!
//! The mutable ones take their slice out with `mem::take` and put the rest back.

use crate::fmt;
use crate::iter::FusedIterator;
use crate::mem;

/// The smaller of two lengths.
#[inline]
const fn least(a: usize, b: usize) -> usize {
    if a < b { a } else { b }
}

/// The parts of a length, each one element on from the last.
#[derive(Debug)]
#[must_use = "iterators are lazy and do nothing unless consumed"]
pub struct Windows<'a, T: 'a> {
    v: &'a [T],
    size: usize,
}

impl<'a, T> Windows<'a, T> {
    pub(super) const fn new(v: &'a [T], size: usize) -> Self {
        Windows { v, size }
    }
}

impl<T> Clone for Windows<'_, T> {
    fn clone(&self) -> Self {
        Windows { v: self.v, size: self.size }
    }
}

impl<'a, T> Iterator for Windows<'a, T> {
    type Item = &'a [T];

    #[inline]
    fn next(&mut self) -> Option<&'a [T]> {
        if self.size > self.v.len() {
            return None;
        }
        let part = &self.v[..self.size];
        self.v = &self.v[1..];
        Some(part)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let n = if self.size > self.v.len() { 0 } else { self.v.len() - self.size + 1 };
        (n, Some(n))
    }

    fn count(self) -> usize {
        self.len()
    }

    fn nth(&mut self, n: usize) -> Option<&'a [T]> {
        self.v = &self.v[least(n, self.v.len())..];
        self.next()
    }

    fn last(mut self) -> Option<&'a [T]> {
        self.next_back()
    }
}

impl<'a, T> DoubleEndedIterator for Windows<'a, T> {
    fn next_back(&mut self) -> Option<&'a [T]> {
        let len = self.v.len();
        if self.size > len {
            return None;
        }
        let part = &self.v[len - self.size..];
        self.v = &self.v[..len - 1];
        Some(part)
    }
}

impl<T> ExactSizeIterator for Windows<'_, T> {}
impl<T> FusedIterator for Windows<'_, T> {}

/// The parts of length `N` as arrays, each one element on from the last.
#[derive(Debug, Clone)]
#[must_use = "iterators are lazy and do nothing unless consumed"]
pub struct ArrayWindows<'a, T: 'a, const N: usize> {
    v: &'a [T],
}

impl<'a, T, const N: usize> ArrayWindows<'a, T, N> {
    pub(super) const fn new(v: &'a [T]) -> Self {
        ArrayWindows { v }
    }
}

impl<'a, T, const N: usize> Iterator for ArrayWindows<'a, T, N> {
    type Item = &'a [T; N];

    fn next(&mut self) -> Option<&'a [T; N]> {
        let part = self.v.first_chunk::<N>()?;
        self.v = &self.v[1..];
        Some(part)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let n = (self.v.len() + 1).saturating_sub(N);
        (n, Some(n))
    }
}

impl<'a, T, const N: usize> DoubleEndedIterator for ArrayWindows<'a, T, N> {
    fn next_back(&mut self) -> Option<&'a [T; N]> {
        let part = self.v.last_chunk::<N>()?;
        self.v = &self.v[..self.v.len() - 1];
        Some(part)
    }
}

impl<T, const N: usize> ExactSizeIterator for ArrayWindows<'_, T, N> {}
impl<T, const N: usize> FusedIterator for ArrayWindows<'_, T, N> {}

/// How many parts there are, the last may be shorter.
const fn parts(len: usize, size: usize) -> usize {
    len / size + (len % size != 0) as usize
}

/// The part before or after a cut, and the rest.
macro_rules! take_part {
    (shared $v:expr, $cut:expr) => {
        match $cut {
            Cut::Front(mid) => {
                let (a, b) = $v.split_at(mid);
                (a, b)
            }
            Cut::Back(mid) => {
                let (a, b) = $v.split_at(mid);
                (b, a)
            }
        }
    };
    (mutable $v:expr, $cut:expr) => {
        match $cut {
            Cut::Front(mid) => {
                let (a, b) = $v.split_at_mut(mid);
                (a, b)
            }
            Cut::Back(mid) => {
                let (a, b) = $v.split_at_mut(mid);
                (b, a)
            }
        }
    };
}

/// Where a slice is cut and which side is taken.
enum Cut {
    Front(usize),
    Back(usize),
}

/// An iterator over parts: where `next` and `next_back` cut what is left.
macro_rules! shared_chunks {
    ($name:ident $doc:literal |$len:ident, $size:ident| next $next:expr, back $back:expr) => {
        #[doc = $doc]
        #[derive(Debug)]
        #[must_use = "iterators are lazy and do nothing unless consumed"]
        pub struct $name<'a, T: 'a> {
            v: &'a [T],
            chunk_size: usize,
        }

        impl<'a, T> $name<'a, T> {
            pub(super) const fn new(v: &'a [T], chunk_size: usize) -> Self {
                $name { v, chunk_size }
            }
        }

        impl<T> Clone for $name<'_, T> {
            fn clone(&self) -> Self {
                $name { v: self.v, chunk_size: self.chunk_size }
            }
        }

        impl<'a, T> Iterator for $name<'a, T> {
            type Item = &'a [T];

            #[inline]
            fn next(&mut self) -> Option<&'a [T]> {
                let ($len, $size) = (self.v.len(), self.chunk_size);
                if $len == 0 {
                    return None;
                }
                let (part, rest) = take_part!(shared self.v, $next);
                self.v = rest;
                Some(part)
            }

            fn size_hint(&self) -> (usize, Option<usize>) {
                let n = parts(self.v.len(), self.chunk_size);
                (n, Some(n))
            }

            fn count(self) -> usize {
                self.len()
            }

            fn last(mut self) -> Option<&'a [T]> {
                self.next_back()
            }
        }

        impl<'a, T> DoubleEndedIterator for $name<'a, T> {
            fn next_back(&mut self) -> Option<&'a [T]> {
                let ($len, $size) = (self.v.len(), self.chunk_size);
                if $len == 0 {
                    return None;
                }
                let (part, rest) = take_part!(shared self.v, $back);
                self.v = rest;
                Some(part)
            }
        }

        impl<T> ExactSizeIterator for $name<'_, T> {}
        impl<T> FusedIterator for $name<'_, T> {}
    };
}

macro_rules! mutable_chunks {
    ($name:ident $doc:literal |$len:ident, $size:ident| next $next:expr, back $back:expr) => {
        #[doc = $doc]
        #[derive(Debug)]
        #[must_use = "iterators are lazy and do nothing unless consumed"]
        pub struct $name<'a, T: 'a> {
            v: &'a mut [T],
            chunk_size: usize,
        }

        impl<'a, T> $name<'a, T> {
            pub(super) const fn new(v: &'a mut [T], chunk_size: usize) -> Self {
                $name { v, chunk_size }
            }
        }

        impl<'a, T> Iterator for $name<'a, T> {
            type Item = &'a mut [T];

            #[inline]
            fn next(&mut self) -> Option<&'a mut [T]> {
                let ($len, $size) = (self.v.len(), self.chunk_size);
                if $len == 0 {
                    return None;
                }
                let v = mem::take(&mut self.v);
                let (part, rest) = take_part!(mutable v, $next);
                self.v = rest;
                Some(part)
            }

            fn size_hint(&self) -> (usize, Option<usize>) {
                let n = parts(self.v.len(), self.chunk_size);
                (n, Some(n))
            }

            fn count(self) -> usize {
                self.len()
            }

            fn last(mut self) -> Option<&'a mut [T]> {
                self.next_back()
            }
        }

        impl<'a, T> DoubleEndedIterator for $name<'a, T> {
            fn next_back(&mut self) -> Option<&'a mut [T]> {
                let ($len, $size) = (self.v.len(), self.chunk_size);
                if $len == 0 {
                    return None;
                }
                let v = mem::take(&mut self.v);
                let (part, rest) = take_part!(mutable v, $back);
                self.v = rest;
                Some(part)
            }
        }

        impl<T> ExactSizeIterator for $name<'_, T> {}
        impl<T> FusedIterator for $name<'_, T> {}
    };
}

shared_chunks! {
    Chunks "The parts of a length, the last may be shorter." |len, size|
    next Cut::Front(least(len, size)),
    back Cut::Back(if len % size == 0 { len - size } else { len - len % size })
}
mutable_chunks! {
    ChunksMut "The parts of a length, the last may be shorter, mutable." |len, size|
    next Cut::Front(least(len, size)),
    back Cut::Back(if len % size == 0 { len - size } else { len - len % size })
}
shared_chunks! {
    RChunks "The parts of a length from the back, the last may be shorter." |len, size|
    next Cut::Back(len - least(len, size)),
    back Cut::Front(if len % size == 0 { size } else { len % size })
}
mutable_chunks! {
    RChunksMut "The parts of a length from the back, the last may be shorter, mutable." |len, size|
    next Cut::Back(len - least(len, size)),
    back Cut::Front(if len % size == 0 { size } else { len % size })
}

macro_rules! exact_chunks {
    ($name:ident $doc:literal $from:ident [$($m:tt)?] |$v:ident, $size:ident| $split:expr) => {
        #[doc = $doc]
        #[derive(Debug)]
        #[must_use = "iterators are lazy and do nothing unless consumed"]
        pub struct $name<'a, T: 'a> {
            inner: $from<'a, T>,
            rem: &'a $($m)? [T],
        }

        impl<'a, T> $name<'a, T> {
            pub(super) const fn new($v: &'a $($m)? [T], $size: usize) -> Self {
                let (whole, rem) = $split;
                $name { inner: $from::new(whole, $size), rem }
            }
        }

        impl<'a, T> Iterator for $name<'a, T> {
            type Item = &'a $($m)? [T];

            #[inline]
            fn next(&mut self) -> Option<Self::Item> {
                self.inner.next()
            }

            fn size_hint(&self) -> (usize, Option<usize>) {
                self.inner.size_hint()
            }

            fn count(self) -> usize {
                self.inner.count()
            }

            fn last(mut self) -> Option<Self::Item> {
                self.inner.next_back()
            }
        }

        impl<'a, T> DoubleEndedIterator for $name<'a, T> {
            fn next_back(&mut self) -> Option<Self::Item> {
                self.inner.next_back()
            }
        }

        impl<T> ExactSizeIterator for $name<'_, T> {}
        impl<T> FusedIterator for $name<'_, T> {}
    };
}
exact_chunks! {
    ChunksExact "The parts of a length, without the rest." Chunks []
    |v, size| v.split_at(v.len() - v.len() % size)
}
exact_chunks! {
    ChunksExactMut "The parts of a length, without the rest, mutable." ChunksMut [mut]
    |v, size| { let mid = v.len() - v.len() % size; v.split_at_mut(mid) }
}
exact_chunks! {
    RChunksExact "The parts of a length from the back, without the rest." RChunks []
    |v, size| { let (rem, whole) = v.split_at(v.len() % size); (whole, rem) }
}
exact_chunks! {
    RChunksExactMut "The parts of a length from the back, without the rest, mutable." RChunksMut [mut]
    |v, size| { let mid = v.len() % size; let (rem, whole) = v.split_at_mut(mid); (whole, rem) }
}

macro_rules! exact_remainder {
    ($($name:ident)*) => {$(
        impl<'a, T> $name<'a, T> {
            /// What is left over.
            pub const fn remainder(&self) -> &'a [T] {
                self.rem
            }
        }

        impl<T> Clone for $name<'_, T> {
            fn clone(&self) -> Self {
                $name { inner: self.inner.clone(), rem: self.rem }
            }
        }
    )*};
}
exact_remainder! { ChunksExact RChunksExact }

macro_rules! exact_remainder_mut {
    ($($name:ident)*) => {$(
        impl<'a, T> $name<'a, T> {
            /// What is left over.
            pub fn into_remainder(self) -> &'a mut [T] {
                self.rem
            }
        }
    )*};
}
exact_remainder_mut! { ChunksExactMut RChunksExactMut }

/// How long the first run is.
fn run<T, P: FnMut(&T, &T) -> bool>(v: &[T], pred: &mut P) -> usize {
    let mut len = 1;
    while len < v.len() && pred(&v[len - 1], &v[len]) {
        len += 1;
    }
    len
}

/// Where the last run begins.
fn last_run<T, P: FnMut(&T, &T) -> bool>(v: &[T], pred: &mut P) -> usize {
    let mut start = v.len() - 1;
    while start > 0 && pred(&v[start - 1], &v[start]) {
        start -= 1;
    }
    start
}

macro_rules! chunk_by {
    ($name:ident $doc:literal [$($m:tt)?] $split:ident) => {
        #[doc = $doc]
        #[must_use = "iterators are lazy and do nothing unless consumed"]
        pub struct $name<'a, T: 'a, P> {
            slice: &'a $($m)? [T],
            predicate: P,
        }

        impl<'a, T, P> $name<'a, T, P> {
            pub(super) const fn new(slice: &'a $($m)? [T], predicate: P) -> Self {
                $name { slice, predicate }
            }
        }

        impl<'a, T, P: FnMut(&T, &T) -> bool> Iterator for $name<'a, T, P> {
            type Item = &'a $($m)? [T];

            fn next(&mut self) -> Option<Self::Item> {
                if self.slice.is_empty() {
                    return None;
                }
                let len = run(&*self.slice, &mut self.predicate);
                let slice = mem::take(&mut self.slice);
                let (head, tail) = slice.$split(len);
                self.slice = tail;
                Some(head)
            }

            fn size_hint(&self) -> (usize, Option<usize>) {
                if self.slice.is_empty() { (0, Some(0)) } else { (1, Some(self.slice.len())) }
            }

            fn last(mut self) -> Option<Self::Item> {
                self.next_back()
            }
        }

        impl<'a, T, P: FnMut(&T, &T) -> bool> DoubleEndedIterator for $name<'a, T, P> {
            fn next_back(&mut self) -> Option<Self::Item> {
                if self.slice.is_empty() {
                    return None;
                }
                let start = last_run(&*self.slice, &mut self.predicate);
                let slice = mem::take(&mut self.slice);
                let (head, tail) = slice.$split(start);
                self.slice = head;
                Some(tail)
            }
        }

        impl<T, P: FnMut(&T, &T) -> bool> FusedIterator for $name<'_, T, P> {}

        impl<T: fmt::Debug, P> fmt::Debug for $name<'_, T, P> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_tuple(stringify!($name)).field(&self.slice).finish()
            }
        }
    };
}
chunk_by! { ChunkBy "The longest runs in which a function is true of neighbours." [] split_at }
chunk_by! { ChunkByMut "The longest runs in which a function is true of neighbours, mutable." [mut] split_at_mut }
