//! What strings are searched for: characters, sets of them, predicates and strings.

use crate::fmt;
use crate::intrinsics::host;

/// What a string can be searched for.
pub trait Pattern: Sized {
    /// The search.
    type Searcher<'a>: Searcher<'a>;

    /// Begins a search.
    fn into_searcher(self, haystack: &str) -> Self::Searcher<'_>;

    /// Whether it occurs.
    fn is_contained_in(self, haystack: &str) -> bool {
        self.into_searcher(haystack).next_match().is_some()
    }

    /// Whether the string begins with it.
    fn is_prefix_of(self, haystack: &str) -> bool {
        matches!(self.into_searcher(haystack).next(), SearchStep::Match(0, _))
    }

    /// Whether the string ends with it.
    fn is_suffix_of<'a>(self, haystack: &'a str) -> bool
    where
        Self::Searcher<'a>: ReverseSearcher<'a>,
    {
        matches!(self.into_searcher(haystack).next_back(), SearchStep::Match(_, j) if haystack.len() == j)
    }

    /// The rest after it, if the string begins so.
    fn strip_prefix_of(self, haystack: &str) -> Option<&str> {
        match self.into_searcher(haystack).next() {
            SearchStep::Match(0, len) => Some(unsafe { haystack.get_unchecked(len..) }),
            _ => None,
        }
    }

    /// The rest before it, if the string ends so.
    fn strip_suffix_of<'a>(self, haystack: &'a str) -> Option<&'a str>
    where
        Self::Searcher<'a>: ReverseSearcher<'a>,
    {
        match self.into_searcher(haystack).next_back() {
            SearchStep::Match(start, end) if end == haystack.len() => {
                Some(unsafe { haystack.get_unchecked(..start) })
            }
            _ => None,
        }
    }
}

/// A step of a search.
#[derive(Copy, Clone, Eq, PartialEq, Debug)]
pub enum SearchStep {
    /// The pattern occurs here.
    Match(usize, usize),
    /// It does not occur here.
    Reject(usize, usize),
    /// The end.
    Done,
}

/// A search from the front.
pub unsafe trait Searcher<'a> {
    /// The string that is searched.
    fn haystack(&self) -> &'a str;

    /// The next step.
    fn next(&mut self) -> SearchStep;

    /// The next occurrence.
    fn next_match(&mut self) -> Option<(usize, usize)> {
        loop {
            match self.next() {
                SearchStep::Match(a, b) => return Some((a, b)),
                SearchStep::Done => return None,
                _ => {}
            }
        }
    }

    /// The next part where it does not occur.
    fn next_reject(&mut self) -> Option<(usize, usize)> {
        loop {
            match self.next() {
                SearchStep::Reject(a, b) => return Some((a, b)),
                SearchStep::Done => return None,
                _ => {}
            }
        }
    }
}

/// A search from the back too.
pub unsafe trait ReverseSearcher<'a>: Searcher<'a> {
    /// The next step from the back.
    fn next_back(&mut self) -> SearchStep;

    /// The next occurrence from the back.
    fn next_match_back(&mut self) -> Option<(usize, usize)> {
        loop {
            match self.next_back() {
                SearchStep::Match(a, b) => return Some((a, b)),
                SearchStep::Done => return None,
                _ => {}
            }
        }
    }

    /// The next part from the back where it does not occur.
    fn next_reject_back(&mut self) -> Option<(usize, usize)> {
        loop {
            match self.next_back() {
                SearchStep::Reject(a, b) => return Some((a, b)),
                SearchStep::Done => return None,
                _ => {}
            }
        }
    }
}

/// A search that gives the same from both ends.
pub trait DoubleEndedSearcher<'a>: ReverseSearcher<'a> {}

/// The search for one character.
#[derive(Clone, Debug)]
pub struct CharSearcher<'a> {
    haystack: &'a str,
    finger: usize,
    finger_back: usize,
    needle: char,
    utf8_size: u8,
    utf8_encoded: [u8; 4],
}

