//! Methods of signed integers only, as one macro.

macro_rules! int_signed {
    ($T:ident $U:ident $BITS:literal) => {
        /// The smallest value.
        pub const MIN: $T = (1 as $T) << ($BITS - 1);
        /// The largest value.
        pub const MAX: $T = !((1 as $T) << ($BITS - 1));

        /// The same bits, unsigned.
        #[inline]
        pub const fn cast_unsigned(self) -> $U {
            self as $U
        }

        /// The absolute value.
        #[inline]
        #[track_caller]
        #[rustc_inherit_overflow_checks]
        pub const fn abs(self) -> $T {
            if self < 0 { -self } else { self }
        }

        /// The absolute value, unsigned.
        #[inline]
        pub const fn unsigned_abs(self) -> $U {
            self.wrapping_abs() as $U
        }

        /// The absolute difference, unsigned.
        #[inline]
        pub const fn abs_diff(self, other: $T) -> $U {
            if self < other {
                intrinsics::wrapping_sub(other as $U, self as $U)
            } else {
                intrinsics::wrapping_sub(self as $U, other as $U)
            }
        }

        /// -1, 0 or 1.
        #[inline]
        pub const fn signum(self) -> $T {
            if self < 0 { -1 } else if self == 0 { 0 } else { 1 }
        }

        /// Whether it is above 0.
        #[inline]
        pub const fn is_positive(self) -> bool {
            self > 0
        }

        /// Whether it is below 0.
        #[inline]
        pub const fn is_negative(self) -> bool {
            self < 0
        }

        /// `abs` unless it overflows.
        #[inline]
        pub const fn checked_abs(self) -> Option<$T> {
            if self < 0 { self.checked_neg() } else { Some(self) }
        }

        /// `abs` modulo 2^N.
        #[inline]
        pub const fn wrapping_abs(self) -> $T {
            if self < 0 { intrinsics::wrapping_sub(0, self) } else { self }
        }

        /// `abs` wrapped, and whether it overflowed.
        pub const fn overflowing_abs(self) -> ($T, bool) {
            (self.wrapping_abs(), self == $T::MIN)
        }

        /// `abs`, clamped.
        pub const fn saturating_abs(self) -> $T {
            if self < 0 { self.saturating_neg() } else { self }
        }

        /// `-self`, clamped.
        pub const fn saturating_neg(self) -> $T {
            intrinsics::saturating_sub(0, self)
        }

        /// `self * rhs`, clamped.
        #[inline]
        pub const fn saturating_mul(self, rhs: $T) -> $T {
            match self.checked_mul(rhs) {
                Some(x) => x,
                None => if (self < 0) == (rhs < 0) { $T::MAX } else { $T::MIN },
            }
        }

        /// `self / rhs`, clamped.
        #[track_caller]
        pub const fn saturating_div(self, rhs: $T) -> $T {
            if self == $T::MIN && rhs == -1 { $T::MAX } else { self / rhs }
        }

        /// `self` to the power `exp`, clamped.
        pub const fn saturating_pow(self, exp: u32) -> $T {
            match self.checked_pow(exp) {
                Some(x) => x,
                None => if self < 0 && exp % 2 == 1 { $T::MIN } else { $T::MAX },
            }
        }

        /// `self / rhs` modulo 2^N.
        #[track_caller]
        pub const fn wrapping_div(self, rhs: $T) -> $T {
            if self == $T::MIN && rhs == -1 { self } else { self / rhs }
        }

        /// `self % rhs`, 0 where it overflows.
        #[track_caller]
        pub const fn wrapping_rem(self, rhs: $T) -> $T {
            if rhs == -1 { 0 } else { self % rhs }
        }

        /// `div_euclid` modulo 2^N.
        #[track_caller]
        pub const fn wrapping_div_euclid(self, rhs: $T) -> $T {
            if self == $T::MIN && rhs == -1 { self } else { self.div_euclid(rhs) }
        }

        /// `rem_euclid`, 0 where it overflows.
        #[track_caller]
        pub const fn wrapping_rem_euclid(self, rhs: $T) -> $T {
            if rhs == -1 { 0 } else { self.rem_euclid(rhs) }
        }

        /// `self / rhs` wrapped, and whether it overflowed.
        #[track_caller]
        pub const fn overflowing_div(self, rhs: $T) -> ($T, bool) {
            if self == $T::MIN && rhs == -1 { (self, true) } else { (self / rhs, false) }
        }

        /// `self % rhs`, and whether it overflowed.
        #[track_caller]
        pub const fn overflowing_rem(self, rhs: $T) -> ($T, bool) {
            if rhs == -1 { (0, self == $T::MIN) } else { (self % rhs, false) }
        }

        /// `div_euclid` wrapped, and whether it overflowed.
        #[track_caller]
        pub const fn overflowing_div_euclid(self, rhs: $T) -> ($T, bool) {
            if self == $T::MIN && rhs == -1 { (self, true) } else { (self.div_euclid(rhs), false) }
        }

        /// `rem_euclid`, and whether it overflowed.
        #[track_caller]
        pub const fn overflowing_rem_euclid(self, rhs: $T) -> ($T, bool) {
            if rhs == -1 { (0, self == $T::MIN) } else { (self.rem_euclid(rhs), false) }
        }

        /// The quotient for which the remainder is not negative.
        #[inline]
        #[track_caller]
        pub const fn div_euclid(self, rhs: $T) -> $T {
            let q = self / rhs;
            if self % rhs < 0 {
                return if rhs > 0 { q - 1 } else { q + 1 };
            }
            q
        }

        /// The remainder that is not negative.
        #[inline]
        #[track_caller]
        pub const fn rem_euclid(self, rhs: $T) -> $T {
            let r = self % rhs;
            if r < 0 { intrinsics::wrapping_add(r, rhs.wrapping_abs()) } else { r }
        }

        /// The quotient rounded down.
        #[track_caller]
        #[unstable(feature = "int_roundings")]
        pub const fn div_floor(self, rhs: $T) -> $T {
            let q = self / rhs;
            let r = self % rhs;
            if r != 0 && ((r < 0) != (rhs < 0)) { q - 1 } else { q }
        }

        /// The quotient rounded up.
        #[track_caller]
        #[unstable(feature = "int_roundings")]
        pub const fn div_ceil(self, rhs: $T) -> $T {
            let q = self / rhs;
            let r = self % rhs;
            if r != 0 && ((r < 0) == (rhs < 0)) { q + 1 } else { q }
        }

        /// `self >> rhs`, the sign if `rhs` is too large.
        #[inline]
        pub const fn unbounded_shr(self, rhs: u32) -> $T {
            if rhs < $BITS { self >> rhs } else { self >> ($BITS - 1) }
        }

        /// `self + rhs` unless it overflows.
        pub const fn checked_add_unsigned(self, rhs: $U) -> Option<$T> {
            let (a, b) = self.overflowing_add_unsigned(rhs);
            if b { None } else { Some(a) }
        }

        /// `self - rhs` unless it overflows.
        pub const fn checked_sub_unsigned(self, rhs: $U) -> Option<$T> {
            let (a, b) = self.overflowing_sub_unsigned(rhs);
            if b { None } else { Some(a) }
        }

        /// `self + rhs`; panics on overflow in every build.
        #[track_caller]
        pub const fn strict_add_unsigned(self, rhs: $U) -> $T {
            match self.checked_add_unsigned(rhs) {
                Some(x) => x,
                None => crate::panicking::panic_const::panic_const_add_overflow(),
            }
        }

        /// `self - rhs`; panics on overflow in every build.
        #[track_caller]
        pub const fn strict_sub_unsigned(self, rhs: $U) -> $T {
            match self.checked_sub_unsigned(rhs) {
                Some(x) => x,
                None => crate::panicking::panic_const::panic_const_sub_overflow(),
            }
        }

        /// The absolute value; panics on overflow in every build.
        #[track_caller]
        pub const fn strict_abs(self) -> $T {
            if self < 0 { self.strict_neg() } else { self }
        }

        /// `-self`; undefined behaviour on overflow.
        #[track_caller]
        pub const unsafe fn unchecked_neg(self) -> $T {
            unsafe { intrinsics::unchecked_sub(0, self) }
        }

        /// `self + rhs`, clamped.
        pub const fn saturating_add_unsigned(self, rhs: $U) -> $T {
            match self.checked_add_unsigned(rhs) {
                Some(x) => x,
                None => $T::MAX,
            }
        }

        /// `self - rhs`, clamped.
        pub const fn saturating_sub_unsigned(self, rhs: $U) -> $T {
            match self.checked_sub_unsigned(rhs) {
                Some(x) => x,
                None => $T::MIN,
            }
        }

        /// `self + rhs` modulo 2^N.
        pub const fn wrapping_add_unsigned(self, rhs: $U) -> $T {
            intrinsics::wrapping_add(self, rhs as $T)
        }

        /// `self - rhs` modulo 2^N.
        pub const fn wrapping_sub_unsigned(self, rhs: $U) -> $T {
            intrinsics::wrapping_sub(self, rhs as $T)
        }

        /// `self + rhs` wrapped, and whether it overflowed.
        pub const fn overflowing_add_unsigned(self, rhs: $U) -> ($T, bool) {
            let rhs = rhs as $T;
            let (sum, overflowed) = intrinsics::add_with_overflow(self, rhs);
            (sum, overflowed != (rhs < 0))
        }

        /// `self - rhs` wrapped, and whether it overflowed.
        pub const fn overflowing_sub_unsigned(self, rhs: $U) -> ($T, bool) {
            let rhs = rhs as $T;
            let (difference, overflowed) = intrinsics::sub_with_overflow(self, rhs);
            (difference, overflowed != (rhs < 0))
        }

        /// The square root, rounded down, unless negative.
        pub const fn checked_isqrt(self) -> Option<$T> {
            if self < 0 { None } else { Some((self as $U).isqrt() as $T) }
        }

        /// The square root, rounded down.
        #[track_caller]
        pub const fn isqrt(self) -> $T {
            match self.checked_isqrt() {
                Some(root) => root,
                None => panic!("argument of integer square root cannot be negative"),
            }
        }

        /// The middle of both, rounded towards zero.
        pub const fn midpoint(self, rhs: $T) -> $T {
            let floor = intrinsics::wrapping_add(self & rhs, (self ^ rhs) >> 1);
            if floor < 0 && (self ^ rhs) & 1 == 1 { floor + 1 } else { floor }
        }
    };
}
