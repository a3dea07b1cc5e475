//! Methods that signed and unsigned integers have in common, as one macro.

macro_rules! int_common {
    ($T:ident $U:ident $S:ident $BITS:literal $BYTES:literal) => {
        /// The number of bits.
        pub const BITS: u32 = $BITS;

        /// The number of one bits.
        #[inline]
        pub const fn count_ones(self) -> u32 {
            intrinsics::ctpop(self)
        }

        /// The number of zero bits.
        #[inline]
        pub const fn count_zeros(self) -> u32 {
            intrinsics::ctpop(!self)
        }

        /// The number of leading zero bits.
        #[inline]
        pub const fn leading_zeros(self) -> u32 {
            intrinsics::ctlz(self)
        }

        /// The number of trailing zero bits.
        #[inline]
        pub const fn trailing_zeros(self) -> u32 {
            intrinsics::cttz(self)
        }

        /// The number of leading one bits.
        #[inline]
        pub const fn leading_ones(self) -> u32 {
            intrinsics::ctlz(!self)
        }

        /// The number of trailing one bits.
        #[inline]
        pub const fn trailing_ones(self) -> u32 {
            intrinsics::cttz(!self)
        }

        /// The value with only its highest one bit.
        #[unstable(feature = "isolate_most_least_significant_one")]
        pub const fn isolate_highest_one(self) -> $T {
            if self == 0 { 0 } else { (1 as $U).wrapping_shl($BITS - 1 - intrinsics::ctlz(self)) as $T }
        }

        /// The value with only its lowest one bit.
        #[unstable(feature = "isolate_most_least_significant_one")]
        pub const fn isolate_lowest_one(self) -> $T {
            self & self.wrapping_neg()
        }

        /// Shifts the bits to the left, those that fall out come in at the right.
        #[inline]
        pub const fn rotate_left(self, n: u32) -> $T {
            intrinsics::rotate_left(self, n)
        }

        /// Shifts the bits to the right, those that fall out come in at the left.
        #[inline]
        pub const fn rotate_right(self, n: u32) -> $T {
            intrinsics::rotate_right(self, n)
        }

        /// The bytes in reverse order.
        #[inline]
        pub const fn swap_bytes(self) -> $T {
            intrinsics::bswap(self)
        }

        /// The bits in reverse order.
        #[inline]
        pub const fn reverse_bits(self) -> $T {
            intrinsics::bitreverse(self)
        }

        /// From big endian.
        #[inline]
        pub const fn from_be(x: $T) -> $T {
            intrinsics::bswap(x)
        }

        /// From little endian.
        #[inline]
        pub const fn from_le(x: $T) -> $T {
            x
        }

        /// To big endian.
        #[inline]
        pub const fn to_be(self) -> $T {
            intrinsics::bswap(self)
        }

        /// To little endian.
        #[inline]
        pub const fn to_le(self) -> $T {
            self
        }

        /// `self + rhs` unless it overflows.
        #[inline]
        pub const fn checked_add(self, rhs: $T) -> Option<$T> {
            let (a, b) = intrinsics::add_with_overflow(self, rhs);
            if b { None } else { Some(a) }
        }

        /// `self - rhs` unless it overflows.
        #[inline]
        pub const fn checked_sub(self, rhs: $T) -> Option<$T> {
            let (a, b) = intrinsics::sub_with_overflow(self, rhs);
            if b { None } else { Some(a) }
        }

        /// `self * rhs` unless it overflows.
        #[inline]
        pub const fn checked_mul(self, rhs: $T) -> Option<$T> {
            let (a, b) = intrinsics::mul_with_overflow(self, rhs);
            if b { None } else { Some(a) }
        }

        /// `-self` unless it overflows.
        #[inline]
        pub const fn checked_neg(self) -> Option<$T> {
            let (a, b) = intrinsics::sub_with_overflow(0, self);
            if b { None } else { Some(a) }
        }

        /// `self << rhs` if `rhs` is less than the number of bits.
        #[inline]
        pub const fn checked_shl(self, rhs: u32) -> Option<$T> {
            if rhs < $BITS { Some(self << rhs) } else { None }
        }

        /// `self >> rhs` if `rhs` is less than the number of bits.
        #[inline]
        pub const fn checked_shr(self, rhs: u32) -> Option<$T> {
            if rhs < $BITS { Some(self >> rhs) } else { None }
        }

        /// `self` to the power `exp` unless it overflows.
        pub const fn checked_pow(self, mut exp: u32) -> Option<$T> {
            if exp == 0 {
                return Some(1);
            }
            let mut base = self;
            let mut acc: $T = 1;
            loop {
                if exp & 1 == 1 {
                    let (product, overflow) = intrinsics::mul_with_overflow(acc, base);
                    if overflow {
                        return None;
                    }
                    acc = product;
                    if exp == 1 {
                        return Some(acc);
                    }
                }
                exp /= 2;
                let (square, overflow) = intrinsics::mul_with_overflow(base, base);
                if overflow {
                    return None;
                }
                base = square;
            }
        }

        /// `self + rhs`; undefined behaviour on overflow.
        #[inline]
        #[track_caller]
        pub const unsafe fn unchecked_add(self, rhs: $T) -> $T {
            unsafe { intrinsics::unchecked_add(self, rhs) }
        }

        /// `self - rhs`; undefined behaviour on overflow.
        #[inline]
        #[track_caller]
        pub const unsafe fn unchecked_sub(self, rhs: $T) -> $T {
            unsafe { intrinsics::unchecked_sub(self, rhs) }
        }

        /// `self * rhs`; undefined behaviour on overflow.
        #[inline]
        #[track_caller]
        pub const unsafe fn unchecked_mul(self, rhs: $T) -> $T {
            unsafe { intrinsics::unchecked_mul(self, rhs) }
        }

        /// `self << rhs`; undefined behaviour if `rhs` is too large.
        #[inline]
        #[track_caller]
        pub const unsafe fn unchecked_shl(self, rhs: u32) -> $T {
            unsafe { intrinsics::unchecked_shl(self, rhs) }
        }

        /// `self >> rhs`; undefined behaviour if `rhs` is too large.
        #[inline]
        #[track_caller]
        pub const unsafe fn unchecked_shr(self, rhs: u32) -> $T {
            unsafe { intrinsics::unchecked_shr(self, rhs) }
        }

        /// `self + rhs`, clamped.
        #[inline]
        pub const fn saturating_add(self, rhs: $T) -> $T {
            intrinsics::saturating_add(self, rhs)
        }

        /// `self - rhs`, clamped.
        #[inline]
        pub const fn saturating_sub(self, rhs: $T) -> $T {
            intrinsics::saturating_sub(self, rhs)
        }

        /// `self + rhs` modulo 2^N.
        #[inline]
        pub const fn wrapping_add(self, rhs: $T) -> $T {
            intrinsics::wrapping_add(self, rhs)
        }

        /// `self - rhs` modulo 2^N.
        #[inline]
        pub const fn wrapping_sub(self, rhs: $T) -> $T {
            intrinsics::wrapping_sub(self, rhs)
        }

        /// `self * rhs` modulo 2^N.
        #[inline]
        pub const fn wrapping_mul(self, rhs: $T) -> $T {
            intrinsics::wrapping_mul(self, rhs)
        }

        /// `-self` modulo 2^N.
        #[inline]
        pub const fn wrapping_neg(self) -> $T {
            intrinsics::wrapping_sub(0 as $T, self)
        }

        /// `self << (rhs % N)`.
        #[inline]
        pub const fn wrapping_shl(self, rhs: u32) -> $T {
            unsafe { intrinsics::unchecked_shl(self, rhs & ($BITS - 1)) }
        }

        /// `self >> (rhs % N)`.
        #[inline]
        pub const fn wrapping_shr(self, rhs: u32) -> $T {
            unsafe { intrinsics::unchecked_shr(self, rhs & ($BITS - 1)) }
        }

        /// `self << rhs`, 0 if `rhs` is too large.
        #[inline]
        pub const fn unbounded_shl(self, rhs: u32) -> $T {
            if rhs < $BITS { self << rhs } else { 0 }
        }

        /// `self` to the power `exp` modulo 2^N.
        pub const fn wrapping_pow(self, mut exp: u32) -> $T {
            let mut base = self;
            let mut acc: $T = 1;
            while exp > 0 {
                if exp & 1 == 1 {
                    acc = intrinsics::wrapping_mul(acc, base);
                }
                exp /= 2;
                base = intrinsics::wrapping_mul(base, base);
            }
            acc
        }

        /// `self + rhs` wrapped, and whether it overflowed.
        #[inline]
        pub const fn overflowing_add(self, rhs: $T) -> ($T, bool) {
            intrinsics::add_with_overflow(self, rhs)
        }

        /// `self - rhs` wrapped, and whether it overflowed.
        #[inline]
        pub const fn overflowing_sub(self, rhs: $T) -> ($T, bool) {
            intrinsics::sub_with_overflow(self, rhs)
        }

        /// `self * rhs` wrapped, and whether it overflowed.
        #[inline]
        pub const fn overflowing_mul(self, rhs: $T) -> ($T, bool) {
            intrinsics::mul_with_overflow(self, rhs)
        }

        /// `-self` wrapped, and whether it overflowed.
        #[inline]
        pub const fn overflowing_neg(self) -> ($T, bool) {
            intrinsics::sub_with_overflow(0, self)
        }

        /// `self << (rhs % N)`, and whether `rhs` was too large.
        #[inline]
        pub const fn overflowing_shl(self, rhs: u32) -> ($T, bool) {
            (self.wrapping_shl(rhs), rhs >= $BITS)
        }

        /// `self >> (rhs % N)`, and whether `rhs` was too large.
        #[inline]
        pub const fn overflowing_shr(self, rhs: u32) -> ($T, bool) {
            (self.wrapping_shr(rhs), rhs >= $BITS)
        }

        /// `self` to the power `exp` wrapped, and whether it overflowed.
        pub const fn overflowing_pow(self, exp: u32) -> ($T, bool) {
            (self.wrapping_pow(exp), self.checked_pow(exp).is_none())
        }

        /// `self + rhs`; panics on overflow in every build.
        #[track_caller]
        #[rustc_inherit_overflow_checks]
        pub const fn strict_add(self, rhs: $T) -> $T {
            self + rhs
        }

        /// `self - rhs`; panics on overflow in every build.
        #[track_caller]
        #[rustc_inherit_overflow_checks]
        pub const fn strict_sub(self, rhs: $T) -> $T {
            self - rhs
        }

        /// `self * rhs`; panics on overflow in every build.
        #[track_caller]
        #[rustc_inherit_overflow_checks]
        pub const fn strict_mul(self, rhs: $T) -> $T {
            self * rhs
        }

        /// `self / rhs`; panics on overflow in every build.
        #[track_caller]
        pub const fn strict_div(self, rhs: $T) -> $T {
            self / rhs
        }

        /// `self % rhs`; panics on overflow in every build.
        #[track_caller]
        pub const fn strict_rem(self, rhs: $T) -> $T {
            self % rhs
        }

        /// `-self`; panics on overflow in every build.
        #[track_caller]
        pub const fn strict_neg(self) -> $T {
            match self.checked_neg() {
                Some(x) => x,
                None => crate::panicking::panic_const::panic_const_neg_overflow(),
            }
        }

        /// `self << rhs`; panics if `rhs` is too large in every build.
        #[track_caller]
        #[rustc_inherit_overflow_checks]
        pub const fn strict_shl(self, rhs: u32) -> $T {
            self << rhs
        }

        /// `self >> rhs`; panics if `rhs` is too large in every build.
        #[track_caller]
        #[rustc_inherit_overflow_checks]
        pub const fn strict_shr(self, rhs: u32) -> $T {
            self >> rhs
        }

        /// `self` divided by `rhs` as Euclid does; panics on overflow in every build.
        #[track_caller]
        pub const fn strict_div_euclid(self, rhs: $T) -> $T {
            self.div_euclid(rhs)
        }

        /// The remainder of `self` by `rhs`, never negative; panics on overflow in every build.
        #[track_caller]
        pub const fn strict_rem_euclid(self, rhs: $T) -> $T {
            self.rem_euclid(rhs)
        }

        /// `self` to the power `exp`; panics on overflow in every build.
        #[track_caller]
        pub const fn strict_pow(self, exp: u32) -> $T {
            self.pow(exp)
        }

        /// `self` to the power `exp`.
        #[inline]
        #[track_caller]
        #[rustc_inherit_overflow_checks]
        pub const fn pow(self, mut exp: u32) -> $T {
            if exp == 0 {
                return 1;
            }
            let mut base = self;
            let mut acc: $T = 1;
            loop {
                if exp & 1 == 1 {
                    acc = acc * base;
                    if exp == 1 {
                        return acc;
                    }
                }
                exp /= 2;
                base = base * base;
            }
        }

        /// `self / rhs` unless `rhs` is 0 or it overflows.
        #[inline]
        pub const fn checked_div(self, rhs: $T) -> Option<$T> {
            if rhs == 0 || ($T::MIN != 0 && self == $T::MIN && rhs == !0) { None } else { Some(self / rhs) }
        }

        /// `self % rhs` unless `rhs` is 0 or it overflows.
        #[inline]
        pub const fn checked_rem(self, rhs: $T) -> Option<$T> {
            if rhs == 0 || ($T::MIN != 0 && self == $T::MIN && rhs == !0) { None } else { Some(self % rhs) }
        }

        /// `div_euclid` unless `rhs` is 0 or it overflows.
        pub const fn checked_div_euclid(self, rhs: $T) -> Option<$T> {
            if rhs == 0 || ($T::MIN != 0 && self == $T::MIN && rhs == !0) { None } else { Some(self.div_euclid(rhs)) }
        }

        /// `rem_euclid` unless `rhs` is 0 or it overflows.
        pub const fn checked_rem_euclid(self, rhs: $T) -> Option<$T> {
            if rhs == 0 || ($T::MIN != 0 && self == $T::MIN && rhs == !0) { None } else { Some(self.rem_euclid(rhs)) }
        }

        /// The logarithm to a base, rounded down, unless there is none.
        pub const fn checked_ilog(self, base: $T) -> Option<u32> {
            if self <= 0 || base <= 1 {
                return None;
            }
            let mut n = 0;
            let mut r = self;
            while r >= base {
                r /= base;
                n += 1;
            }
            Some(n)
        }

        /// The binary logarithm, rounded down, unless there is none.
        #[inline]
        pub const fn checked_ilog2(self) -> Option<u32> {
            if self <= 0 { None } else { Some($BITS - 1 - intrinsics::ctlz(self)) }
        }

        /// The decimal logarithm, rounded down, unless there is none.
        pub const fn checked_ilog10(self) -> Option<u32> {
            self.checked_ilog(10)
        }

        /// The logarithm to a base, rounded down.
        #[track_caller]
        pub const fn ilog(self, base: $T) -> u32 {
            assert!(base >= 2, "base of integer logarithm must be at least 2");
            match self.checked_ilog(base) {
                Some(log) => log,
                None => panic_for_nonpositive_argument(),
            }
        }

        /// The binary logarithm, rounded down.
        #[track_caller]
        pub const fn ilog2(self) -> u32 {
            match self.checked_ilog2() {
                Some(log) => log,
                None => panic_for_nonpositive_argument(),
            }
        }

        /// The decimal logarithm, rounded down.
        #[track_caller]
        pub const fn ilog10(self) -> u32 {
            match self.checked_ilog(10) {
                Some(log) => log,
                None => panic_for_nonpositive_argument(),
            }
        }

        /// The bytes, most significant first.
        #[inline]
        pub const fn to_be_bytes(self) -> [u8; $BYTES] {
            unsafe { intrinsics::transmute(intrinsics::bswap(self)) }
        }

        /// The bytes, least significant first.
        #[inline]
        pub const fn to_le_bytes(self) -> [u8; $BYTES] {
            unsafe { intrinsics::transmute(self) }
        }

        /// The bytes as in memory.
        #[inline]
        pub const fn to_ne_bytes(self) -> [u8; $BYTES] {
            unsafe { intrinsics::transmute(self) }
        }

        /// From bytes, most significant first.
        #[inline]
        pub const fn from_be_bytes(bytes: [u8; $BYTES]) -> $T {
            intrinsics::bswap(unsafe { intrinsics::transmute::<[u8; $BYTES], $T>(bytes) })
        }

        /// From bytes, least significant first.
        #[inline]
        pub const fn from_le_bytes(bytes: [u8; $BYTES]) -> $T {
            unsafe { intrinsics::transmute(bytes) }
        }

        /// From bytes as in memory.
        #[inline]
        pub const fn from_ne_bytes(bytes: [u8; $BYTES]) -> $T {
            unsafe { intrinsics::transmute(bytes) }
        }

        /// `MIN`.
        #[inline]
        pub const fn min_value() -> $T {
            $T::MIN
        }

        /// `MAX`.
        #[inline]
        pub const fn max_value() -> $T {
            $T::MAX
        }
    };
}