unsafe impl<'a> Searcher<'a> for CharSearcher<'a> {
    fn haystack(&self) -> &'a str {
        self.haystack
    }

    fn next(&mut self) -> SearchStep {
        let start = self.finger;
        match unsafe { self.haystack.get_unchecked(start..self.finger_back) }.chars().next() {
            Some(c) => {
                self.finger += c.len_utf8();
                if c == self.needle {
                    SearchStep::Match(start, self.finger)
                } else {
                    SearchStep::Reject(start, self.finger)
                }
            }
            None => SearchStep::Done,
        }
    }

    fn next_match(&mut self) -> Option<(usize, usize)> {
        let len = self.finger_back - self.finger;
        let size = self.utf8_size as usize;
        let at = unsafe {
            let from = self.haystack.as_ptr().add(self.finger);
            if size == 1 {
                host::find_byte(from, len, self.utf8_encoded[0])
            } else {
                host::find_bytes(from, len, self.utf8_encoded.as_ptr(), size)
            }
        };
        if at >= len {
            self.finger = self.finger_back;
            return None;
        }
        let start = self.finger + at;
        self.finger = start + size;
        Some((start, self.finger))
    }
}

unsafe impl<'a> ReverseSearcher<'a> for CharSearcher<'a> {
    fn next_back(&mut self) -> SearchStep {
        let end = self.finger_back;
        match unsafe { self.haystack.get_unchecked(self.finger..end) }.chars().next_back() {
            Some(c) => {
                self.finger_back -= c.len_utf8();
                if c == self.needle {
                    SearchStep::Match(self.finger_back, end)
                } else {
                    SearchStep::Reject(self.finger_back, end)
                }
            }
            None => SearchStep::Done,
        }
    }

    fn next_match_back(&mut self) -> Option<(usize, usize)> {
        let len = self.finger_back - self.finger;
        let size = self.utf8_size as usize;
        let at = unsafe {
            let from = self.haystack.as_ptr().add(self.finger);
            host::find_bytes_last(from, len, self.utf8_encoded.as_ptr(), size)
        };
        if at >= len {
            self.finger_back = self.finger;
            return None;
        }
        self.finger_back = self.finger + at;
        Some((self.finger_back, self.finger_back + size))
    }
}

impl<'a> DoubleEndedSearcher<'a> for CharSearcher<'a> {}

impl Pattern for char {
    type Searcher<'a> = CharSearcher<'a>;

    fn into_searcher(self, haystack: &str) -> CharSearcher<'_> {
        let mut utf8_encoded = [0; 4];
        let utf8_size = self.encode_utf8(&mut utf8_encoded).len() as u8;
        CharSearcher { haystack, finger: 0, finger_back: haystack.len(), needle: self, utf8_size, utf8_encoded }
    }

    fn is_prefix_of(self, haystack: &str) -> bool {
        haystack.chars().next() == Some(self)
    }

    fn is_suffix_of<'a>(self, haystack: &'a str) -> bool
    where
        Self::Searcher<'a>: ReverseSearcher<'a>,
    {
        haystack.chars().next_back() == Some(self)
    }
}

/// Sets of characters.
#[doc(hidden)]
pub trait MultiCharEq {
    fn matches(&mut self, c: char) -> bool;
}

impl<F: FnMut(char) -> bool> MultiCharEq for F {
    #[inline]
    fn matches(&mut self, c: char) -> bool {
        (*self)(c)
    }
}

/// Characters that are listed.
#[doc(hidden)]
#[derive(Clone)]
pub struct OneOf<T>(T);

impl<T: AsRef<[char]>> MultiCharEq for OneOf<T> {
    fn matches(&mut self, c: char) -> bool {
        self.0.as_ref().contains(&c)
    }
}

/// The search for characters of a set.
#[derive(Clone)]
pub struct MultiCharEqSearcher<'a, C> {
    set: C,
    haystack: &'a str,
    start: usize,
    end: usize,
}

impl<C> fmt::Debug for MultiCharEqSearcher<'_, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CharPredicateSearcher").field("haystack", &self.haystack).finish_non_exhaustive()
    }
}

impl<'a, C> MultiCharEqSearcher<'a, C> {
    fn new(haystack: &'a str, set: C) -> Self {
        MultiCharEqSearcher { set, haystack, start: 0, end: haystack.len() }
    }
}

