//! Methods of unsigned integers only, as one macro.

macro_rules! int_unsigned {
    ($T:ident $S:ident $BITS:literal) => {
        /// The smallest value.
        pub const MIN: $T = 0;
        /// The largest value.
        pub const MAX: $T = !0;

        /// The same bits, signed.
        #[inline]
        pub const fn cast_signed(self) -> $S {
            self as $S
        }

        /// The absolute difference.
        #[inline]
        pub const fn abs_diff(self, other: $T) -> $T {
            if self < other { other - self } else { self - other }
        }

        /// `self * rhs`, clamped.
        #[inline]
        pub const fn saturating_mul(self, rhs: $T) -> $T {
            let (product, overflow) = intrinsics::mul_with_overflow(self, rhs);
            if overflow { $T::MAX } else { product }
        }

        /// `self / rhs`.
        #[track_caller]
        pub const fn saturating_div(self, rhs: $T) -> $T {
            self / rhs
        }

        /// `self` to the power `exp`, clamped.
        pub const fn saturating_pow(self, exp: u32) -> $T {
            match self.checked_pow(exp) {
                Some(x) => x,
                None => $T::MAX,
            }
        }

        /// `self / rhs`.
        #[track_caller]
        pub const fn wrapping_div(self, rhs: $T) -> $T {
            self / rhs
        }

        /// `self % rhs`.
        #[track_caller]
        pub const fn wrapping_rem(self, rhs: $T) -> $T {
            self % rhs
        }

        /// `self / rhs`.
        #[track_caller]
        pub const fn wrapping_div_euclid(self, rhs: $T) -> $T {
            self / rhs
        }

        /// `self % rhs`.
        #[track_caller]
        pub const fn wrapping_rem_euclid(self, rhs: $T) -> $T {
            self % rhs
        }

        /// `self / rhs`, and false.
        #[track_caller]
        pub const fn overflowing_div(self, rhs: $T) -> ($T, bool) {
            (self / rhs, false)
        }

        /// `self % rhs`, and false.
        #[track_caller]
        pub const fn overflowing_rem(self, rhs: $T) -> ($T, bool) {
            (self % rhs, false)
        }

        /// `self / rhs`, and false.
        #[track_caller]
        pub const fn overflowing_div_euclid(self, rhs: $T) -> ($T, bool) {
            (self / rhs, false)
        }

        /// `self % rhs`, and false.
        #[track_caller]
        pub const fn overflowing_rem_euclid(self, rhs: $T) -> ($T, bool) {
            (self % rhs, false)
        }

        /// `self / rhs`.
        #[inline]
        #[track_caller]
        pub const fn div_euclid(self, rhs: $T) -> $T {
            self / rhs
        }

        /// `self % rhs`.
        #[inline]
        #[track_caller]
        pub const fn rem_euclid(self, rhs: $T) -> $T {
            self % rhs
        }

        /// The quotient rounded down.
        #[track_caller]
        #[unstable(feature = "int_roundings")]
        pub const fn div_floor(self, rhs: $T) -> $T {
            self / rhs
        }

        /// The quotient rounded up.
        #[inline]
        #[track_caller]
        pub const fn div_ceil(self, rhs: $T) -> $T {
            let d = self / rhs;
            if self % rhs > 0 { d + 1 } else { d }
        }

        /// The nearest multiple of `rhs` that is not less.
        #[track_caller]
        #[rustc_inherit_overflow_checks]
        pub const fn next_multiple_of(self, rhs: $T) -> $T {
            match self % rhs {
                0 => self,
                r => self + (rhs - r),
            }
        }

        /// `next_multiple_of` unless `rhs` is 0 or it overflows.
        pub const fn checked_next_multiple_of(self, rhs: $T) -> Option<$T> {
            if rhs == 0 {
                return None;
            }
            match self % rhs {
                0 => Some(self),
                r => self.checked_add(rhs - r),
            }
        }

        /// Whether `self` is a multiple of `rhs`; only 0 is one of 0.
        #[inline]
        pub const fn is_multiple_of(self, rhs: $T) -> bool {
            match rhs {
                0 => self == 0,
                _ => self % rhs == 0,
            }
        }

        /// `self >> rhs`, 0 if `rhs` is too large.
        #[inline]
        pub const fn unbounded_shr(self, rhs: u32) -> $T {
            if rhs < $BITS { self >> rhs } else { 0 }
        }

        /// Whether exactly one bit is set.
        #[inline]
        pub const fn is_power_of_two(self) -> bool {
            intrinsics::ctpop(self) == 1
        }

        const fn one_less_than_next_power_of_two(self) -> $T {
            if self <= 1 { 0 } else { $T::MAX >> intrinsics::ctlz(self - 1) }
        }

        /// The smallest power of two that is not less.
        #[inline]
        #[track_caller]
        #[rustc_inherit_overflow_checks]
        pub const fn next_power_of_two(self) -> $T {
            self.one_less_than_next_power_of_two() + 1
        }

        /// `next_power_of_two` unless it overflows.
        pub const fn checked_next_power_of_two(self) -> Option<$T> {
            self.one_less_than_next_power_of_two().checked_add(1)
        }

        /// `self + rhs` unless it overflows.
        pub const fn checked_add_signed(self, rhs: $S) -> Option<$T> {
            let (a, b) = self.overflowing_add_signed(rhs);
            if b { None } else { Some(a) }
        }

        /// `self + rhs`; panics on overflow in every build.
        #[track_caller]
        pub const fn strict_add_signed(self, rhs: $S) -> $T {
            match self.checked_add_signed(rhs) {
                Some(x) => x,
                None => crate::panicking::panic_const::panic_const_add_overflow(),
            }
        }

        /// `self - rhs`; panics on overflow in every build.
        #[track_caller]
        pub const fn strict_sub_signed(self, rhs: $S) -> $T {
            match self.checked_sub_signed(rhs) {
                Some(x) => x,
                None => crate::panicking::panic_const::panic_const_sub_overflow(),
            }
        }

        /// `self + rhs`, clamped.
        pub const fn saturating_add_signed(self, rhs: $S) -> $T {
            let (a, b) = self.overflowing_add_signed(rhs);
            if !b { a } else if rhs < 0 { 0 } else { $T::MAX }
        }

        /// `self + rhs` modulo 2^N.
        pub const fn wrapping_add_signed(self, rhs: $S) -> $T {
            intrinsics::wrapping_add(self, rhs as $T)
        }

        /// `self + rhs` wrapped, and whether it overflowed.
        pub const fn overflowing_add_signed(self, rhs: $S) -> ($T, bool) {
            let (sum, overflowed) = intrinsics::add_with_overflow(self, rhs as $T);
            (sum, overflowed != (rhs < 0))
        }

        /// `self - rhs` unless it overflows.
        pub const fn checked_sub_signed(self, rhs: $S) -> Option<$T> {
            let (a, b) = self.overflowing_sub_signed(rhs);
            if b { None } else { Some(a) }
        }

        /// `self - rhs`, clamped.
        pub const fn saturating_sub_signed(self, rhs: $S) -> $T {
            let (a, b) = self.overflowing_sub_signed(rhs);
            if !b { a } else if rhs < 0 { $T::MAX } else { 0 }
        }

        /// `self - rhs` modulo 2^N.
        pub const fn wrapping_sub_signed(self, rhs: $S) -> $T {
            intrinsics::wrapping_sub(self, rhs as $T)
        }

        /// `self - rhs` wrapped, and whether it overflowed.
        pub const fn overflowing_sub_signed(self, rhs: $S) -> ($T, bool) {
            let (difference, overflowed) = intrinsics::sub_with_overflow(self, rhs as $T);
            (difference, overflowed != (rhs < 0))
        }

        /// The signed difference unless it overflows.
        pub const fn checked_signed_diff(self, rhs: $T) -> Option<$S> {
            let res = intrinsics::wrapping_sub(self, rhs) as $S;
            if (self >= rhs) == (res < 0) { None } else { Some(res) }
        }

        /// `self + rhs + carry`, and the carry out.
        pub const fn carrying_add(self, rhs: $T, carry: bool) -> ($T, bool) {
            let (a, b) = intrinsics::add_with_overflow(self, rhs);
            let (c, d) = intrinsics::add_with_overflow(a, carry as $T);
            (c, b | d)
        }

        /// `self - rhs - borrow`, and the borrow out.
        pub const fn borrowing_sub(self, rhs: $T, borrow: bool) -> ($T, bool) {
            let (a, b) = intrinsics::sub_with_overflow(self, rhs);
            let (c, d) = intrinsics::sub_with_overflow(a, borrow as $T);
            (c, b | d)
        }

        /// `self * rhs + carry` in double width: low and high half.
        pub const fn carrying_mul(self, rhs: $T, carry: $T) -> ($T, $T) {
            self.carrying_mul_add(rhs, carry, 0)
        }

        /// `self * rhs + carry + add` in double width: low and high half.
        pub const fn carrying_mul_add(self, rhs: $T, carry: $T, add: $T) -> ($T, $T) {
            let half = $BITS / 2;
            let mask = $T::MAX >> half;
            let (a_low, a_high) = (self & mask, self >> half);
            let (b_low, b_high) = (rhs & mask, rhs >> half);
            let low = a_low * b_low;
            let mid = a_high * b_low + (low >> half);
            let mid2 = a_low * b_high + (mid & mask);
            let product = (mid2 << half) | (low & mask);
            let mut high = a_high * b_high + (mid >> half) + (mid2 >> half);
            let (sum, c) = intrinsics::add_with_overflow(product, carry);
            high = intrinsics::wrapping_add(high, c as $T);
            let (sum, c) = intrinsics::add_with_overflow(sum, add);
            high = intrinsics::wrapping_add(high, c as $T);
            (sum, high)
        }

        /// `self * rhs` in double width: low and high half.
        #[unstable(feature = "widening_mul")]
        pub const fn widening_mul(self, rhs: $T) -> ($T, $T) {
            self.carrying_mul_add(rhs, 0, 0)
        }

        /// The square root, rounded down.
        pub const fn isqrt(self) -> $T {
            let mut bit: $T = if self == 0 { 0 } else { 1 << ((($BITS - 1) - intrinsics::ctlz(self)) & !1) };
            let mut rest = self;
            let mut root: $T = 0;
            while bit != 0 {
                if rest >= root + bit {
                    rest -= root + bit;
                    root = (root >> 1) + bit;
                } else {
                    root >>= 1;
                }
                bit >>= 2;
            }
            root
        }

        /// The middle of both, rounded down.
        #[inline]
        pub const fn midpoint(self, rhs: $T) -> $T {
            intrinsics::wrapping_add(self & rhs, (self ^ rhs) >> 1)
        }
    };
}
