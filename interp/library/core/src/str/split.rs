//! Iterators over the parts and occurrences a pattern gives.

use super::pattern::{DoubleEndedSearcher, Pattern, ReverseSearcher, Searcher};
use crate::fmt;
use crate::iter::FusedIterator;

/// What all iterators over parts share.
struct Parts<'a, P: Pattern> {
    start: usize,
    end: usize,
    matcher: P::Searcher<'a>,
    allow_trailing_empty: bool,
    finished: bool,
}

impl<'a, P: Pattern> Parts<'a, P> {
    fn new(s: &'a str, pat: P, allow_trailing_empty: bool) -> Parts<'a, P> {
        let end = s.len();
        Parts { start: 0, end, matcher: pat.into_searcher(s), allow_trailing_empty, finished: false }
    }

    fn get_end(&mut self) -> Option<&'a str> {
        if self.finished {
            return None;
        }
        self.finished = true;
        if self.allow_trailing_empty || self.end > self.start {
            return Some(unsafe { self.matcher.haystack().get_unchecked(self.start..self.end) });
        }
        None
    }

    fn next(&mut self) -> Option<&'a str> {
        if self.finished {
            return None;
        }
        match self.matcher.next_match() {
            Some((a, b)) => {
                let part = unsafe { self.matcher.haystack().get_unchecked(self.start..a) };
                self.start = b;
                Some(part)
            }
            None => self.get_end(),
        }
    }

    fn next_inclusive(&mut self) -> Option<&'a str> {
        if self.finished {
            return None;
        }
        match self.matcher.next_match() {
            Some((_, b)) => {
                let part = unsafe { self.matcher.haystack().get_unchecked(self.start..b) };
                self.start = b;
                Some(part)
            }
            None => self.get_end(),
        }
    }

    fn next_back(&mut self) -> Option<&'a str>
    where
        P::Searcher<'a>: ReverseSearcher<'a>,
    {
        if self.finished {
            return None;
        }
        if !self.allow_trailing_empty {
            self.allow_trailing_empty = true;
            match self.next_back() {
                Some(part) if !part.is_empty() => return Some(part),
                _ => {
                    if self.finished {
                        return None;
                    }
                }
            }
        }
        let haystack = self.matcher.haystack();
        match self.matcher.next_match_back() {
            Some((a, b)) => {
                let part = unsafe { haystack.get_unchecked(b..self.end) };
                self.end = a;
                Some(part)
            }
            None => {
                self.finished = true;
                Some(unsafe { haystack.get_unchecked(self.start..self.end) })
            }
        }
    }

    fn next_back_inclusive(&mut self) -> Option<&'a str>
    where
        P::Searcher<'a>: ReverseSearcher<'a>,
    {
        if self.finished {
            return None;
        }
        if !self.allow_trailing_empty {
            self.allow_trailing_empty = true;
            match self.next_back_inclusive() {
                Some(part) if !part.is_empty() => return Some(part),
                _ => {
                    if self.finished {
                        return None;
                    }
                }
            }
        }
        let haystack = self.matcher.haystack();
        match self.matcher.next_match_back() {
            Some((_, b)) => {
                let part = unsafe { haystack.get_unchecked(b..self.end) };
                self.end = b;
                Some(part)
            }
            None => {
                self.finished = true;
                Some(unsafe { haystack.get_unchecked(self.start..self.end) })
            }
        }
    }
}

impl<'a, P: Pattern> Clone for Parts<'a, P>
where
    P::Searcher<'a>: Clone,
{
    fn clone(&self) -> Self {
        Parts {
            start: self.start,
            end: self.end,
            matcher: self.matcher.clone(),
            allow_trailing_empty: self.allow_trailing_empty,
            finished: self.finished,
        }
    }
}

impl<'a, P: Pattern> fmt::Debug for Parts<'a, P>
where
    P::Searcher<'a>: fmt::Debug,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SplitInternal")
            .field("start", &self.start)
            .field("end", &self.end)
            .field("matcher", &self.matcher)
            .field("allow_trailing_empty", &self.allow_trailing_empty)
            .field("finished", &self.finished)
            .finish()
    }
}

/// An iterator over parts: its name, how it is made, its step and the step from the back.
macro_rules! parts {
    ($name:ident $doc:literal $trailing:literal) => {
        #[doc = $doc]
        #[must_use = "iterators are lazy and do nothing unless consumed"]
        pub struct $name<'a, P: Pattern>(Parts<'a, P>);

        impl<'a, P: Pattern> $name<'a, P> {
            pub(super) fn new(s: &'a str, pat: P) -> Self {
                $name(Parts::new(s, pat, $trailing))
            }
        }

        impl<'a, P: Pattern> Clone for $name<'a, P>
        where
            P::Searcher<'a>: Clone,
        {
            fn clone(&self) -> Self {
                $name(self.0.clone())
            }
        }

        impl<'a, P: Pattern> fmt::Debug for $name<'a, P>
        where
            P::Searcher<'a>: fmt::Debug,
        {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_tuple(stringify!($name)).field(&self.0).finish()
            }
        }
    };
}

macro_rules! forward {
    ($name:ident $next:ident $next_back:ident) => {
        impl<'a, P: Pattern> Iterator for $name<'a, P> {
            type Item = &'a str;

            #[inline]
            fn next(&mut self) -> Option<&'a str> {
                self.0.$next()
            }
        }

        impl<'a, P: Pattern> DoubleEndedIterator for $name<'a, P>
        where
            P::Searcher<'a>: DoubleEndedSearcher<'a>,
        {
            fn next_back(&mut self) -> Option<&'a str> {
                self.0.$next_back()
            }
        }

        impl<'a, P: Pattern> FusedIterator for $name<'a, P> {}
    };
}

