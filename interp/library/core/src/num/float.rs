//! The methods of `f32` and `f64`.
//!
//! What both have in common is one macro; bit widths and constants differ.

use crate::cmp::Ordering;
use crate::intrinsics;
use crate::num::FpCategory;

/// Types a float can be converted to without a check.
pub trait FloatToInt<Int> {
    #[doc(hidden)]
    unsafe fn to_int_unchecked(self) -> Int;
}

macro_rules! float_to_int {
    ($($float:ident: $($int:ident)*;)*) => {$($(
        impl FloatToInt<$int> for $float {
            unsafe fn to_int_unchecked(self) -> $int {
                unsafe { intrinsics::float_to_int_unchecked(self) }
            }
        }
    )*)*};
}
float_to_int! {
    f32: u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize;
    f64: u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize;
}

macro_rules! float_methods {
    (
        $T:ident $Bits:ident $Int:ident $bytes:literal $width:literal
        $exp_mask:literal $man_mask:literal $sign_mask:literal $nan:literal
        $FABS:ident $MAXNUM:ident $MINNUM:ident $COPYSIGN:ident $TRUNC:ident $LOG:ident $SIN:ident $COS:ident
    ) => {
        /// The base of the representation.
        pub const RADIX: u32 = 2;
        /// Not a number.
        pub const NAN: $T = unsafe { intrinsics::transmute::<$Bits, $T>($nan) };
        /// Infinity.
        pub const INFINITY: $T = unsafe { intrinsics::transmute::<$Bits, $T>($exp_mask) };
        /// Negative infinity.
        pub const NEG_INFINITY: $T = unsafe { intrinsics::transmute::<$Bits, $T>($exp_mask | $sign_mask) };

        /// Whether it is not a number.
        #[inline]
        pub const fn is_nan(self) -> bool {
            self != self
        }

        /// Whether it is an infinity.
        #[inline]
        pub const fn is_infinite(self) -> bool {
            self == $T::INFINITY || self == $T::NEG_INFINITY
        }

        /// Whether it is neither infinite nor NaN.
        #[inline]
        pub const fn is_finite(self) -> bool {
            intrinsics::$FABS(self) < $T::INFINITY
        }

        /// Whether it is subnormal.
        pub const fn is_subnormal(self) -> bool {
            matches!(self.classify(), FpCategory::Subnormal)
        }

        /// Whether it is neither zero, infinite, subnormal nor NaN.
        pub const fn is_normal(self) -> bool {
            matches!(self.classify(), FpCategory::Normal)
        }

        /// What kind of number it is.
        pub const fn classify(self) -> FpCategory {
            let bits = self.to_bits();
            match (bits & $man_mask, bits & $exp_mask) {
                (0, $exp_mask) => FpCategory::Infinite,
                (_, $exp_mask) => FpCategory::Nan,
                (0, 0) => FpCategory::Zero,
                (_, 0) => FpCategory::Subnormal,
                _ => FpCategory::Normal,
            }
        }

        /// Whether the sign bit is clear.
        #[inline]
        pub const fn is_sign_positive(self) -> bool {
            self.to_bits() & $sign_mask == 0
        }

        /// Whether the sign bit is set.
        #[inline]
        pub const fn is_sign_negative(self) -> bool {
            self.to_bits() & $sign_mask != 0
        }

        /// The bits.
        #[inline]
        pub const fn to_bits(self) -> $Bits {
            unsafe { intrinsics::transmute(self) }
        }

        /// From bits.
        #[inline]
        pub const fn from_bits(v: $Bits) -> $T {
            unsafe { intrinsics::transmute(v) }
        }

        /// The bytes, most significant first.
        pub const fn to_be_bytes(self) -> [u8; $bytes] {
            self.to_bits().to_be_bytes()
        }

        /// The bytes, least significant first.
        pub const fn to_le_bytes(self) -> [u8; $bytes] {
            self.to_bits().to_le_bytes()
        }

        /// The bytes as in memory.
        pub const fn to_ne_bytes(self) -> [u8; $bytes] {
            self.to_bits().to_ne_bytes()
        }

        /// From bytes, most significant first.
        pub const fn from_be_bytes(bytes: [u8; $bytes]) -> $T {
            $T::from_bits($Bits::from_be_bytes(bytes))
        }

        /// From bytes, least significant first.
        pub const fn from_le_bytes(bytes: [u8; $bytes]) -> $T {
            $T::from_bits($Bits::from_le_bytes(bytes))
        }

        /// From bytes as in memory.
        pub const fn from_ne_bytes(bytes: [u8; $bytes]) -> $T {
            $T::from_bits($Bits::from_ne_bytes(bytes))
        }

        /// The least number that is greater.
        pub const fn next_up(self) -> $T {
            let bits = self.to_bits();
            if self.is_nan() || bits == $exp_mask {
                return self;
            }
            let magnitude = bits & !$sign_mask;
            $T::from_bits(if magnitude == 0 {
                1
            } else if bits == magnitude {
                bits + 1
            } else {
                bits - 1
            })
        }

        /// The greatest number that is less.
        pub const fn next_down(self) -> $T {
            let bits = self.to_bits();
            if self.is_nan() || bits == ($exp_mask | $sign_mask) {
                return self;
            }
            let magnitude = bits & !$sign_mask;
            $T::from_bits(if magnitude == 0 {
                $sign_mask | 1
            } else if bits == magnitude {
                bits - 1
            } else {
                bits + 1
            })
        }

        /// `1 / self`.
        #[inline]
        pub const fn recip(self) -> $T {
            1.0 / self
        }

        /// The larger of both; a NaN is ignored.
        #[inline]
        pub const fn max(self, other: $T) -> $T {
            intrinsics::$MAXNUM(self, other)
        }

        /// The smaller of both; a NaN is ignored.
        #[inline]
        pub const fn min(self, other: $T) -> $T {
            intrinsics::$MINNUM(self, other)
        }

        /// The larger of both; NaN if one is NaN.
        pub const fn maximum(self, other: $T) -> $T {
            if self > other {
                self
            } else if other > self {
                other
            } else if self == other {
                if self.is_sign_positive() && other.is_sign_negative() { self } else { other }
            } else {
                self + other
            }
        }

        /// The smaller of both; NaN if one is NaN.
        pub const fn minimum(self, other: $T) -> $T {
            if self < other {
                self
            } else if other < self {
                other
            } else if self == other {
                if self.is_sign_negative() && other.is_sign_positive() { self } else { other }
            } else {
                self + other
            }
        }

        /// The nearest number in `min..=max`.
        #[inline]
        #[track_caller]
        pub const fn clamp(mut self, min: $T, max: $T) -> $T {
            if !(min <= max) {
                panic!("min > max, or either was NaN. min = {min:?}, max = {max:?}");
            }
            if self < min {
                self = min;
            }
            if self > max {
                self = max;
            }
            self
        }

        /// Compares by a total order of all bit patterns.
        #[inline]
        pub const fn total_cmp(&self, other: &$T) -> Ordering {
            let mut left = self.to_bits() as $Int;
            let mut right = other.to_bits() as $Int;
            left ^= (((left >> ($width - 1)) as $Bits) >> 1) as $Int;
            right ^= (((right >> ($width - 1)) as $Bits) >> 1) as $Int;
            intrinsics::three_way_compare(left, right)
        }

        /// Truncated to an integer; undefined behaviour if it does not fit.
        #[inline]
        pub unsafe fn to_int_unchecked<Int>(self) -> Int
        where
            $T: FloatToInt<Int>,
        {
            unsafe { FloatToInt::<Int>::to_int_unchecked(self) }
        }

        /// The sign as 1 or -1; NaN for NaN.
        #[inline]
        pub const fn signum(self) -> $T {
            if self != self { $T::NAN } else { intrinsics::$COPYSIGN(1.0, self) }
        }

        /// The fractional part.
        #[inline]
        pub const fn fract(self) -> $T {
            self - intrinsics::$TRUNC(self)
        }

        /// The quotient for which the remainder is not negative.
        pub const fn div_euclid(self, rhs: $T) -> $T {
            let q = intrinsics::$TRUNC(self / rhs);
            if self % rhs < 0.0 {
                return if rhs > 0.0 { q - 1.0 } else { q + 1.0 };
            }
            q
        }

        /// The remainder that is not negative.
        pub const fn rem_euclid(self, rhs: $T) -> $T {
            let r = self % rhs;
            if r < 0.0 { r + intrinsics::$FABS(rhs) } else { r }
        }

        /// The logarithm to a base.
        #[inline]
        pub fn log(self, base: $T) -> $T {
            intrinsics::$LOG(self) / intrinsics::$LOG(base)
        }

        /// The positive difference.
        pub fn abs_sub(self, other: $T) -> $T {
            if self <= other { 0.0 } else { self - other }
        }

        /// Sine and cosine.
        #[inline]
        pub fn sin_cos(self) -> ($T, $T) {
            (intrinsics::$SIN(self), intrinsics::$COS(self))
        }

        /// Inverse hyperbolic sine.
        pub fn asinh(self) -> $T {
            let ax = self.abs();
            let ix = 1.0 / ax;
            (ax + (ax / ((1.0 as $T).hypot(ix) + ix))).ln_1p().copysign(self)
        }

        /// Inverse hyperbolic cosine.
        pub fn acosh(self) -> $T {
            if self < 1.0 {
                $T::NAN
            } else {
                (self + ((self - 1.0).sqrt() * (self + 1.0).sqrt())).ln()
            }
        }

        /// Inverse hyperbolic tangent.
        pub fn atanh(self) -> $T {
            0.5 * ((2.0 * self) / (1.0 - self)).ln_1p()
        }
    };
}

