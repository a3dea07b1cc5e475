//! Strings: `str`, its methods and iterators.
//!
//! What allocates (`to_string`, `replace`, `to_uppercase`, ...) belongs to `alloc`.

use crate::intrinsics;
use crate::slice::SliceIndex;

mod converts;
mod error;
mod iter;
mod lossy;
pub mod pattern;
mod split;
mod traits;

use self::pattern::{DoubleEndedSearcher, Pattern, ReverseSearcher, Searcher};

pub use self::converts::{from_utf8, from_utf8_mut, from_utf8_unchecked, from_utf8_unchecked_mut};
pub use self::error::{ParseBoolError, Utf8Error};
pub use self::iter::{Bytes, CharIndices, Chars, EncodeUtf16, EscapeDebug, EscapeDefault, EscapeUnicode, Lines};
pub use self::iter::{SplitAsciiWhitespace, SplitWhitespace};
pub use self::lossy::{Utf8Chunk, Utf8Chunks};
pub use self::split::{MatchIndices, Matches, RMatchIndices, RMatches, RSplit, RSplitN, RSplitTerminator};
pub use self::split::{Split, SplitInclusive, SplitN, SplitTerminator};
pub use self::traits::FromStr;

/// Panics for `start..end` that is no part of the string.
#[cold]
#[track_caller]
const fn slice_error_fail(s: &str, begin: usize, end: usize) -> ! {
    const MAX_DISPLAY: usize = 256;
    let cut = s.floor_char_boundary(MAX_DISPLAY);
    let shown = unsafe { s.get_unchecked(..cut) };
    let ellipsis = if cut < s.len() { "[...]" } else { "" };
    if begin > s.len() {
        panic!("start byte index {begin} is out of bounds of `{shown}`{ellipsis}");
    }
    if end > s.len() {
        panic!("end byte index {end} is out of bounds of `{shown}`{ellipsis}");
    }
    if begin > end {
        panic!("begin > end ({begin} > {end}) when slicing `{shown}`{ellipsis}");
    }
    let (which, index) = if s.is_char_boundary(begin) { ("end", end) } else { ("start", begin) };
    let char_start = s.floor_char_boundary(index);
    let ch = match unsafe { s.get_unchecked(char_start..) }.chars().next() {
        Some(ch) => ch,
        None => '\0',
    };
    let char_end = char_start + ch.len_utf8();
    panic!(
        "{which} byte index {index} is not a char boundary; it is inside {ch:?} (bytes {char_start}..{char_end}) of `{shown}`{ellipsis}",
    );
}

impl str {
    /// The length in bytes.
    #[inline]
    pub const fn len(&self) -> usize {
        intrinsics::ptr_metadata::<str, usize>(self)
    }

    /// Whether it has no bytes.
    #[inline]
    pub const fn is_empty(&self) -> bool {
        intrinsics::ptr_metadata::<str, usize>(self) == 0
    }

    /// A string of bytes, checked to be UTF-8.
    pub const fn from_utf8(v: &[u8]) -> Result<&str, Utf8Error> {
        from_utf8(v)
    }

    /// A mutable string of these bytes, if they are UTF-8.
    pub const fn from_utf8_mut(v: &mut [u8]) -> Result<&mut str, Utf8Error> {
        from_utf8_mut(v)
    }

    /// A mutable string of bytes that are UTF-8.
    pub const unsafe fn from_utf8_unchecked_mut(v: &mut [u8]) -> &mut str {
        unsafe { from_utf8_unchecked_mut(v) }
    }

    /// The part from `begin` to `end`, which must be in bounds and at characters' boundaries.
    #[deprecated(since = "1.29.0", note = "use `get_unchecked(begin..end)` instead")]
    pub unsafe fn slice_unchecked(&self, begin: usize, end: usize) -> &str {
        unsafe { self.get_unchecked(begin..end) }
    }

