//! Paths, as Unix has them.
//!
//! Invariant: a path is any bytes; `/` separates its components, whatever is between two of them.
//! Components are in `components.rs`, owned paths in `buf.rs`, traits in `traits.rs`. Asking the
//! file system is not supported.

mod buf;
mod components;
mod traits;

pub use self::buf::PathBuf;
pub use self::components::{Ancestors, Component, Components, Iter, Prefix, PrefixComponent};

use crate::borrow::Cow;
use crate::error::Error;
use crate::ffi::{OsStr, OsString};
use crate::fmt;
use crate::io;
use crate::sys::unsupported;

/// What separates components.
pub const MAIN_SEPARATOR: char = '/';
pub const MAIN_SEPARATOR_STR: &str = "/";

pub fn is_separator(c: char) -> bool {
    c == '/'
}

/// A path, borrowed.
#[repr(transparent)]
pub struct Path {
    inner: OsStr,
}

/// The path from the root, without asking the file system: `.` and double slashes go, `..` stays, and so does a
/// slash at the end. A relative path begins at the current directory.
pub fn absolute<P: AsRef<Path>>(path: P) -> io::Result<PathBuf> {
    let path = path.as_ref();
    let bytes = path.bytes();
    if bytes.is_empty() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "cannot make an empty path absolute"));
    }
    let mut components = path.components();
    let mut made = if !path.is_absolute() {
        crate::env::current_dir()?
    } else {
        components.next();
        // exactly two slashes at the start may mean something else than one
        PathBuf::from(if bytes.starts_with(b"//") && !bytes.starts_with(b"///") { "//" } else { "/" })
    };
    made.extend(components);
    if bytes.ends_with(b"/") {
        made.push("");
    }
    Ok(made)
}

/// The prefix was not one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StripPrefixError(());

impl fmt::Display for StripPrefixError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("prefix not found")
    }
}

impl Error for StripPrefixError {}

impl Path {
    pub fn new<S: AsRef<OsStr> + ?Sized>(s: &S) -> &Path {
        unsafe { &*(s.as_ref() as *const OsStr as *const Path) }
    }

    fn from_bytes(bytes: &[u8]) -> &Path {
        Path::new(unsafe { OsStr::from_encoded_bytes_unchecked(bytes) })
    }

    fn bytes(&self) -> &[u8] {
        self.inner.as_encoded_bytes()
    }

    pub fn as_os_str(&self) -> &OsStr {
        &self.inner
    }

    pub fn to_str(&self) -> Option<&str> {
        self.inner.to_str()
    }

