//! Files: the machine has none, so that every call that needs one ends the run with `unsupported:`. An error would be a
//! wrong answer: the program would go on as it does nowhere else.
//!
//! To let programs have files, the machine must first record them as input.

use crate::fmt;
use crate::io::{self, Read, Seek, SeekFrom, Write};
use crate::path::Path;
use crate::sys::unsupported;

/// An open file; there never is one.
pub struct File {
    never: crate::convert::Infallible,
}

/// How to open a file.
#[derive(Clone, Debug)]
pub struct OpenOptions {
    flags: u32,
}


impl File {
    pub fn open<P: AsRef<Path>>(_path: P) -> io::Result<File> {
        unsupported("the file system (`File::open`)")
    }

    pub fn create<P: AsRef<Path>>(_path: P) -> io::Result<File> {
        unsupported("the file system (`File::create`)")
    }

    pub fn options() -> OpenOptions {
        OpenOptions::new()
    }

    pub fn sync_all(&self) -> io::Result<()> {
        match self.never {}
    }

    pub fn metadata(&self) -> io::Result<Metadata> {
        match self.never {}
    }

    pub fn set_len(&self, _size: u64) -> io::Result<()> {
        match self.never {}
    }
}

impl OpenOptions {
    pub fn new() -> OpenOptions {
        OpenOptions { flags: 0 }
    }

    fn flag(&mut self, bit: u32, on: bool) -> &mut OpenOptions {
        self.flags = if on { self.flags | bit } else { self.flags & !bit };
        self
    }

    pub fn read(&mut self, on: bool) -> &mut OpenOptions {
        self.flag(1, on)
    }

    pub fn write(&mut self, on: bool) -> &mut OpenOptions {
        self.flag(2, on)
    }

    pub fn append(&mut self, on: bool) -> &mut OpenOptions {
        self.flag(4, on)
    }

    pub fn truncate(&mut self, on: bool) -> &mut OpenOptions {
        self.flag(8, on)
    }

    pub fn create(&mut self, on: bool) -> &mut OpenOptions {
        self.flag(16, on)
    }

    pub fn create_new(&mut self, on: bool) -> &mut OpenOptions {
        self.flag(32, on)
    }

    pub fn open<P: AsRef<Path>>(&self, _path: P) -> io::Result<File> {
        unsupported("the file system (`OpenOptions::open`)")
    }
}

impl Read for File {
    fn read(&mut self, _buf: &mut [u8]) -> io::Result<usize> {
        match self.never {}
    }
}

impl Write for File {
    fn write(&mut self, _buf: &[u8]) -> io::Result<usize> {
        match self.never {}
    }

    fn flush(&mut self) -> io::Result<()> {
        match self.never {}
    }
}

impl Seek for File {
    fn seek(&mut self, _pos: SeekFrom) -> io::Result<u64> {
        match self.never {}
    }
}

impl fmt::Debug for File {
    fn fmt(&self, _f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.never {}
    }
}

/// What is known of a file; there never is one.
#[derive(Clone)]
pub struct Metadata {
    never: crate::convert::Infallible,
}

impl Metadata {
    pub fn len(&self) -> u64 {
        match self.never {}
    }

    pub fn is_file(&self) -> bool {
        match self.never {}
    }

    pub fn is_dir(&self) -> bool {
        match self.never {}
    }
}

/// An entry of a directory; there never is one.
pub struct DirEntry {
    never: crate::convert::Infallible,
}

impl DirEntry {
    pub fn path(&self) -> crate::path::PathBuf {
        match self.never {}
    }

    pub fn file_name(&self) -> crate::ffi::OsString {
        match self.never {}
    }

    pub fn metadata(&self) -> io::Result<Metadata> {
        match self.never {}
    }
}

/// The entries of a directory; there never is one.
pub struct ReadDir {
    never: crate::convert::Infallible,
}

impl Iterator for ReadDir {
    type Item = io::Result<DirEntry>;

    fn next(&mut self) -> Option<io::Result<DirEntry>> {
        match self.never {}
    }
}

pub fn metadata<P: AsRef<Path>>(_path: P) -> io::Result<Metadata> {
    unsupported("the file system (`fs::metadata`)")
}

pub fn read_dir<P: AsRef<Path>>(_path: P) -> io::Result<ReadDir> {
    unsupported("the file system (`fs::read_dir`)")
}

pub fn canonicalize<P: AsRef<Path>>(_path: P) -> io::Result<crate::path::PathBuf> {
    unsupported("the file system (`fs::canonicalize`)")
}

pub fn read<P: AsRef<Path>>(_path: P) -> io::Result<Vec<u8>> {
    unsupported("the file system (`fs::read`)")
}

pub fn read_to_string<P: AsRef<Path>>(_path: P) -> io::Result<String> {
    unsupported("the file system (`fs::read_to_string`)")
}

pub fn write<P: AsRef<Path>, C: AsRef<[u8]>>(_path: P, _contents: C) -> io::Result<()> {
    unsupported("the file system (`fs::write`)")
}

pub fn copy<P: AsRef<Path>, Q: AsRef<Path>>(_from: P, _to: Q) -> io::Result<u64> {
    unsupported("the file system (`fs::copy`)")
}

pub fn rename<P: AsRef<Path>, Q: AsRef<Path>>(_from: P, _to: Q) -> io::Result<()> {
    unsupported("the file system (`fs::rename`)")
}

pub fn remove_file<P: AsRef<Path>>(_path: P) -> io::Result<()> {
    unsupported("the file system (`fs::remove_file`)")
}

pub fn create_dir<P: AsRef<Path>>(_path: P) -> io::Result<()> {
    unsupported("the file system (`fs::create_dir`)")
}

pub fn create_dir_all<P: AsRef<Path>>(_path: P) -> io::Result<()> {
    unsupported("the file system (`fs::create_dir_all`)")
}

pub fn remove_dir<P: AsRef<Path>>(_path: P) -> io::Result<()> {
    unsupported("the file system (`fs::remove_dir`)")
}

pub fn remove_dir_all<P: AsRef<Path>>(_path: P) -> io::Result<()> {
    unsupported("the file system (`fs::remove_dir_all`)")
}

pub fn exists<P: AsRef<Path>>(_path: P) -> io::Result<bool> {
    unsupported("the file system (`fs::exists`)")
}

pub fn symlink_metadata<P: AsRef<Path>>(_path: P) -> io::Result<Metadata> {
    unsupported("the file system (`fs::symlink_metadata`)")
}

pub fn read_link<P: AsRef<Path>>(_path: P) -> io::Result<crate::path::PathBuf> {
    unsupported("the file system (`fs::read_link`)")
}

pub fn hard_link<P: AsRef<Path>, Q: AsRef<Path>>(_original: P, _link: Q) -> io::Result<()> {
    unsupported("the file system (`fs::hard_link`)")
}

pub fn soft_link<P: AsRef<Path>, Q: AsRef<Path>>(_original: P, _link: Q) -> io::Result<()> {
    unsupported("the file system (`fs::soft_link`)")
}
