//! `RandomState` and `DefaultHasher`: SipHash-1-3.
//!
//! Invariants: what is hashed is a sequence of bytes, however it is cut into writes; `tail` holds
//! the last `ntail` (less than 8) of them. Keys come from the run's random generator, one pair per
//! thread, and grow by one with each `RandomState`.

use crate::cell::Cell;
use crate::fmt;
use crate::hash::{BuildHasher, Hasher};
use core::intrinsics::host;

/// Builds hashers with random keys.
#[derive(Clone)]
pub struct RandomState {
    k0: u64,
    k1: u64,
}

#[thread_local]
static KEYS: Cell<Option<(u64, u64)>> = Cell::new(None);

impl RandomState {
    pub fn new() -> RandomState {
        let (k0, k1) = match KEYS.get() {
            Some(keys) => keys,
            None => (host::random_u64(), host::random_u64()),
        };
        KEYS.set(Some((k0.wrapping_add(1), k1)));
        RandomState { k0, k1 }
    }
}

impl BuildHasher for RandomState {
    type Hasher = DefaultHasher;

    fn build_hasher(&self) -> DefaultHasher {
        DefaultHasher::with_keys(self.k0, self.k1)
    }
}

impl Default for RandomState {
    fn default() -> RandomState {
        RandomState::new()
    }
}

impl fmt::Debug for RandomState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RandomState").finish_non_exhaustive()
    }
}

/// The hasher of maps and sets.
#[derive(Clone)]
pub struct DefaultHasher {
    v0: u64,
    v1: u64,
    v2: u64,
    v3: u64,
    tail: u64,
    ntail: u32,
    length: u64,
}

/// One round of SipHash over four words.
macro_rules! sip_round {
    ($v0:ident, $v1:ident, $v2:ident, $v3:ident) => {
        $v0 = wrapping_add($v0, $v1);
        $v2 = wrapping_add($v2, $v3);
        $v1 = rotate_left($v1, 13) ^ $v0;
        $v3 = rotate_left($v3, 16) ^ $v2;
        $v0 = rotate_left($v0, 32);
        $v2 = wrapping_add($v2, $v1);
        $v0 = wrapping_add($v0, $v3);
        $v1 = rotate_left($v1, 17) ^ $v2;
        $v3 = rotate_left($v3, 21) ^ $v0;
        $v2 = rotate_left($v2, 32);
    };
}

use core::intrinsics::{rotate_left, wrapping_add};

impl DefaultHasher {
    pub const fn new() -> DefaultHasher {
        DefaultHasher::with_keys(0, 0)
    }

    const fn with_keys(k0: u64, k1: u64) -> DefaultHasher {
        DefaultHasher {
            v0: k0 ^ 0x736f_6d65_7073_6575,
            v1: k1 ^ 0x646f_7261_6e64_6f6d,
            v2: k0 ^ 0x6c79_6765_6e65_7261,
            v3: k1 ^ 0x7465_6462_7974_6573,
            tail: 0,
            ntail: 0,
            length: 0,
        }
    }

    /// Takes in a whole word.
    fn word(&mut self, m: u64) {
        let mut v0 = self.v0;
        let mut v1 = self.v1;
        let mut v2 = self.v2;
        let mut v3 = self.v3 ^ m;
        sip_round!(v0, v1, v2, v3);
        self.v0 = v0 ^ m;
        self.v1 = v1;
        self.v2 = v2;
        self.v3 = v3;
    }

    /// Takes in the low `size` bytes of `x`.
    fn short(&mut self, x: u64, size: u32) {
        self.length += size as u64;
        let filled = self.ntail;
        let m = if filled == 0 { x } else { self.tail | (x << (8 * filled)) };
        let now = filled + size;
        if now < 8 {
            self.tail = m;
            self.ntail = now;
            return;
        }
        self.word(m);
        let rest = now - 8;
        self.ntail = rest;
        self.tail = if rest == 0 { 0 } else { x >> (8 * (size - rest)) };
    }
}

/// The `len` (less than 8) bytes at `ptr` as a little-endian number.
unsafe fn load(ptr: *const u8, len: usize) -> u64 {
    let mut out = 0;
    let mut i = 0;
    while i < len {
        out |= unsafe { *ptr.add(i) as u64 } << (8 * i as u32);
        i += 1;
    }
    out
}

impl Hasher for DefaultHasher {
    fn write(&mut self, bytes: &[u8]) {
        let len = bytes.len();
        let ptr = bytes.as_ptr();
        let mut i = 0;
        unsafe {
            while len - i >= 8 {
                let word = core::ptr::read_unaligned(ptr.add(i) as *const u64);
                self.short(word, 8);
                i += 8;
            }
            if i < len {
                self.short(load(ptr.add(i), len - i), (len - i) as u32);
            }
        }
    }

    fn write_str(&mut self, s: &str) {
        self.write(s.as_bytes());
        self.short(0xff, 1);
    }

    fn write_u8(&mut self, i: u8) {
        self.short(i as u64, 1);
    }

    fn write_u16(&mut self, i: u16) {
        self.short(i as u64, 2);
    }

    fn write_u32(&mut self, i: u32) {
        self.short(i as u64, 4);
    }

    fn write_u64(&mut self, i: u64) {
        self.short(i, 8);
    }

    fn write_u128(&mut self, i: u128) {
        self.short(i as u64, 8);
        self.short((i >> 64) as u64, 8);
    }

    fn write_usize(&mut self, i: usize) {
        self.short(i as u64, 8);
    }

    fn write_i8(&mut self, i: i8) {
        self.short(i as u8 as u64, 1);
    }

    fn write_i16(&mut self, i: i16) {
        self.short(i as u16 as u64, 2);
    }

    fn write_i32(&mut self, i: i32) {
        self.short(i as u32 as u64, 4);
    }

    fn write_i64(&mut self, i: i64) {
        self.short(i as u64, 8);
    }

    fn write_isize(&mut self, i: isize) {
        self.short(i as u64, 8);
    }

    fn finish(&self) -> u64 {
        let m = ((self.length & 0xff) << 56) | self.tail;
        let mut v0 = self.v0;
        let mut v1 = self.v1;
        let mut v2 = self.v2;
        let mut v3 = self.v3 ^ m;
        sip_round!(v0, v1, v2, v3);
        v0 = v0 ^ m;
        v2 = v2 ^ 0xff;
        sip_round!(v0, v1, v2, v3);
        sip_round!(v0, v1, v2, v3);
        sip_round!(v0, v1, v2, v3);
        v0 ^ v1 ^ v2 ^ v3
    }
}

impl Default for DefaultHasher {
    fn default() -> DefaultHasher {
        DefaultHasher::new()
    }
}

impl fmt::Debug for DefaultHasher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("DefaultHasher").field(&format_args!("SipHasher13 {{ .. }}")).finish()
    }
}
