//! The standard traits of `String`: text, comparison, operators, collecting.
//!
//! To compare a string with another type, or collect one from another item, add a line below.

use super::String;
use crate::borrow::Cow;
use crate::boxed::Box;
use core::fmt;
use core::hash::{Hash, Hasher};
use core::iter::Extend;
use core::ops::{Add, AddAssign, Index, IndexMut};
use core::slice::SliceIndex;
use core::str::pattern::Pattern;

impl Clone for String {
    fn clone(&self) -> String {
        String { vec: self.vec.clone() }
    }

    fn clone_from(&mut self, source: &String) {
        self.clear();
        self.push_str(source.as_str());
    }
}

impl Default for String {
    fn default() -> String {
        String::new()
    }
}

impl fmt::Display for String {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self.as_str(), f)
    }
}

impl fmt::Debug for String {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl fmt::Write for String {
    fn write_str(&mut self, s: &str) -> fmt::Result {
        self.push_str(s);
        Ok(())
    }

    fn write_char(&mut self, c: char) -> fmt::Result {
        self.push(c);
        Ok(())
    }
}

impl Hash for String {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        hasher.write(self.vec.as_slice());
        hasher.write_u8(0xff);
    }
}

impl Add<&str> for String {
    type Output = String;

    fn add(mut self, other: &str) -> String {
        self.push_str(other);
        self
    }
}

impl AddAssign<&str> for String {
    fn add_assign(&mut self, other: &str) {
        self.push_str(other);
    }
}

impl<I: SliceIndex<str>> Index<I> for String {
    type Output = I::Output;

    #[track_caller]
    fn index(&self, index: I) -> &I::Output {
        SliceIndex::index(index, self.as_str())
    }
}

impl<I: SliceIndex<str>> IndexMut<I> for String {
    #[track_caller]
    fn index_mut(&mut self, index: I) -> &mut I::Output {
        SliceIndex::index_mut(index, self.as_mut_str())
    }
}

macro_rules! str_eq {
    ($($lhs:ty, $rhs:ty;)*) => {$(
        impl<'a, 'b> PartialEq<$rhs> for $lhs {
            fn eq(&self, other: &$rhs) -> bool {
                PartialEq::eq(&self[..], &other[..])
            }
        }

        impl<'a, 'b> PartialEq<$lhs> for $rhs {
            fn eq(&self, other: &$lhs) -> bool {
                PartialEq::eq(&self[..], &other[..])
            }
        }
    )*};
}

str_eq! {
    String, str;
    String, &'a str;
    Cow<'a, str>, str;
    Cow<'a, str>, &'b str;
    Cow<'a, str>, String;
}

impl AsRef<str> for String {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl AsMut<str> for String {
    fn as_mut(&mut self) -> &mut str {
        self.as_mut_str()
    }
}

impl AsRef<[u8]> for String {
    fn as_ref(&self) -> &[u8] {
        self.as_bytes()
    }
}

/// Adds one item of a kind that text can be collected from.
macro_rules! collect_from {
    ($([$($life:lifetime)?] $item:ty, $push:expr;)*) => {$(
        impl<$($life)?> Extend<$item> for String {
            fn extend<I: IntoIterator<Item = $item>>(&mut self, iter: I) {
                let mut iter = iter.into_iter();
                while let Some(item) = iter.next() {
                    $push(&mut *self, item);
                }
            }
        }

        impl<$($life)?> FromIterator<$item> for String {
            fn from_iter<I: IntoIterator<Item = $item>>(iter: I) -> String {
                let mut buf = String::new();
                buf.extend(iter);
                buf
            }
        }
    )*};
}

collect_from! {
    ['a] &'a char, |s: &mut String, c: &'a char| s.push(*c);
    ['a] &'a str, String::push_str;
    [] String, |s: &mut String, t: String| s.push_str(t.as_str());
    [] Box<str>, |s: &mut String, t: Box<str>| s.push_str(&t);
    ['a] Cow<'a, str>, |s: &mut String, t: Cow<'a, str>| s.push_str(&t);
}

impl Extend<char> for String {
    fn extend<I: IntoIterator<Item = char>>(&mut self, iter: I) {
        let mut iter = iter.into_iter();
        let (low, _) = iter.size_hint();
        self.reserve(low);
        while let Some(c) = iter.next() {
            self.push(c);
        }
    }
}

impl FromIterator<char> for String {
    fn from_iter<I: IntoIterator<Item = char>>(iter: I) -> String {
        let mut buf = String::new();
        buf.extend(iter);
        buf
    }
}

impl<'b> Pattern for &'b String {
    type Searcher<'a> = <&'b str as Pattern>::Searcher<'a>;

    fn into_searcher<'a>(self, haystack: &'a str) -> Self::Searcher<'a> {
        self.as_str().into_searcher(haystack)
    }
}