    /// The part from `begin` to `end`, which must be in bounds and at characters' boundaries, mutable.
    #[deprecated(since = "1.29.0", note = "use `get_unchecked_mut(begin..end)` instead")]
    pub unsafe fn slice_mut_unchecked(&mut self, begin: usize, end: usize) -> &mut str {
        unsafe { self.get_unchecked_mut(begin..end) }
    }

    /// A string of bytes that are UTF-8.
    pub const unsafe fn from_utf8_unchecked(v: &[u8]) -> &str {
        unsafe { from_utf8_unchecked(v) }
    }

    /// Whether a character begins (or the string ends) at an index.
    #[inline]
    pub const fn is_char_boundary(&self, index: usize) -> bool {
        let len = self.len();
        if index >= len {
            return index == len;
        }
        index == 0 || (self.as_bytes()[index] as i8) >= -0x40
    }

    /// The last boundary at or before an index.
    pub const fn floor_char_boundary(&self, index: usize) -> usize {
        if index >= self.len() {
            return self.len();
        }
        let mut i = index;
        while !self.is_char_boundary(i) {
            i -= 1;
        }
        i
    }

    /// The first boundary at or after an index.
    pub const fn ceil_char_boundary(&self, index: usize) -> usize {
        if index >= self.len() {
            return self.len();
        }
        let mut i = index;
        while !self.is_char_boundary(i) {
            i += 1;
        }
        i
    }

    /// The bytes.
    #[inline]
    pub const fn as_bytes(&self) -> &[u8] {
        unsafe { &*(self as *const str as *const [u8]) }
    }

    /// The bytes, mutable; they must be UTF-8 in the end.
    #[inline]
    pub const unsafe fn as_bytes_mut(&mut self) -> &mut [u8] {
        unsafe { &mut *(self as *mut str as *mut [u8]) }
    }

    /// A pointer to the first byte.
    #[inline]
    pub const fn as_ptr(&self) -> *const u8 {
        self as *const str as *const u8
    }

    /// A mutable pointer to the first byte.
    #[inline]
    pub const fn as_mut_ptr(&mut self) -> *mut u8 {
        self as *mut str as *mut u8
    }

    /// The part at a range, if it is one.
    #[inline]
    pub fn get<I: SliceIndex<str>>(&self, i: I) -> Option<&I::Output> {
        i.get(self)
    }

    /// The part at a range, if it is one, mutable.
    #[inline]
    pub fn get_mut<I: SliceIndex<str>>(&mut self, i: I) -> Option<&mut I::Output> {
        i.get_mut(self)
    }

    /// The part at a range, which must be one.
    #[inline]
    pub unsafe fn get_unchecked<I: SliceIndex<str>>(&self, i: I) -> &I::Output {
        unsafe { &*i.get_unchecked(self) }
    }

    /// The part at a range, which must be one, mutable.
    #[inline]
    pub unsafe fn get_unchecked_mut<I: SliceIndex<str>>(&mut self, i: I) -> &mut I::Output {
        unsafe { &mut *i.get_unchecked_mut(self) }
    }

    /// Both parts at an index.
    #[track_caller]
    pub fn split_at(&self, mid: usize) -> (&str, &str) {
        match self.split_at_checked(mid) {
            Some(pair) => pair,
            None => slice_error_fail(self, 0, mid),
        }
    }

    /// Both parts at an index, mutable.
    #[track_caller]
    pub fn split_at_mut(&mut self, mid: usize) -> (&mut str, &mut str) {
        if !self.is_char_boundary(mid) {
            slice_error_fail(self, 0, mid)
        }
        let (a, b) = unsafe { self.as_bytes_mut().split_at_mut(mid) };
        unsafe { (from_utf8_unchecked_mut(a), from_utf8_unchecked_mut(b)) }
    }