macro_rules! reverse {
    ($name:ident) => {
        impl<'a, P: Pattern> Iterator for $name<'a, P>
        where
            P::Searcher<'a>: ReverseSearcher<'a>,
        {
            type Item = &'a str;

            fn next(&mut self) -> Option<&'a str> {
                self.0.next_back()
            }
        }

        impl<'a, P: Pattern> DoubleEndedIterator for $name<'a, P>
        where
            P::Searcher<'a>: DoubleEndedSearcher<'a>,
        {
            fn next_back(&mut self) -> Option<&'a str> {
                self.0.next()
            }
        }

        impl<'a, P: Pattern> FusedIterator for $name<'a, P> where P::Searcher<'a>: ReverseSearcher<'a> {}
    };
}

parts! { Split "The parts between occurrences." true }
forward! { Split next next_back }
parts! { SplitTerminator "The parts between occurrences, without an empty one at the end." false }
forward! { SplitTerminator next next_back }
parts! { SplitInclusive "The parts that end with occurrences." false }
forward! { SplitInclusive next_inclusive next_back_inclusive }
parts! { RSplit "The parts between occurrences, from the back." true }
reverse! { RSplit }
parts! { RSplitTerminator "The parts between occurrences, from the back, without an empty one at the end." false }
reverse! { RSplitTerminator }

/// At most so many parts.
macro_rules! counted {
    ($name:ident $doc:literal $next:ident [$($bound:tt)*]) => {
        #[doc = $doc]
        #[must_use = "iterators are lazy and do nothing unless consumed"]
        pub struct $name<'a, P: Pattern> {
            iter: Parts<'a, P>,
            count: usize,
        }

        impl<'a, P: Pattern> $name<'a, P> {
            pub(super) fn new(s: &'a str, pat: P, count: usize) -> Self {
                $name { iter: Parts::new(s, pat, true), count }
            }
        }

        impl<'a, P: Pattern> Clone for $name<'a, P>
        where
            P::Searcher<'a>: Clone,
        {
            fn clone(&self) -> Self {
                $name { iter: self.iter.clone(), count: self.count }
            }
        }

        impl<'a, P: Pattern> fmt::Debug for $name<'a, P>
        where
            P::Searcher<'a>: fmt::Debug,
        {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($name)).field("iter", &self.iter).field("count", &self.count).finish()
            }
        }

        impl<'a, P: Pattern> Iterator for $name<'a, P> $($bound)* {
            type Item = &'a str;

            fn next(&mut self) -> Option<&'a str> {
                match self.count {
                    0 => None,
                    1 => {
                        self.count = 0;
                        self.iter.get_end()
                    }
                    _ => {
                        self.count -= 1;
                        self.iter.$next()
                    }
                }
            }
        }

        impl<'a, P: Pattern> FusedIterator for $name<'a, P> $($bound)* {}
    };
}
counted! { SplitN "At most so many parts between occurrences." next [] }
counted! {
    RSplitN "At most so many parts between occurrences, from the back." next_back
    [where P::Searcher<'a>: ReverseSearcher<'a>]
}

/// An iterator over occurrences: what it gives of a searcher and a place.
macro_rules! occurrences {
    ($name:ident $doc:literal $item:ty, $step:ident $back:ident [$($bound:tt)*] |$s:ident, $a:ident, $b:ident| $give:expr) => {
        #[doc = $doc]
        #[must_use = "iterators are lazy and do nothing unless consumed"]
        pub struct $name<'a, P: Pattern>(P::Searcher<'a>);

        impl<'a, P: Pattern> $name<'a, P> {
            pub(super) fn new(s: &'a str, pat: P) -> Self {
                $name(pat.into_searcher(s))
            }
        }

        impl<'a, P: Pattern> Clone for $name<'a, P>
        where
            P::Searcher<'a>: Clone,
        {
            fn clone(&self) -> Self {
                $name(self.0.clone())
            }
        }

        impl<'a, P: Pattern> fmt::Debug for $name<'a, P>
        where
            P::Searcher<'a>: fmt::Debug,
        {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_tuple(stringify!($name)).field(&self.0).finish()
            }
        }

        impl<'a, P: Pattern> Iterator for $name<'a, P> $($bound)* {
            type Item = $item;

            fn next(&mut self) -> Option<$item> {
                let ($a, $b) = self.0.$step()?;
                let $s = self.0.haystack();
                Some($give)
            }
        }

        impl<'a, P: Pattern> DoubleEndedIterator for $name<'a, P>
        where
            P::Searcher<'a>: DoubleEndedSearcher<'a>,
        {
            fn next_back(&mut self) -> Option<$item> {
                let ($a, $b) = self.0.$back()?;
                let $s = self.0.haystack();
                Some($give)
            }
        }

        impl<'a, P: Pattern> FusedIterator for $name<'a, P> $($bound)* {}
    };
}
occurrences! {
    Matches "The occurrences." &'a str, next_match next_match_back []
    |s, a, b| unsafe { s.get_unchecked(a..b) }
}
occurrences! {
    RMatches "The occurrences, from the back." &'a str, next_match_back next_match
    [where P::Searcher<'a>: ReverseSearcher<'a>]
    |s, a, b| unsafe { s.get_unchecked(a..b) }
}
occurrences! {
    MatchIndices "The occurrences and where they begin." (usize, &'a str), next_match next_match_back []
    |s, a, b| (a, unsafe { s.get_unchecked(a..b) })
}
occurrences! {
    RMatchIndices "The occurrences and where they begin, from the back." (usize, &'a str), next_match_back next_match
    [where P::Searcher<'a>: ReverseSearcher<'a>]
    |s, a, b| (a, unsafe { s.get_unchecked(a..b) })
}
