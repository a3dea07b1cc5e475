//! `String`: growable UTF-8 text.
//!
//! Invariant: the bytes are always valid UTF-8 when other code can see them. To add a method that
//! edits, check char boundaries first; a trait goes to `traits.rs`, a conversion to `convert.rs`.

mod convert;
mod drain;
mod edit;
mod traits;

pub use self::drain::Drain;
pub use self::convert::{FromUtf16Error, FromUtf8Error, ParseError, ToString};

use crate::boxed::Box;
use crate::collections::TryReserveError;
use crate::vec::Vec;
use core::intrinsics::{copy_nonoverlapping, offset, ptr_metadata, transmute_unchecked};
use core::ops::{Deref, DerefMut};

/// UTF-8 text that owns its bytes.
#[derive(PartialEq, PartialOrd, Eq, Ord)]
pub struct String {
    vec: Vec<u8>,
}

impl String {
    pub const fn new() -> String {
        String { vec: Vec::new() }
    }

    #[track_caller]
    pub fn with_capacity(capacity: usize) -> String {
        String { vec: Vec::with_capacity(capacity) }
    }

    pub unsafe fn from_raw_parts(buf: *mut u8, length: usize, capacity: usize) -> String {
        unsafe { String { vec: Vec::from_raw_parts(buf, length, capacity) } }
    }

    pub fn into_raw_parts(self) -> (*mut u8, usize, usize) {
        self.vec.into_raw_parts()
    }

    pub const unsafe fn from_utf8_unchecked(bytes: Vec<u8>) -> String {
        String { vec: bytes }
    }

    pub fn into_bytes(self) -> Vec<u8> {
        self.vec
    }

    pub const fn as_str(&self) -> &str {
        unsafe { transmute_unchecked::<&[u8], &str>(self.vec.as_slice()) }
    }

    pub const fn as_mut_str(&mut self) -> &mut str {
        unsafe { transmute_unchecked::<&mut [u8], &mut str>(self.vec.as_mut_slice()) }
    }

    pub const fn as_bytes(&self) -> &[u8] {
        self.vec.as_slice()
    }

    pub const unsafe fn as_mut_vec(&mut self) -> &mut Vec<u8> {
        &mut self.vec
    }

    pub const fn len(&self) -> usize {
        self.vec.len()
    }

    pub const fn is_empty(&self) -> bool {
        self.vec.len() == 0
    }

    pub const fn capacity(&self) -> usize {
        self.vec.capacity()
    }

    #[track_caller]
    pub fn reserve(&mut self, additional: usize) {
        self.vec.reserve(additional);
    }

    #[track_caller]
    pub fn reserve_exact(&mut self, additional: usize) {
        self.vec.reserve_exact(additional);
    }

    pub fn try_reserve(&mut self, additional: usize) -> Result<(), TryReserveError> {
        self.vec.try_reserve(additional)
    }

    pub fn try_reserve_exact(&mut self, additional: usize) -> Result<(), TryReserveError> {
        self.vec.try_reserve_exact(additional)
    }

    pub fn shrink_to_fit(&mut self) {
        self.vec.shrink_to_fit();
    }

    pub fn shrink_to(&mut self, min_capacity: usize) {
        self.vec.shrink_to(min_capacity);
    }

    pub fn push_str(&mut self, string: &str) {
        let count = ptr_metadata::<str, usize>(string);
        let len = self.vec.len();
        if count > self.vec.capacity() - len {
            self.vec.reserve(count);
        }
        unsafe {
            copy_nonoverlapping(string as *const str as *const u8, offset(self.vec.as_mut_ptr(), len), count);
            self.vec.set_len(len + count);
        }
    }

    pub fn push(&mut self, ch: char) {
        let code = ch as u32;
        if code < 0x80 {
            self.vec.push(code as u8);
        } else {
            self.vec.extend_from_slice(ch.encode_utf8(&mut [0; 4]).as_bytes());
        }
    }

    pub fn pop(&mut self) -> Option<char> {
        let ch = self.chars().next_back()?;
        let new_len = self.len() - ch.len_utf8();
        unsafe { self.vec.set_len(new_len) };
        Some(ch)
    }

    #[track_caller]
    pub fn truncate(&mut self, new_len: usize) {
        if new_len <= self.len() {
            assert!(self.is_char_boundary(new_len));
            self.vec.truncate(new_len);
        }
    }

    pub fn clear(&mut self) {
        self.vec.clear();
    }

    pub fn into_boxed_str(self) -> Box<str> {
        unsafe { crate::str::from_boxed_utf8_unchecked(self.vec.into_boxed_slice()) }
    }

    pub fn leak<'a>(self) -> &'a mut str {
        let bytes = self.vec.leak();
        unsafe { transmute_unchecked::<&mut [u8], &mut str>(bytes) }
    }
}

impl Deref for String {
    type Target = str;

    fn deref(&self) -> &str {
        unsafe { transmute_unchecked::<&[u8], &str>(self.vec.as_slice()) }
    }
}

impl DerefMut for String {
    fn deref_mut(&mut self) -> &mut str {
        unsafe { transmute_unchecked::<&mut [u8], &mut str>(self.vec.as_mut_slice()) }
    }
}