impl f32 {
    /// Significant binary digits.
    pub const MANTISSA_DIGITS: u32 = 24;
    /// Significant decimal digits.
    pub const DIGITS: u32 = 6;
    /// The distance of 1 to the next larger number.
    pub const EPSILON: f32 = 1.19209290e-07;
    /// The smallest finite number.
    pub const MIN: f32 = -3.40282347e+38;
    /// The smallest positive normal number.
    pub const MIN_POSITIVE: f32 = 1.17549435e-38;
    /// The largest finite number.
    pub const MAX: f32 = 3.40282347e+38;
    /// One more than the least normal power of 2.
    pub const MIN_EXP: i32 = -125;
    /// One more than the largest power of 2.
    pub const MAX_EXP: i32 = 128;
    /// The least normal power of 10.
    pub const MIN_10_EXP: i32 = -37;
    /// The largest power of 10.
    pub const MAX_10_EXP: i32 = 38;

    /// Radians as degrees.
    #[inline]
    pub const fn to_degrees(self) -> f32 {
        const PIS_IN_180: f32 = 57.2957795130823208767981548141051703;
        self * PIS_IN_180
    }

    /// Degrees as radians.
    #[inline]
    pub const fn to_radians(self) -> f32 {
        const RADS_PER_DEG: f32 = crate::f32::consts::PI / 180.0;
        self * RADS_PER_DEG
    }