unsafe impl<'a, C: MultiCharEq> Searcher<'a> for MultiCharEqSearcher<'a, C> {
    fn haystack(&self) -> &'a str {
        self.haystack
    }

    fn next(&mut self) -> SearchStep {
        let start = self.start;
        match unsafe { self.haystack.get_unchecked(start..self.end) }.chars().next() {
            Some(c) => {
                self.start += c.len_utf8();
                if self.set.matches(c) {
                    SearchStep::Match(start, self.start)
                } else {
                    SearchStep::Reject(start, self.start)
                }
            }
            None => SearchStep::Done,
        }
    }

    fn next_match(&mut self) -> Option<(usize, usize)> {
        let mut chars = unsafe { self.haystack.get_unchecked(self.start..self.end) }.chars();
        while let Some(c) = chars.next() {
            let at = self.start;
            self.start += c.len_utf8();
            if self.set.matches(c) {
                return Some((at, self.start));
            }
        }
        None
    }
}

unsafe impl<'a, C: MultiCharEq> ReverseSearcher<'a> for MultiCharEqSearcher<'a, C> {
    fn next_back(&mut self) -> SearchStep {
        let end = self.end;
        match unsafe { self.haystack.get_unchecked(self.start..end) }.chars().next_back() {
            Some(c) => {
                self.end -= c.len_utf8();
                if self.set.matches(c) {
                    SearchStep::Match(self.end, end)
                } else {
                    SearchStep::Reject(self.end, end)
                }
            }
            None => SearchStep::Done,
        }
    }
}

impl<'a, C: MultiCharEq> DoubleEndedSearcher<'a> for MultiCharEqSearcher<'a, C> {}

impl<F: FnMut(char) -> bool> Pattern for F {
    type Searcher<'a> = MultiCharEqSearcher<'a, F>;

    fn into_searcher(self, haystack: &str) -> MultiCharEqSearcher<'_, F> {
        MultiCharEqSearcher::new(haystack, self)
    }
}

impl<const N: usize> Pattern for [char; N] {
    type Searcher<'a> = MultiCharEqSearcher<'a, OneOf<[char; N]>>;

    fn into_searcher(self, haystack: &str) -> Self::Searcher<'_> {
        MultiCharEqSearcher::new(haystack, OneOf(self))
    }
}

impl<'b, const N: usize> Pattern for &'b [char; N] {
    type Searcher<'a> = MultiCharEqSearcher<'a, OneOf<&'b [char; N]>>;

    fn into_searcher(self, haystack: &str) -> Self::Searcher<'_> {
        MultiCharEqSearcher::new(haystack, OneOf(self))
    }
}

impl<'b> Pattern for &'b [char] {
    type Searcher<'a> = MultiCharEqSearcher<'a, OneOf<&'b [char]>>;

    fn into_searcher(self, haystack: &str) -> Self::Searcher<'_> {
        MultiCharEqSearcher::new(haystack, OneOf(self))
    }
}

/// The search for a string.
#[derive(Clone, Debug)]
pub struct StrSearcher<'a, 'b> {
    haystack: &'a str,
    needle: &'b str,
    start: usize,
    end: usize,
    /// For an empty needle: whether the next step from the front (back) is a match.
    match_front: bool,
    match_back: bool,
    finished: bool,
}

impl<'a, 'b> StrSearcher<'a, 'b> {
    fn find(&self) -> Option<usize> {
        let len = self.end - self.start;
        let at = unsafe {
            let from = self.haystack.as_ptr().add(self.start);
            host::find_bytes(from, len, self.needle.as_ptr(), self.needle.len())
        };
        if at == usize::MAX { None } else { Some(self.start + at) }
    }

    fn find_last(&self) -> Option<usize> {
        let len = self.end - self.start;
        let at = unsafe {
            let from = self.haystack.as_ptr().add(self.start);
            host::find_bytes_last(from, len, self.needle.as_ptr(), self.needle.len())
        };
        if at == usize::MAX { None } else { Some(self.start + at) }
    }
}

