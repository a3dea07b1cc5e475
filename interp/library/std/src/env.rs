//! Arguments and environment of the program.
//!
//! Invariant: the environment is read from the machine once and is the program's own from then on.
//! To add a function that asks the operating system, call `unsupported`.

use crate::error::Error;
use crate::ffi::{OsStr, OsString};
use crate::fmt;
use crate::io;
use crate::path::PathBuf;
use crate::sys::unsupported;
use crate::sync::{Mutex, PoisonError};
use crate::vec;
use core::intrinsics::host;

/// The arguments; the first is the program's name.
pub struct Args {
    inner: ArgsOs,
}

/// As `Args`, of any bytes.
pub struct ArgsOs {
    inner: vec::IntoIter<OsString>,
}

pub fn args() -> Args {
    Args { inner: args_os() }
}

pub fn args_os() -> ArgsOs {
    let mut list = Vec::new();
    let count = host::arg_count();
    let mut i = 0;
    while i < count {
        let len = host::arg_len(i);
        let mut bytes: Vec<u8> = Vec::with_capacity(len);
        unsafe {
            host::arg_copy(i, bytes.as_mut_ptr());
            bytes.set_len(len);
            list.push(OsString::from_encoded_bytes_unchecked(bytes));
        }
        i += 1;
    }
    ArgsOs { inner: list.into_iter() }
}

impl Iterator for Args {
    type Item = String;

    fn next(&mut self) -> Option<String> {
        self.inner.next().map(|s| s.into_string().unwrap())
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.inner.size_hint()
    }
}

impl ExactSizeIterator for Args {}

impl DoubleEndedIterator for Args {
    fn next_back(&mut self) -> Option<String> {
        self.inner.next_back().map(|s| s.into_string().unwrap())
    }
}

impl fmt::Debug for Args {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Args").field("inner", &self.inner.inner.as_slice()).finish()
    }
}

impl Iterator for ArgsOs {
    type Item = OsString;

    fn next(&mut self) -> Option<OsString> {
        self.inner.next()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.inner.size_hint()
    }
}

impl ExactSizeIterator for ArgsOs {}

impl DoubleEndedIterator for ArgsOs {
    fn next_back(&mut self) -> Option<OsString> {
        self.inner.next_back()
    }
}

impl fmt::Debug for ArgsOs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ArgsOs").field("inner", &self.inner.as_slice()).finish()
    }
}

/// The variables, once read; later changes are made here.
static VARIABLES: Mutex<Option<Vec<(OsString, OsString)>>> = Mutex::new(None);

fn with_variables<R>(f: impl FnOnce(&mut Vec<(OsString, OsString)>) -> R) -> R {
    let mut guard = VARIABLES.lock().unwrap_or_else(PoisonError::into_inner);
    f(guard.get_or_insert_with(read_variables))
}

fn read_variables() -> Vec<(OsString, OsString)> {
    let mut list = Vec::new();
    let count = host::env_count();
    let mut i = 0;
    while i < count {
        let len = host::env_len(i);
        let mut bytes: Vec<u8> = Vec::with_capacity(len);
        unsafe {
            host::env_copy(i, bytes.as_mut_ptr());
            bytes.set_len(len);
            if let Some(at) = bytes.iter().position(|b| *b == b'=') {
                let value = bytes.split_off(at + 1);
                bytes.truncate(at);
                let name = OsString::from_encoded_bytes_unchecked(bytes);
                list.push((name, OsString::from_encoded_bytes_unchecked(value)));
            }
        }
        i += 1;
    }
    list
}

/// Why a variable has no value as text.
#[derive(Debug, PartialEq, Eq, Clone)]
pub enum VarError {
    NotPresent,
    NotUnicode(OsString),
}

impl fmt::Display for VarError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            VarError::NotPresent => f.write_str("environment variable not found"),
            VarError::NotUnicode(s) => {
                write!(f, "environment variable was not valid unicode: {s:?}")
            }
        }
    }
}

impl Error for VarError {}

pub fn var<K: AsRef<OsStr>>(key: K) -> Result<String, VarError> {
    match var_os(key) {
        Some(s) => s.into_string().map_err(VarError::NotUnicode),
        None => Err(VarError::NotPresent),
    }
}

pub fn var_os<K: AsRef<OsStr>>(key: K) -> Option<OsString> {
    let key = key.as_ref();
    with_variables(|list| {
        for (name, value) in list.iter() {
            if name.as_os_str() == key {
                return Some(value.clone());
            }
        }
        None
    })
}