    /// Both parts at an index, if a character begins there.
    pub const fn split_at_checked(&self, mid: usize) -> Option<(&str, &str)> {
        if !self.is_char_boundary(mid) {
            return None;
        }
        let (a, b) = self.as_bytes().split_at(mid);
        Some(unsafe { (from_utf8_unchecked(a), from_utf8_unchecked(b)) })
    }

    /// Both parts at an index, if a character begins there, mutable.
    pub fn split_at_mut_checked(&mut self, mid: usize) -> Option<(&mut str, &mut str)> {
        if self.is_char_boundary(mid) { Some(self.split_at_mut(mid)) } else { None }
    }

    /// The characters.
    #[inline]
    pub fn chars(&self) -> Chars<'_> {
        Chars { iter: self.as_bytes().iter() }
    }

    /// The characters and where they begin.
    #[inline]
    pub fn char_indices(&self) -> CharIndices<'_> {
        CharIndices { front_offset: 0, iter: self.chars() }
    }

    /// The bytes, one after the other.
    #[inline]
    pub fn bytes(&self) -> Bytes<'_> {
        Bytes(self.as_bytes().iter().copied())
    }

    /// The parts between white space.
    pub fn split_whitespace(&self) -> SplitWhitespace<'_> {
        SplitWhitespace::new(self)
    }

    /// The parts between ASCII white space.
    pub fn split_ascii_whitespace(&self) -> SplitAsciiWhitespace<'_> {
        SplitAsciiWhitespace::new(self)
    }

    /// The lines, without their ends.
    pub fn lines(&self) -> Lines<'_> {
        Lines::new(self)
    }

    /// The units of UTF-16.
    pub fn encode_utf16(&self) -> EncodeUtf16<'_> {
        EncodeUtf16::new(self)
    }

    /// Whether the pattern occurs.
    pub fn contains<P: Pattern>(&self, pat: P) -> bool {
        pat.is_contained_in(self)
    }

    /// Whether it begins with the pattern.
    pub fn starts_with<P: Pattern>(&self, pat: P) -> bool {
        pat.is_prefix_of(self)
    }

    /// Whether it ends with the pattern.
    pub fn ends_with<P: Pattern>(&self, pat: P) -> bool
    where
        for<'a> P::Searcher<'a>: ReverseSearcher<'a>,
    {
        pat.is_suffix_of(self)
    }

    /// Where the pattern first occurs.
    pub fn find<P: Pattern>(&self, pat: P) -> Option<usize> {
        pat.into_searcher(self).next_match().map(|(i, _)| i)
    }

    /// Where the pattern last occurs.
    pub fn rfind<P: Pattern>(&self, pat: P) -> Option<usize>
    where
        for<'a> P::Searcher<'a>: ReverseSearcher<'a>,
    {
        pat.into_searcher(self).next_match_back().map(|(i, _)| i)
    }

    /// The parts between occurrences of the pattern.
    pub fn split<P: Pattern>(&self, pat: P) -> Split<'_, P> {
        Split::new(self, pat)
    }

    /// The parts that end with the pattern.
    pub fn split_inclusive<P: Pattern>(&self, pat: P) -> SplitInclusive<'_, P> {
        SplitInclusive::new(self, pat)
    }

    /// As `split`, from the back.
    pub fn rsplit<P: Pattern>(&self, pat: P) -> RSplit<'_, P>
    where
        for<'a> P::Searcher<'a>: ReverseSearcher<'a>,
    {
        RSplit::new(self, pat)
    }

    /// As `split`, without an empty part at the end.
    pub fn split_terminator<P: Pattern>(&self, pat: P) -> SplitTerminator<'_, P> {
        SplitTerminator::new(self, pat)
    }

    /// As `split_terminator`, from the back.
    pub fn rsplit_terminator<P: Pattern>(&self, pat: P) -> RSplitTerminator<'_, P>
    where
        for<'a> P::Searcher<'a>: ReverseSearcher<'a>,
    {
        RSplitTerminator::new(self, pat)
    }

    /// As `split`, at most `n` parts.
    pub fn splitn<P: Pattern>(&self, n: usize, pat: P) -> SplitN<'_, P> {
        SplitN::new(self, pat, n)
    }

    /// As `rsplit`, at most `n` parts.
    pub fn rsplitn<P: Pattern>(&self, n: usize, pat: P) -> RSplitN<'_, P>
    where
        for<'a> P::Searcher<'a>: ReverseSearcher<'a>,
    {
        RSplitN::new(self, pat, n)
    }

    /// What is before and after the first occurrence.
    pub fn split_once<P: Pattern>(&self, delimiter: P) -> Option<(&str, &str)> {
        let (start, end) = delimiter.into_searcher(self).next_match()?;
        unsafe { Some((self.get_unchecked(..start), self.get_unchecked(end..))) }
    }

    /// What is before and after the last occurrence.
    pub fn rsplit_once<P: Pattern>(&self, delimiter: P) -> Option<(&str, &str)>
    where
        for<'a> P::Searcher<'a>: ReverseSearcher<'a>,
    {
        let (start, end) = delimiter.into_searcher(self).next_match_back()?;
        unsafe { Some((self.get_unchecked(..start), self.get_unchecked(end..))) }
    }

    /// The occurrences of the pattern.
    pub fn matches<P: Pattern>(&self, pat: P) -> Matches<'_, P> {
        Matches::new(self, pat)
    }

    /// As `matches`, from the back.
    pub fn rmatches<P: Pattern>(&self, pat: P) -> RMatches<'_, P>
    where
        for<'a> P::Searcher<'a>: ReverseSearcher<'a>,
    {
        RMatches::new(self, pat)
    }

    /// The occurrences of the pattern and where they begin.
    pub fn match_indices<P: Pattern>(&self, pat: P) -> MatchIndices<'_, P> {
        MatchIndices::new(self, pat)
    }

    /// As `match_indices`, from the back.
    pub fn rmatch_indices<P: Pattern>(&self, pat: P) -> RMatchIndices<'_, P>
    where
        for<'a> P::Searcher<'a>: ReverseSearcher<'a>,
    {
        RMatchIndices::new(self, pat)
    }

    /// Without white space at both ends.
    pub fn trim(&self) -> &str {
        self.trim_start().trim_end()
    }

    /// Without white space at the beginning.
    pub fn trim_start(&self) -> &str {
        let mut chars = self.chars();
        let mut rest = chars.as_str();
        while let Some(c) = chars.next() {
            if !c.is_whitespace() {
                break;
            }
            rest = chars.as_str();
        }
        rest
    }

    /// Without white space at the end.
    pub fn trim_end(&self) -> &str {
        let mut chars = self.chars();
        let mut rest = chars.as_str();
        while let Some(c) = chars.next_back() {
            if !c.is_whitespace() {
                break;
            }
            rest = chars.as_str();
        }
        rest
    }

    /// The former name of `trim_start`.
    pub fn trim_left(&self) -> &str {
        self.trim_start()
    }

    /// The former name of `trim_end`.
    pub fn trim_right(&self) -> &str {
        self.trim_end()
    }

    /// Without occurrences of the pattern at both ends.
    pub fn trim_matches<P: Pattern>(&self, pat: P) -> &str
    where
        for<'a> P::Searcher<'a>: DoubleEndedSearcher<'a>,
    {
        let mut i = 0;
        let mut j = 0;
        let mut matcher = pat.into_searcher(self);
        if let Some((a, b)) = matcher.next_reject() {
            i = a;
            j = b;
        }
        if let Some((_, b)) = matcher.next_reject_back() {
            j = b;
        }
        unsafe { self.get_unchecked(i..j) }
    }

    /// Without occurrences of the pattern at the beginning.
    pub fn trim_start_matches<P: Pattern>(&self, pat: P) -> &str {
        let mut i = self.len();
        let mut matcher = pat.into_searcher(self);
        if let Some((a, _)) = matcher.next_reject() {
            i = a;
        }
        unsafe { self.get_unchecked(i..) }
    }

    /// Without occurrences of the pattern at the end.
    pub fn trim_end_matches<P: Pattern>(&self, pat: P) -> &str
    where
        for<'a> P::Searcher<'a>: ReverseSearcher<'a>,
    {
        let mut j = 0;
        let mut matcher = pat.into_searcher(self);
        if let Some((_, b)) = matcher.next_reject_back() {
            j = b;
        }
        unsafe { self.get_unchecked(..j) }
    }

    /// The former name of `trim_start_matches`.
    pub fn trim_left_matches<P: Pattern>(&self, pat: P) -> &str {
        self.trim_start_matches(pat)
    }

    /// The former name of `trim_end_matches`.
    pub fn trim_right_matches<P: Pattern>(&self, pat: P) -> &str
    where
        for<'a> P::Searcher<'a>: ReverseSearcher<'a>,
    {
        self.trim_end_matches(pat)
    }

    /// The rest after the pattern, if it begins so.
    pub fn strip_prefix<P: Pattern>(&self, prefix: P) -> Option<&str> {
        prefix.strip_prefix_of(self)
    }

    /// The rest before the pattern, if it ends so.
    pub fn strip_suffix<P: Pattern>(&self, suffix: P) -> Option<&str>
    where
        for<'a> P::Searcher<'a>: ReverseSearcher<'a>,
    {
        suffix.strip_suffix_of(self)
    }

    /// Reads a value.
    #[inline]
    pub fn parse<F: FromStr>(&self) -> Result<F, F::Err> {
        FromStr::from_str(self)
    }

    /// Whether all characters are below 128.
    pub const fn is_ascii(&self) -> bool {
        self.as_bytes().is_ascii()
    }

    /// Whether both are equal but for ASCII case.
    pub const fn eq_ignore_ascii_case(&self, other: &str) -> bool {
        self.as_bytes().eq_ignore_ascii_case(other.as_bytes())
    }

    /// Makes `a` to `z` upper case.
    pub const fn make_ascii_uppercase(&mut self) {
        unsafe { self.as_bytes_mut() }.make_ascii_uppercase()
    }

    /// Makes `A` to `Z` lower case.
    pub const fn make_ascii_lowercase(&mut self) {
        unsafe { self.as_bytes_mut() }.make_ascii_lowercase()
    }

    /// Without ASCII white space at the beginning.
    pub const fn trim_ascii_start(&self) -> &str {
        unsafe { from_utf8_unchecked(self.as_bytes().trim_ascii_start()) }
    }

    /// Without ASCII white space at the end.
    pub const fn trim_ascii_end(&self) -> &str {
        unsafe { from_utf8_unchecked(self.as_bytes().trim_ascii_end()) }
    }

    /// Without ASCII white space at both ends.
    pub const fn trim_ascii(&self) -> &str {
        unsafe { from_utf8_unchecked(self.as_bytes().trim_ascii()) }
    }

    /// The characters of all escapes as `Debug` writes them.
    pub fn escape_debug(&self) -> EscapeDebug<'_> {
        EscapeDebug::new(self)
    }

    /// The characters of all escapes, ASCII only.
    pub fn escape_default(&self) -> EscapeDefault<'_> {
        EscapeDefault::new(self)
    }

    /// The characters of all escapes as `\u{...}`.
    pub fn escape_unicode(&self) -> EscapeUnicode<'_> {
        EscapeUnicode::new(self)
    }
}

impl AsRef<[u8]> for str {
    #[inline]
    fn as_ref(&self) -> &[u8] {
        self.as_bytes()
    }
}

impl Default for &str {
    fn default() -> Self {
        ""
    }
}

impl Default for &mut str {
    fn default() -> Self {
        unsafe { from_utf8_unchecked_mut(&mut []) }
    }
}