    /// The middle of both.
    pub const fn midpoint(self, other: f32) -> f32 {
        ((self as f64 + other as f64) / 2.0) as f32
    }
}

impl f32 {
    float_methods! {
        f32 u32 i32 4 32 0x7f80_0000 0x007f_ffff 0x8000_0000 0x7fc0_0000
        fabsf32 maxnumf32 minnumf32 copysignf32 truncf32 logf32 sinf32 cosf32
    }

    /// Square root.
    #[inline]
    pub const fn sqrt(self) -> f32 {
        intrinsics::sqrtf32(self)
    }

    /// The absolute value.
    #[inline]
    pub const fn abs(self) -> f32 {
        intrinsics::fabsf32(self)
    }

    /// Rounded down.
    #[inline]
    pub const fn floor(self) -> f32 {
        intrinsics::floorf32(self)
    }

    /// Rounded up.
    #[inline]
    pub const fn ceil(self) -> f32 {
        intrinsics::ceilf32(self)
    }

    /// Rounded towards zero.
    #[inline]
    pub const fn trunc(self) -> f32 {
        intrinsics::truncf32(self)
    }

    /// Rounded to the nearest, halves away from zero.
    #[inline]
    pub const fn round(self) -> f32 {
        intrinsics::roundf32(self)
    }

