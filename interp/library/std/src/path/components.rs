//! The components of a path.
//!
//! Invariants: `lead` is the root, or a dot at the very beginning, as long as it was not handed out;
//! `start..end` is what is left behind it. Dots and empty components elsewhere do not count.

use super::Path;
use crate::cmp::Ordering;
use crate::ffi::OsStr;
use crate::fmt;
use crate::hash::{Hash, Hasher};
use crate::iter::FusedIterator;

/// A drive letter or the like, which Unix does not have.
#[derive(Copy, Clone, Debug, Hash, PartialOrd, Ord, PartialEq, Eq)]
pub enum Prefix<'a> {
    Verbatim(&'a OsStr),
    VerbatimUNC(&'a OsStr, &'a OsStr),
    VerbatimDisk(u8),
    DeviceNS(&'a OsStr),
    UNC(&'a OsStr, &'a OsStr),
    Disk(u8),
}

/// A prefix as it was written.
#[derive(Copy, Clone, Debug, Hash, PartialOrd, Ord, PartialEq, Eq)]
pub struct PrefixComponent<'a> {
    raw: &'a OsStr,
    parsed: Prefix<'a>,
}

impl<'a> PrefixComponent<'a> {
    pub fn kind(&self) -> Prefix<'a> {
        self.parsed
    }

    pub fn as_os_str(&self) -> &'a OsStr {
        self.raw
    }
}

/// One component of a path.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Component<'a> {
    Prefix(PrefixComponent<'a>),
    RootDir,
    CurDir,
    ParentDir,
    Normal(&'a OsStr),
}

impl<'a> Component<'a> {
    pub fn as_os_str(self) -> &'a OsStr {
        match self {
            Component::Prefix(p) => p.as_os_str(),
            Component::RootDir => OsStr::new("/"),
            Component::CurDir => OsStr::new("."),
            Component::ParentDir => OsStr::new(".."),
            Component::Normal(path) => path,
        }
    }
}

impl AsRef<OsStr> for Component<'_> {
    fn as_ref(&self) -> &OsStr {
        self.as_os_str()
    }
}

impl AsRef<Path> for Component<'_> {
    fn as_ref(&self) -> &Path {
        Path::new(self.as_os_str())
    }
}

/// The components of a path, from either end.
#[derive(Clone)]
pub struct Components<'a> {
    path: &'a [u8],
    lead: Option<Component<'a>>,
    start: usize,
    end: usize,
}

impl<'a> Components<'a> {
    pub(super) fn new(path: &'a [u8]) -> Components<'a> {
        let lead = if path.first() == Some(&b'/') {
            Some(Component::RootDir)
        } else if path == b"." || path.starts_with(b"./") {
            Some(Component::CurDir)
        } else {
            None
        };
        let start = if lead.is_some() { 1 } else { 0 };
        Components { path, lead, start, end: path.len() }
    }

    /// What a piece between separators is; none if it does not count.
    fn parse(piece: &'a [u8]) -> Option<Component<'a>> {
        match piece {
            b"" | b"." => None,
            b".." => Some(Component::ParentDir),
            _ => Some(Component::Normal(unsafe { OsStr::from_encoded_bytes_unchecked(piece) })),
        }
    }

    /// Where the first piece ends.
    fn first_end(&self) -> usize {
        let mut at = self.start;
        while at < self.end && self.path[at] != b'/' {
            at += 1;
        }
        at
    }

    /// Where the last piece begins.
    fn last_start(&self) -> usize {
        let mut at = self.end;
        while at > self.start && self.path[at - 1] != b'/' {
            at -= 1;
        }
        at
    }

    fn trim_front(&mut self) {
        while self.start < self.end {
            let end = self.first_end();
            if Components::parse(&self.path[self.start..end]).is_some() {
                return;
            }
            self.start = if end < self.end { end + 1 } else { self.end };
        }
    }

    fn trim_back(&mut self) {
        while self.start < self.end {
            let start = self.last_start();
            if Components::parse(&self.path[start..self.end]).is_some() {
                return;
            }
            self.end = if start > self.start { start - 1 } else { self.start };
        }
    }

    pub fn as_path(&self) -> &'a Path {
        let mut rest = self.clone();
        rest.trim_back();
        if rest.lead.is_none() {
            rest.trim_front();
        }
        let start = if rest.lead.is_some() { 0 } else { rest.start };
        Path::from_bytes(&self.path[start..rest.end])
    }
}

impl<'a> Iterator for Components<'a> {
    type Item = Component<'a>;

    fn next(&mut self) -> Option<Component<'a>> {
        if self.lead.is_some() {
            return self.lead.take();
        }
        self.trim_front();
        if self.start >= self.end {
            return None;
        }
        let end = self.first_end();
        let component = Components::parse(&self.path[self.start..end]);
        self.start = if end < self.end { end + 1 } else { self.end };
        component
    }
}

impl<'a> DoubleEndedIterator for Components<'a> {
    fn next_back(&mut self) -> Option<Component<'a>> {
        self.trim_back();
        if self.start >= self.end {
            let lead = self.lead.take();
            if lead.is_some() {
                self.start = 0;
                self.end = 0;
            }
            return lead;
        }
        let start = self.last_start();
        let component = Components::parse(&self.path[start..self.end]);
        self.end = if start > self.start { start - 1 } else { self.start };
        component
    }
}

impl FusedIterator for Components<'_> {}

impl fmt::Debug for Components<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        struct List<'a>(Components<'a>);
        impl fmt::Debug for List<'_> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_list().entries(self.0.clone()).finish()
            }
        }
        f.debug_tuple("Components").field(&List(self.clone())).finish()
    }
}

impl<'a> PartialEq for Components<'a> {
    fn eq(&self, other: &Components<'a>) -> bool {
        self.clone().eq(other.clone())
    }
}

impl Eq for Components<'_> {}

impl<'a> PartialOrd for Components<'a> {
    fn partial_cmp(&self, other: &Components<'a>) -> Option<Ordering> {
        Some(self.clone().cmp(other.clone()))
    }
}

impl Ord for Components<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        Iterator::cmp(self.clone(), other.clone())
    }
}

impl Hash for Components<'_> {
    fn hash<H: Hasher>(&self, h: &mut H) {
        for component in self.clone() {
            component.hash(h);
        }
    }
}

impl AsRef<Path> for Components<'_> {
    fn as_ref(&self) -> &Path {
        self.as_path()
    }
}

/// The components as text.
#[derive(Clone)]
pub struct Iter<'a> {
    pub(super) inner: Components<'a>,
}

impl<'a> Iter<'a> {
    pub fn as_path(&self) -> &'a Path {
        self.inner.as_path()
    }
}

impl<'a> Iterator for Iter<'a> {
    type Item = &'a OsStr;

    fn next(&mut self) -> Option<&'a OsStr> {
        self.inner.next().map(Component::as_os_str)
    }
}

impl<'a> DoubleEndedIterator for Iter<'a> {
    fn next_back(&mut self) -> Option<&'a OsStr> {
        self.inner.next_back().map(Component::as_os_str)
    }
}

/// A path, its parent, and so on.
#[derive(Copy, Clone, Debug)]
pub struct Ancestors<'a> {
    pub(super) next: Option<&'a Path>,
}

impl<'a> Iterator for Ancestors<'a> {
    type Item = &'a Path;

    fn next(&mut self) -> Option<&'a Path> {
        let next = self.next;
        self.next = next.and_then(Path::parent);
        next
    }
}

impl FusedIterator for Ancestors<'_> {}
