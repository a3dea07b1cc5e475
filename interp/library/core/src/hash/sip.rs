//! SipHash-1-3: one round for each word, three at the end.

use super::Hasher;

/// The hasher of `std`'s maps.
#[derive(Debug, Clone)]
pub struct SipHasher13 {
    k0: u64,
    k1: u64,
    v0: u64,
    v1: u64,
    v2: u64,
    v3: u64,
    /// Bytes that do not fill a word yet, and how many.
    tail: u64,
    ntail: usize,
    length: usize,
}

macro_rules! round {
    ($v0:ident $v1:ident $v2:ident $v3:ident) => {
        $v0 = $v0.wrapping_add($v1);
        $v1 = ($v1 << 13) | ($v1 >> 51);
        $v1 ^= $v0;
        $v0 = ($v0 << 32) | ($v0 >> 32);
        $v2 = $v2.wrapping_add($v3);
        $v3 = ($v3 << 16) | ($v3 >> 48);
        $v3 ^= $v2;
        $v0 = $v0.wrapping_add($v3);
        $v3 = ($v3 << 21) | ($v3 >> 43);
        $v3 ^= $v0;
        $v2 = $v2.wrapping_add($v1);
        $v1 = ($v1 << 17) | ($v1 >> 47);
        $v1 ^= $v2;
        $v2 = ($v2 << 32) | ($v2 >> 32);
    };
}

impl SipHasher13 {
    /// With zero keys.
    pub const fn new() -> SipHasher13 {
        SipHasher13::new_with_keys(0, 0)
    }

    /// With two keys.
    pub const fn new_with_keys(k0: u64, k1: u64) -> SipHasher13 {
        SipHasher13 {
            k0,
            k1,
            v0: k0 ^ 0x736f6d6570736575,
            v1: k1 ^ 0x646f72616e646f6d,
            v2: k0 ^ 0x6c7967656e657261,
            v3: k1 ^ 0x7465646279746573,
            tail: 0,
            ntail: 0,
            length: 0,
        }
    }

    #[inline]
    fn word(&mut self, m: u64) {
        let (mut v0, mut v1, mut v2, mut v3) = (self.v0, self.v1, self.v2, self.v3 ^ m);
        round! { v0 v1 v2 v3 }
        self.v0 = v0 ^ m;
        self.v1 = v1;
        self.v2 = v2;
        self.v3 = v3;
    }

    /// Feeds the `size` (at most 8) low bytes of a number.
    #[inline]
    fn short(&mut self, x: u64, size: usize) {
        self.length += size;
        let ntail = self.ntail;
        self.tail |= x << (8 * ntail);
        if ntail + size < 8 {
            self.ntail = ntail + size;
            return;
        }
        let full = self.tail;
        self.word(full);
        let used = 8 - ntail;
        self.ntail = size - used;
        self.tail = if used < 8 { x >> (8 * used) } else { 0 };
    }
}

impl Default for SipHasher13 {
    fn default() -> SipHasher13 {
        SipHasher13::new()
    }
}

impl Hasher for SipHasher13 {
    fn write(&mut self, bytes: &[u8]) {
        let len = bytes.len();
        let mut i = 0;
        while i + 8 <= len {
            let word = unsafe { (bytes.as_ptr().add(i) as *const u64).read_unaligned() };
            self.short(word, 8);
            i += 8;
        }
        if i < len {
            let mut rest = 0;
            let mut shift = 0;
            let size = len - i;
            while i < len {
                rest |= (bytes[i] as u64) << shift;
                shift += 8;
                i += 1;
            }
            self.short(rest, size);
        }
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

    fn write_usize(&mut self, i: usize) {
        self.short(i as u64, 8);
    }

    fn write_u128(&mut self, i: u128) {
        self.short(i as u64, 8);
        self.short((i >> 64) as u64, 8);
    }

    fn finish(&self) -> u64 {
        let b = ((self.length as u64 & 0xff) << 56) | self.tail;
        let (mut v0, mut v1, mut v2, mut v3) = (self.v0, self.v1, self.v2, self.v3 ^ b);
        round! { v0 v1 v2 v3 }
        v0 ^= b;
        v2 ^= 0xff;
        round! { v0 v1 v2 v3 }
        round! { v0 v1 v2 v3 }
        round! { v0 v1 v2 v3 }
        v0 ^ v1 ^ v2 ^ v3
    }
}