    /// Rounded to the nearest, halves to even.
    #[inline]
    pub const fn round_ties_even(self) -> f32 {
        intrinsics::round_ties_even_f32(self)
    }

    /// e to this power.
    #[inline]
    pub fn exp(self) -> f32 {
        intrinsics::expf32(self)
    }

    /// 2 to this power.
    #[inline]
    pub fn exp2(self) -> f32 {
        intrinsics::exp2f32(self)
    }

    /// e to this power, minus 1.
    #[inline]
    pub fn exp_m1(self) -> f32 {
        intrinsics::expm1f32(self)
    }

    /// The natural logarithm.
    #[inline]
    pub fn ln(self) -> f32 {
        intrinsics::logf32(self)
    }

    /// The binary logarithm.
    #[inline]
    pub fn log2(self) -> f32 {
        intrinsics::log2f32(self)
    }

    /// The decimal logarithm.
    #[inline]
    pub fn log10(self) -> f32 {
        intrinsics::log10f32(self)
    }

    /// The natural logarithm of 1 more.
    #[inline]
    pub fn ln_1p(self) -> f32 {
        intrinsics::log1pf32(self)
    }

    /// Sine.
    #[inline]
    pub fn sin(self) -> f32 {
        intrinsics::sinf32(self)
    }

    /// Cosine.
    #[inline]
    pub fn cos(self) -> f32 {
        intrinsics::cosf32(self)
    }

    /// Tangent.
    #[inline]
    pub fn tan(self) -> f32 {
        intrinsics::tanf32(self)
    }

    /// Arc sine.
    #[inline]
    pub fn asin(self) -> f32 {
        intrinsics::asinf32(self)
    }

    /// Arc cosine.
    #[inline]
    pub fn acos(self) -> f32 {
        intrinsics::acosf32(self)
    }

    /// Arc tangent.
    #[inline]
    pub fn atan(self) -> f32 {
        intrinsics::atanf32(self)
    }

    /// Hyperbolic sine.
    #[inline]
    pub fn sinh(self) -> f32 {
        intrinsics::sinhf32(self)
    }

    /// Hyperbolic cosine.
    #[inline]
    pub fn cosh(self) -> f32 {
        intrinsics::coshf32(self)
    }

    /// Hyperbolic tangent.
    #[inline]
    pub fn tanh(self) -> f32 {
        intrinsics::tanhf32(self)
    }

    /// Cube root.
    #[inline]
    pub fn cbrt(self) -> f32 {
        intrinsics::cbrtf32(self)
    }

    /// The gamma function.
    #[unstable(feature = "float_gamma")]
    #[inline]
    pub fn gamma(self) -> f32 {
        intrinsics::tgammaf32(self)
    }

    /// This to the power `n`.
    #[inline]
    pub fn powf(self, n: f32) -> f32 {
        intrinsics::powf32(self, n)
    }

    /// The length of the hypotenuse.
    #[inline]
    pub fn hypot(self, other: f32) -> f32 {
        intrinsics::hypotf32(self, other)
    }

    /// The arc tangent of `self / other` in the right quadrant.
    #[inline]
    pub fn atan2(self, other: f32) -> f32 {
        intrinsics::atan2f32(self, other)
    }

    /// The magnitude with another sign.
    #[inline]
    pub const fn copysign(self, sign: f32) -> f32 {
        intrinsics::copysignf32(self, sign)
    }

