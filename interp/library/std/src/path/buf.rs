//! `PathBuf`: a path that owns its bytes.

use super::Path;
use crate::collections::TryReserveError;
use crate::ffi::{OsStr, OsString};
use crate::ops::Deref;

/// A path, owned.
pub struct PathBuf {
    pub(super) inner: OsString,
}

impl PathBuf {
    pub const fn new() -> PathBuf {
        PathBuf { inner: OsString::new() }
    }

    pub fn with_capacity(capacity: usize) -> PathBuf {
        PathBuf { inner: OsString::with_capacity(capacity) }
    }

    pub fn as_path(&self) -> &Path {
        Path::new(&self.inner)
    }

    pub fn push<P: AsRef<Path>>(&mut self, path: P) {
        let path = path.as_ref();
        let bytes = self.inner.as_mut_vec();
        if path.is_absolute() {
            bytes.clear();
        } else if !bytes.is_empty() && bytes.last() != Some(&b'/') {
            bytes.push(b'/');
        }
        bytes.extend_from_slice(path.bytes());
    }

    pub fn pop(&mut self) -> bool {
        match self.parent().map(|p| p.bytes().len()) {
            Some(len) => {
                self.inner.as_mut_vec().truncate(len);
                true
            }
            None => false,
        }
    }

    pub fn set_file_name<S: AsRef<OsStr>>(&mut self, file_name: S) {
        if self.file_name().is_some() {
            self.pop();
        }
        self.push(Path::new(file_name.as_ref()));
    }

    pub fn set_extension<S: AsRef<OsStr>>(&mut self, extension: S) -> bool {
        let end = match self.file_stem() {
            None => return false,
            Some(stem) => {
                let stem = stem.as_encoded_bytes();
                stem.as_ptr().addr() + stem.len() - self.bytes().as_ptr().addr()
            }
        };
        let bytes = self.inner.as_mut_vec();
        bytes.truncate(end);
        let extension = extension.as_ref().as_encoded_bytes();
        if !extension.is_empty() {
            bytes.push(b'.');
            bytes.extend_from_slice(extension);
        }
        true
    }

    pub fn add_extension<S: AsRef<OsStr>>(&mut self, extension: S) -> bool {
        let end = match self.file_name() {
            None => return false,
            Some(name) => {
                let name = name.as_encoded_bytes();
                name.as_ptr().addr() + name.len() - self.bytes().as_ptr().addr()
            }
        };
        let extension = extension.as_ref().as_encoded_bytes();
        if !extension.is_empty() {
            let bytes = self.inner.as_mut_vec();
            bytes.truncate(end);
            bytes.push(b'.');
            bytes.extend_from_slice(extension);
        }
        true
    }

    pub fn into_os_string(self) -> OsString {
        self.inner
    }

    pub fn into_boxed_path(self) -> Box<Path> {
        let raw = Box::into_raw(self.inner.into_boxed_os_str()) as *mut Path;
        unsafe { Box::from_raw(raw) }
    }

    pub fn capacity(&self) -> usize {
        self.inner.capacity()
    }

    pub fn clear(&mut self) {
        self.inner.clear();
    }

    pub fn reserve(&mut self, additional: usize) {
        self.inner.reserve(additional);
    }

    pub fn reserve_exact(&mut self, additional: usize) {
        self.inner.reserve_exact(additional);
    }

    pub fn try_reserve(&mut self, additional: usize) -> Result<(), TryReserveError> {
        self.inner.try_reserve(additional)
    }

    pub fn try_reserve_exact(&mut self, additional: usize) -> Result<(), TryReserveError> {
        self.inner.try_reserve_exact(additional)
    }

    pub fn shrink_to_fit(&mut self) {
        self.inner.shrink_to_fit();
    }

    pub fn shrink_to(&mut self, min_capacity: usize) {
        self.inner.shrink_to(min_capacity);
    }

    pub fn as_mut_os_string(&mut self) -> &mut OsString {
        &mut self.inner
    }

    pub fn leak<'a>(self) -> &'a mut Path {
        let text: *mut OsStr = self.inner.leak();
        unsafe { &mut *(text as *mut Path) }
    }
}

impl Deref for PathBuf {
    type Target = Path;

    fn deref(&self) -> &Path {
        self.as_path()
    }
}