#[rustc_deprecated_safe_2024]
pub unsafe fn set_var<K: AsRef<OsStr>, V: AsRef<OsStr>>(key: K, value: V) {
    let key = key.as_ref();
    let value = value.as_ref().to_os_string();
    with_variables(|list| {
        for entry in list.iter_mut() {
            if entry.0.as_os_str() == key {
                entry.1 = value;
                return;
            }
        }
        list.push((key.to_os_string(), value));
    })
}

#[rustc_deprecated_safe_2024]
pub unsafe fn remove_var<K: AsRef<OsStr>>(key: K) {
    let key = key.as_ref();
    with_variables(|list| list.retain(|entry| entry.0.as_os_str() != key))
}

/// The variables that are text.
pub struct Vars {
    inner: VarsOs,
}

/// All variables.
pub struct VarsOs {
    inner: vec::IntoIter<(OsString, OsString)>,
}

pub fn vars() -> Vars {
    Vars { inner: vars_os() }
}

pub fn vars_os() -> VarsOs {
    VarsOs { inner: with_variables(|list| list.clone()).into_iter() }
}

impl Iterator for Vars {
    type Item = (String, String);

    fn next(&mut self) -> Option<(String, String)> {
        self.inner.next().map(|(a, b)| (a.into_string().unwrap(), b.into_string().unwrap()))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.inner.size_hint()
    }
}

impl Iterator for VarsOs {
    type Item = (OsString, OsString);

    fn next(&mut self) -> Option<(OsString, OsString)> {
        self.inner.next()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.inner.size_hint()
    }
}

pub fn current_dir() -> io::Result<PathBuf> {
    unsupported("the file system (`env::current_dir`)")
}

pub fn current_exe() -> io::Result<PathBuf> {
    unsupported("the file system (`env::current_exe`)")
}

pub fn set_current_dir<P: AsRef<crate::path::Path>>(_path: P) -> io::Result<()> {
    unsupported("the file system (`env::set_current_dir`)")
}

pub fn home_dir() -> Option<PathBuf> {
    var_os("HOME").map(PathBuf::from)
}

/// The paths of a list like `PATH`.
pub struct SplitPaths<'a> {
    rest: Option<&'a [u8]>,
}

pub fn split_paths<T: AsRef<OsStr> + ?Sized>(unparsed: &T) -> SplitPaths<'_> {
    SplitPaths { rest: Some(unparsed.as_ref().as_encoded_bytes()) }
}

impl Iterator for SplitPaths<'_> {
    type Item = PathBuf;

    fn next(&mut self) -> Option<PathBuf> {
        let rest = self.rest?;
        let part = match rest.iter().position(|b| *b == b':') {
            Some(at) => {
                self.rest = Some(&rest[at + 1..]);
                &rest[..at]
            }
            None => {
                self.rest = None;
                rest
            }
        };
        Some(PathBuf::from(unsafe { OsString::from_encoded_bytes_unchecked(part.to_vec()) }))
    }
}

/// A path had a `:` in it.
#[derive(Debug)]
pub struct JoinPathsError(());

impl fmt::Display for JoinPathsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("path segment contains separator `:`")
    }
}

impl Error for JoinPathsError {}

pub fn join_paths<I, T>(paths: I) -> Result<OsString, JoinPathsError>
where
    I: IntoIterator<Item = T>,
    T: AsRef<OsStr>,
{
    let mut joined = OsString::new();
    for (i, path) in paths.into_iter().enumerate() {
        let path = path.as_ref();
        if i > 0 {
            joined.push(":");
        }
        if path.as_encoded_bytes().contains(&b':') {
            return Err(JoinPathsError(()));
        }
        joined.push(path);
    }
    Ok(joined)
}

pub fn temp_dir() -> PathBuf {
    match var_os("TMPDIR") {
        Some(dir) => PathBuf::from(dir),
        None => PathBuf::from("/tmp"),
    }
}

pub mod consts {
    //! What the program was compiled for.
    pub const ARCH: &str = "x86_64";
    pub const FAMILY: &str = "unix";
    pub const OS: &str = "linux";
    pub const DLL_PREFIX: &str = "lib";
    pub const DLL_SUFFIX: &str = ".so";
    pub const DLL_EXTENSION: &str = "so";
    pub const EXE_SUFFIX: &str = "";
    pub const EXE_EXTENSION: &str = "";
}