    pub fn to_string_lossy(&self) -> Cow<'_, str> {
        self.inner.to_string_lossy()
    }

    pub fn to_path_buf(&self) -> PathBuf {
        PathBuf::from(self.inner.to_os_string())
    }

    pub fn is_absolute(&self) -> bool {
        self.has_root()
    }

    pub fn is_relative(&self) -> bool {
        !self.has_root()
    }

    pub fn has_root(&self) -> bool {
        self.bytes().first() == Some(&b'/')
    }

    pub fn parent(&self) -> Option<&Path> {
        let mut comps = self.components();
        match comps.next_back()? {
            Component::Normal(_) | Component::CurDir | Component::ParentDir => Some(comps.as_path()),
            _ => None,
        }
    }

    pub fn ancestors(&self) -> Ancestors<'_> {
        Ancestors { next: Some(self) }
    }

    pub fn file_name(&self) -> Option<&OsStr> {
        match self.components().next_back()? {
            Component::Normal(p) => Some(p),
            _ => None,
        }
    }

    pub fn strip_prefix<P: AsRef<Path>>(&self, base: P) -> Result<&Path, StripPrefixError> {
        let mut rest = self.components();
        for expected in base.as_ref().components() {
            if rest.next() != Some(expected) {
                return Err(StripPrefixError(()));
            }
        }
        Ok(rest.as_path())
    }

    pub fn starts_with<P: AsRef<Path>>(&self, base: P) -> bool {
        self.strip_prefix(base).is_ok()
    }

    pub fn ends_with<P: AsRef<Path>>(&self, child: P) -> bool {
        let mut rest = self.components();
        for expected in child.as_ref().components().rev() {
            if rest.next_back() != Some(expected) {
                return false;
            }
        }
        true
    }

    /// The file name before and after its last dot.
    fn split_file_name(&self) -> (Option<&OsStr>, Option<&OsStr>) {
        let name = match self.file_name() {
            Some(name) => name,
            None => return (None, None),
        };
        let bytes = name.as_encoded_bytes();
        match bytes.iter().rposition(|b| *b == b'.') {
            Some(at) if at > 0 && bytes != b".." => unsafe {
                (
                    Some(OsStr::from_encoded_bytes_unchecked(&bytes[..at])),
                    Some(OsStr::from_encoded_bytes_unchecked(&bytes[at + 1..])),
                )
            },
            _ => (Some(name), None),
        }
    }

    pub fn file_stem(&self) -> Option<&OsStr> {
        self.split_file_name().0
    }

    pub fn extension(&self) -> Option<&OsStr> {
        self.split_file_name().1
    }

    pub fn file_prefix(&self) -> Option<&OsStr> {
        let bytes = self.file_name()?.as_encoded_bytes();
        let end = match bytes.iter().skip(1).position(|b| *b == b'.') {
            Some(at) if bytes != b".." => at + 1,
            _ => bytes.len(),
        };
        Some(unsafe { OsStr::from_encoded_bytes_unchecked(&bytes[..end]) })
    }

    pub fn with_added_extension<S: AsRef<OsStr>>(&self, extension: S) -> PathBuf {
        let mut buf = self.to_path_buf();
        buf.add_extension(extension);
        buf
    }

    pub fn canonicalize(&self) -> io::Result<PathBuf> {
        unsupported("the file system (`Path::canonicalize`)")
    }

    pub fn metadata(&self) -> io::Result<crate::fs::Metadata> {
        crate::fs::metadata(self)
    }

    pub fn read_dir(&self) -> io::Result<crate::fs::ReadDir> {
        crate::fs::read_dir(self)
    }

    pub fn join<P: AsRef<Path>>(&self, path: P) -> PathBuf {
        let mut buf = self.to_path_buf();
        buf.push(path);
        buf
    }

    pub fn with_file_name<S: AsRef<OsStr>>(&self, file_name: S) -> PathBuf {
        let mut buf = self.to_path_buf();
        buf.set_file_name(file_name);
        buf
    }

    pub fn with_extension<S: AsRef<OsStr>>(&self, extension: S) -> PathBuf {
        let mut buf = self.to_path_buf();
        buf.set_extension(extension);
        buf
    }

    pub fn components(&self) -> Components<'_> {
        Components::new(self.bytes())
    }

    pub fn iter(&self) -> Iter<'_> {
        Iter { inner: self.components() }
    }

    pub fn display(&self) -> Display<'_> {
        Display { path: self }
    }

    pub fn exists(&self) -> bool {
        unsupported("the file system (`Path::exists`)")
    }

    pub fn try_exists(&self) -> io::Result<bool> {
        unsupported("the file system (`Path::try_exists`)")
    }

    pub fn is_file(&self) -> bool {
        unsupported("the file system (`Path::is_file`)")
    }

    pub fn is_dir(&self) -> bool {
        unsupported("the file system (`Path::is_dir`)")
    }

    pub fn into_path_buf(self: Box<Path>) -> PathBuf {
        let raw = Box::into_raw(self) as *mut OsStr;
        PathBuf::from(OsString::from(unsafe { Box::from_raw(raw) }))
    }
}

/// Shows a path as well as it can.
pub struct Display<'a> {
    path: &'a Path,
}

impl fmt::Debug for Display<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.path, f)
    }
}

impl fmt::Display for Display<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.path.to_string_lossy(), f)
    }
}