    /// `self * a + b`, rounded once.
    #[inline]
    pub const fn mul_add(self, a: f32, b: f32) -> f32 {
        intrinsics::fmaf32(self, a, b)
    }

    /// This to an integer power.
    #[inline]
    pub fn powi(self, n: i32) -> f32 {
        intrinsics::powif32(self, n)
    }

    /// The logarithm of the absolute value of the gamma function, and its sign.
    #[unstable(feature = "float_gamma")]
    pub fn ln_gamma(self) -> (f32, i32) {
        let sign = if self < 0.0 && (-self).floor() % 2.0 == 0.0 { -1 } else { 1 };
        (intrinsics::lgammaf32(self), sign)
    }
}

impl f64 {
    /// Significant binary digits.
    pub const MANTISSA_DIGITS: u32 = 53;
    /// Significant decimal digits.
    pub const DIGITS: u32 = 15;
    /// The distance of 1 to the next larger number.
    pub const EPSILON: f64 = 2.2204460492503131e-16;
    /// The smallest finite number.
    pub const MIN: f64 = -1.7976931348623157e+308;
    /// The smallest positive normal number.
    pub const MIN_POSITIVE: f64 = 2.2250738585072014e-308;
    /// The largest finite number.
    pub const MAX: f64 = 1.7976931348623157e+308;
    /// One more than the least normal power of 2.
    pub const MIN_EXP: i32 = -1021;
    /// One more than the largest power of 2.
    pub const MAX_EXP: i32 = 1024;
    /// The least normal power of 10.
    pub const MIN_10_EXP: i32 = -307;
    /// The largest power of 10.
    pub const MAX_10_EXP: i32 = 308;

    /// Radians as degrees.
    #[inline]
    pub const fn to_degrees(self) -> f64 {
        self * (180.0f64 / crate::f64::consts::PI)
    }

    /// Degrees as radians.
    #[inline]
    pub const fn to_radians(self) -> f64 {
        const RADS_PER_DEG: f64 = crate::f64::consts::PI / 180.0;
        self * RADS_PER_DEG
    }

    /// The middle of both.
    pub const fn midpoint(self, other: f64) -> f64 {
        const LO: f64 = f64::MIN_POSITIVE * 2.0;
        const HI: f64 = f64::MAX / 2.0;
        let (a, b) = (self, other);
        let (abs_a, abs_b) = (a.abs(), b.abs());
        if abs_a <= HI && abs_b <= HI {
            (a + b) / 2.0
        } else if abs_a < LO {
            a + (b / 2.0)
        } else if abs_b < LO {
            (a / 2.0) + b
        } else {
            (a / 2.0) + (b / 2.0)
        }
    }
}

impl f64 {
    float_methods! {
        f64 u64 i64 8 64 0x7ff0_0000_0000_0000 0x000f_ffff_ffff_ffff 0x8000_0000_0000_0000 0x7ff8_0000_0000_0000
        fabsf64 maxnumf64 minnumf64 copysignf64 truncf64 logf64 sinf64 cosf64
    }

    /// Square root.
    #[inline]
    pub const fn sqrt(self) -> f64 {
        intrinsics::sqrtf64(self)
    }

    /// The absolute value.
    #[inline]
    pub const fn abs(self) -> f64 {
        intrinsics::fabsf64(self)
    }

    /// Rounded down.
    #[inline]
    pub const fn floor(self) -> f64 {
        intrinsics::floorf64(self)
    }

    /// Rounded up.
    #[inline]
    pub const fn ceil(self) -> f64 {
        intrinsics::ceilf64(self)
    }

    /// Rounded towards zero.
    #[inline]
    pub const fn trunc(self) -> f64 {
        intrinsics::truncf64(self)
    }

    /// Rounded to the nearest, halves away from zero.
    #[inline]
    pub const fn round(self) -> f64 {
        intrinsics::roundf64(self)
    }

    /// Rounded to the nearest, halves to even.
    #[inline]
    pub const fn round_ties_even(self) -> f64 {
        intrinsics::round_ties_even_f64(self)
    }