unsafe impl<'a, 'b> Searcher<'a> for StrSearcher<'a, 'b> {
    fn haystack(&self) -> &'a str {
        self.haystack
    }

    fn next(&mut self) -> SearchStep {
        let start = self.start;
        if self.needle.is_empty() {
            if self.finished {
                return SearchStep::Done;
            }
            let is_match = self.match_front;
            self.match_front = !is_match;
            if is_match {
                return SearchStep::Match(start, start);
            }
            return match self.haystack[start..].chars().next() {
                Some(c) => {
                    self.start += c.len_utf8();
                    SearchStep::Reject(start, self.start)
                }
                None => {
                    self.finished = true;
                    SearchStep::Done
                }
            };
        }
        if start == self.end {
            return SearchStep::Done;
        }
        match self.find() {
            Some(at) if at == start => {
                self.start = at + self.needle.len();
                SearchStep::Match(at, self.start)
            }
            Some(at) => {
                self.start = at;
                SearchStep::Reject(start, at)
            }
            None => {
                self.start = self.end;
                SearchStep::Reject(start, self.end)
            }
        }
    }

    fn next_match(&mut self) -> Option<(usize, usize)> {
        if self.needle.is_empty() {
            loop {
                match self.next() {
                    SearchStep::Match(a, b) => return Some((a, b)),
                    SearchStep::Done => return None,
                    _ => {}
                }
            }
        }
        match self.find() {
            Some(at) => {
                self.start = at + self.needle.len();
                Some((at, self.start))
            }
            None => {
                self.start = self.end;
                None
            }
        }
    }
}

unsafe impl<'a, 'b> ReverseSearcher<'a> for StrSearcher<'a, 'b> {
    fn next_back(&mut self) -> SearchStep {
        let end = self.end;
        if self.needle.is_empty() {
            if self.finished {
                return SearchStep::Done;
            }
            let is_match = self.match_back;
            self.match_back = !is_match;
            if is_match {
                return SearchStep::Match(end, end);
            }
            return match self.haystack[..end].chars().next_back() {
                Some(c) => {
                    self.end -= c.len_utf8();
                    SearchStep::Reject(self.end, end)
                }
                None => {
                    self.finished = true;
                    SearchStep::Done
                }
            };
        }
        if self.start == end {
            return SearchStep::Done;
        }
        match self.find_last() {
            Some(at) if at + self.needle.len() == end => {
                self.end = at;
                SearchStep::Match(at, end)
            }
            Some(at) => {
                self.end = at + self.needle.len();
                SearchStep::Reject(self.end, end)
            }
            None => {
                self.end = self.start;
                SearchStep::Reject(self.start, end)
            }
        }
    }
}

impl<'b> Pattern for &'b str {
    type Searcher<'a> = StrSearcher<'a, 'b>;

    fn into_searcher(self, haystack: &str) -> StrSearcher<'_, 'b> {
        StrSearcher {
            haystack,
            needle: self,
            start: 0,
            end: haystack.len(),
            match_front: true,
            match_back: true,
            finished: false,
        }
    }

    fn is_prefix_of(self, haystack: &str) -> bool {
        haystack.as_bytes().starts_with(self.as_bytes())
    }

    fn is_suffix_of<'a>(self, haystack: &'a str) -> bool
    where
        Self::Searcher<'a>: ReverseSearcher<'a>,
    {
        haystack.as_bytes().ends_with(self.as_bytes())
    }

    fn strip_prefix_of(self, haystack: &str) -> Option<&str> {
        if self.is_prefix_of(haystack) { Some(unsafe { haystack.get_unchecked(self.len()..) }) } else { None }
    }

    fn strip_suffix_of<'a>(self, haystack: &'a str) -> Option<&'a str>
    where
        Self::Searcher<'a>: ReverseSearcher<'a>,
    {
        if self.is_suffix_of(haystack) {
            Some(unsafe { haystack.get_unchecked(..haystack.len() - self.len()) })
        } else {
            None
        }
    }
}

impl<'b, 'c> Pattern for &'c &'b str {
    type Searcher<'a> = StrSearcher<'a, 'b>;

    fn into_searcher(self, haystack: &str) -> StrSearcher<'_, 'b> {
        (*self).into_searcher(haystack)
    }
}