    /// e to this power.
    #[inline]
    pub fn exp(self) -> f64 {
        intrinsics::expf64(self)
    }

    /// 2 to this power.
    #[inline]
    pub fn exp2(self) -> f64 {
        intrinsics::exp2f64(self)
    }

    /// e to this power, minus 1.
    #[inline]
    pub fn exp_m1(self) -> f64 {
        intrinsics::expm1f64(self)
    }

    /// The natural logarithm.
    #[inline]
    pub fn ln(self) -> f64 {
        intrinsics::logf64(self)
    }

    /// The binary logarithm.
    #[inline]
    pub fn log2(self) -> f64 {
        intrinsics::log2f64(self)
    }

    /// The decimal logarithm.
    #[inline]
    pub fn log10(self) -> f64 {
        intrinsics::log10f64(self)
    }

    /// The natural logarithm of 1 more.
    #[inline]
    pub fn ln_1p(self) -> f64 {
        intrinsics::log1pf64(self)
    }

    /// Sine.
    #[inline]
    pub fn sin(self) -> f64 {
        intrinsics::sinf64(self)
    }

    /// Cosine.
    #[inline]
    pub fn cos(self) -> f64 {
        intrinsics::cosf64(self)
    }

    /// Tangent.
    #[inline]
    pub fn tan(self) -> f64 {
        intrinsics::tanf64(self)
    }

    /// Arc sine.
    #[inline]
    pub fn asin(self) -> f64 {
        intrinsics::asinf64(self)
    }

    /// Arc cosine.
    #[inline]
    pub fn acos(self) -> f64 {
        intrinsics::acosf64(self)
    }

    /// Arc tangent.
    #[inline]
    pub fn atan(self) -> f64 {
        intrinsics::atanf64(self)
    }

    /// Hyperbolic sine.
    #[inline]
    pub fn sinh(self) -> f64 {
        intrinsics::sinhf64(self)
    }

    /// Hyperbolic cosine.
    #[inline]
    pub fn cosh(self) -> f64 {
        intrinsics::coshf64(self)
    }

    /// Hyperbolic tangent.
    #[inline]
    pub fn tanh(self) -> f64 {
        intrinsics::tanhf64(self)
    }

    /// Cube root.
    #[inline]
    pub fn cbrt(self) -> f64 {
        intrinsics::cbrtf64(self)
    }

    /// The gamma function.
    #[unstable(feature = "float_gamma")]
    #[inline]
    pub fn gamma(self) -> f64 {
        intrinsics::tgammaf64(self)
    }

    /// This to the power `n`.
    #[inline]
    pub fn powf(self, n: f64) -> f64 {
        intrinsics::powf64(self, n)
    }

    /// The length of the hypotenuse.
    #[inline]
    pub fn hypot(self, other: f64) -> f64 {
        intrinsics::hypotf64(self, other)
    }

    /// The arc tangent of `self / other` in the right quadrant.
    #[inline]
    pub fn atan2(self, other: f64) -> f64 {
        intrinsics::atan2f64(self, other)
    }

    /// The magnitude with another sign.
    #[inline]
    pub const fn copysign(self, sign: f64) -> f64 {
        intrinsics::copysignf64(self, sign)
    }

    /// `self * a + b`, rounded once.
    #[inline]
    pub const fn mul_add(self, a: f64, b: f64) -> f64 {
        intrinsics::fmaf64(self, a, b)
    }

    /// This to an integer power.
    #[inline]
    pub fn powi(self, n: i32) -> f64 {
        intrinsics::powif64(self, n)
    }

    /// The logarithm of the absolute value of the gamma function, and its sign.
    #[unstable(feature = "float_gamma")]
    pub fn ln_gamma(self) -> (f64, i32) {
        let sign = if self < 0.0 && (-self).floor() % 2.0 == 0.0 { -1 } else { 1 };
        (intrinsics::lgammaf64(self), sign)
    }
}
