//! `NonZero`: integers that are not zero; zero is the niche.

use crate::cmp::Ordering;
use crate::hash::{Hash, Hasher};
use crate::num::{IntErrorKind, ParseIntError, TryFromIntError};
use crate::ops::{BitOr, BitOrAssign, Div, DivAssign, Neg, Rem, RemAssign};
use crate::str::FromStr;
use crate::{fmt, intrinsics};

/// The integer types.
pub unsafe trait ZeroablePrimitive: Sized + Copy {
    #[doc(hidden)]
    fn is_zero_(self) -> bool;
}

/// An integer that is not zero.
#[repr(transparent)]
#[rustc_layout_scalar_valid_range_start(1)]
#[rustc_nonnull_optimization_guaranteed]
pub struct NonZero<T: ZeroablePrimitive>(T);

impl<T: ZeroablePrimitive> NonZero<T> {
    /// Takes a number unless it is zero.
    #[inline]
    pub const fn new(n: T) -> Option<Self> {
        if n.is_zero_() { None } else { Some(unsafe { NonZero(n) }) }
    }

    /// Takes a number that must not be zero.
    #[inline]
    #[track_caller]
    pub const unsafe fn new_unchecked(n: T) -> Self {
        unsafe { NonZero(n) }
    }

    /// The number.
    #[inline]
    pub const fn get(self) -> T {
        self.0
    }
}

impl<T: ZeroablePrimitive> Clone for NonZero<T> {
    #[inline]
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: ZeroablePrimitive> Copy for NonZero<T> {}

impl<T: ZeroablePrimitive + PartialEq> PartialEq for NonZero<T> {
    fn eq(&self, other: &Self) -> bool {
        self.get() == other.get()
    }
}

impl<T: ZeroablePrimitive + Eq> Eq for NonZero<T> {}

impl<T: ZeroablePrimitive + PartialEq> crate::marker::StructuralPartialEq for NonZero<T> {}

impl<T: ZeroablePrimitive + PartialOrd> PartialOrd for NonZero<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        self.get().partial_cmp(&other.get())
    }
}

impl<T: ZeroablePrimitive + Ord> Ord for NonZero<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.get().cmp(&other.get())
    }
}

impl<T: ZeroablePrimitive + Hash> Hash for NonZero<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.get().hash(state)
    }
}

macro_rules! nonzero_text {
    ($($imp:ident)*) => {$(
        impl<T: ZeroablePrimitive + fmt::$imp> fmt::$imp for NonZero<T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.get().fmt(f)
            }
        }
    )*};
}
nonzero_text! { Debug Display Binary Octal LowerHex UpperHex LowerExp UpperExp }

impl<T: ZeroablePrimitive + BitOr<Output = T>> BitOr for NonZero<T> {
    type Output = Self;

    fn bitor(self, rhs: Self) -> Self {
        unsafe { NonZero(self.get() | rhs.get()) }
    }
}

impl<T: ZeroablePrimitive + BitOr<Output = T>> BitOr<T> for NonZero<T> {
    type Output = Self;

    fn bitor(self, rhs: T) -> Self {
        unsafe { NonZero(self.get() | rhs) }
    }
}

impl<T: ZeroablePrimitive + BitOr<Output = T>> BitOrAssign for NonZero<T> {
    fn bitor_assign(&mut self, rhs: Self) {
        *self = *self | rhs;
    }
}

impl<T: ZeroablePrimitive + BitOr<Output = T>> BitOrAssign<T> for NonZero<T> {
    fn bitor_assign(&mut self, rhs: T) {
        *self = *self | rhs;
    }
}

macro_rules! nonzero_common {
    ($($name:ident $t:ident;)*) => {$(
        #[doc = "A number that is not zero."]
        pub type $name = NonZero<$t>;

        unsafe impl ZeroablePrimitive for $t {
            #[inline]
            fn is_zero_(self) -> bool {
                self == 0
            }
        }

        impl From<NonZero<$t>> for $t {
            fn from(nonzero: NonZero<$t>) -> $t {
                nonzero.get()
            }
        }

        impl TryFrom<$t> for NonZero<$t> {
            type Error = TryFromIntError;

            fn try_from(value: $t) -> Result<Self, TryFromIntError> {
                NonZero::new(value).ok_or(TryFromIntError(()))
            }
        }

        impl FromStr for NonZero<$t> {
            type Err = ParseIntError;

            fn from_str(src: &str) -> Result<Self, ParseIntError> {
                match $t::from_str_radix(src, 10) {
                    Ok(n) => NonZero::new(n).ok_or(ParseIntError { kind: IntErrorKind::Zero }),
                    Err(e) => Err(e),
                }
            }
        }

        impl NonZero<$t> {
            /// The number of bits.
            pub const BITS: u32 = $t::BITS;

            /// The number of leading zero bits.
            pub const fn leading_zeros(self) -> u32 {
                intrinsics::ctlz(self.0)
            }

            /// The number of trailing zero bits.
            pub const fn trailing_zeros(self) -> u32 {
                intrinsics::cttz(self.0)
            }

            /// The number of one bits.
            pub const fn count_ones(self) -> NonZero<u32> {
                unsafe { NonZero(intrinsics::ctpop(self.0)) }
            }

            /// The product unless it overflows.
            pub const fn checked_mul(self, other: Self) -> Option<Self> {
                match self.0.checked_mul(other.0) {
                    Some(n) => Some(unsafe { NonZero(n) }),
                    None => None,
                }
            }

            /// The product, clamped.
            pub const fn saturating_mul(self, other: Self) -> Self {
                unsafe { NonZero(self.0.saturating_mul(other.0)) }
            }

            /// The power unless it overflows.
            pub const fn checked_pow(self, other: u32) -> Option<Self> {
                match self.0.checked_pow(other) {
                    Some(n) => Some(unsafe { NonZero(n) }),
                    None => None,
                }
            }

            /// The power, clamped.
            pub const fn saturating_pow(self, other: u32) -> Self {
                unsafe { NonZero(self.0.saturating_pow(other)) }
            }
        }
    )*};
}
nonzero_common! {
    NonZeroU8 u8; NonZeroU16 u16; NonZeroU32 u32; NonZeroU64 u64; NonZeroU128 u128; NonZeroUsize usize;
    NonZeroI8 i8; NonZeroI16 i16; NonZeroI32 i32; NonZeroI64 i64; NonZeroI128 i128; NonZeroIsize isize;
}

macro_rules! nonzero_unsigned {
    ($($t:ident $s:ident;)*) => {$(
        impl NonZero<$t> {
            /// The smallest value.
            pub const MIN: Self = unsafe { NonZero(1) };
            /// The largest value.
            pub const MAX: Self = unsafe { NonZero($t::MAX) };

            /// The sum unless it overflows.
            pub const fn checked_add(self, other: $t) -> Option<Self> {
                match self.0.checked_add(other) {
                    Some(n) => Some(unsafe { NonZero(n) }),
                    None => None,
                }
            }

            /// The sum, clamped.
            pub const fn saturating_add(self, other: $t) -> Self {
                unsafe { NonZero(self.0.saturating_add(other)) }
            }

            /// The next power of two unless it overflows.
            pub const fn checked_next_power_of_two(self) -> Option<Self> {
                match self.0.checked_next_power_of_two() {
                    Some(n) => Some(unsafe { NonZero(n) }),
                    None => None,
                }
            }

            /// Whether exactly one bit is set.
            pub const fn is_power_of_two(self) -> bool {
                intrinsics::ctpop(self.0) == 1
            }

            /// The binary logarithm, rounded down.
            pub const fn ilog2(self) -> u32 {
                $t::BITS - 1 - intrinsics::ctlz(self.0)
            }

            /// The decimal logarithm, rounded down.
            pub const fn ilog10(self) -> u32 {
                self.0.ilog10()
            }

            /// The square root, rounded down.
            pub const fn isqrt(self) -> Self {
                unsafe { NonZero(self.0.isqrt()) }
            }

            /// The middle of both, rounded down.
            pub const fn midpoint(self, rhs: Self) -> Self {
                unsafe { NonZero(self.0.midpoint(rhs.0)) }
            }

            /// The quotient rounded up.
            pub const fn div_ceil(self, rhs: Self) -> Self {
                unsafe { NonZero(self.0.div_ceil(rhs.0)) }
            }

            /// The same bits, signed.
            pub const fn cast_signed(self) -> NonZero<$s> {
                unsafe { NonZero(self.0 as $s) }
            }
        }

        impl Div<NonZero<$t>> for $t {
            type Output = $t;

            fn div(self, other: NonZero<$t>) -> $t {
                self / other.get()
            }
        }

        impl DivAssign<NonZero<$t>> for $t {
            fn div_assign(&mut self, other: NonZero<$t>) {
                *self = *self / other.get();
            }
        }

        impl Rem<NonZero<$t>> for $t {
            type Output = $t;

            fn rem(self, other: NonZero<$t>) -> $t {
                self % other.get()
            }
        }

        impl RemAssign<NonZero<$t>> for $t {
            fn rem_assign(&mut self, other: NonZero<$t>) {
                *self = *self % other.get();
            }
        }
    )*};
}
nonzero_unsigned! { u8 i8; u16 i16; u32 i32; u64 i64; u128 i128; usize isize; }

macro_rules! nonzero_signed {
    ($($t:ident $u:ident;)*) => {$(
        impl NonZero<$t> {
            /// The smallest value.
            pub const MIN: Self = unsafe { NonZero($t::MIN) };
            /// The largest value.
            pub const MAX: Self = unsafe { NonZero($t::MAX) };

            /// The absolute value.
            #[track_caller]
            pub const fn abs(self) -> Self {
                unsafe { NonZero(self.0.abs()) }
            }

            /// The absolute value unless it overflows.
            pub const fn checked_abs(self) -> Option<Self> {
                match self.0.checked_abs() {
                    Some(n) => Some(unsafe { NonZero(n) }),
                    None => None,
                }
            }

            /// The absolute value, wrapped.
            pub const fn wrapping_abs(self) -> Self {
                unsafe { NonZero(self.0.wrapping_abs()) }
            }

            /// The absolute value, unsigned.
            pub const fn unsigned_abs(self) -> NonZero<$u> {
                unsafe { NonZero(self.0.unsigned_abs()) }
            }

            /// Whether it is above 0.
            pub const fn is_positive(self) -> bool {
                self.0 > 0
            }

            /// Whether it is below 0.
            pub const fn is_negative(self) -> bool {
                self.0 < 0
            }

            /// The negative unless it overflows.
            pub const fn checked_neg(self) -> Option<Self> {
                match self.0.checked_neg() {
                    Some(n) => Some(unsafe { NonZero(n) }),
                    None => None,
                }
            }

            /// The absolute value, wrapped, and whether it overflowed.
            pub const fn overflowing_abs(self) -> (Self, bool) {
                let (n, flag) = self.0.overflowing_abs();
                (unsafe { NonZero(n) }, flag)
            }

            /// The absolute value, clamped.
            pub const fn saturating_abs(self) -> Self {
                unsafe { NonZero(self.0.saturating_abs()) }
            }

            /// The negative, wrapped, and whether it overflowed.
            pub const fn overflowing_neg(self) -> (Self, bool) {
                let (n, flag) = self.0.overflowing_neg();
                (unsafe { NonZero(n) }, flag)
            }

            /// The negative, clamped.
            pub const fn saturating_neg(self) -> Self {
                unsafe { NonZero(self.0.saturating_neg()) }
            }

            /// The negative, wrapped.
            pub const fn wrapping_neg(self) -> Self {
                unsafe { NonZero(self.0.wrapping_neg()) }
            }

            /// The same bits, unsigned.
            pub const fn cast_unsigned(self) -> NonZero<$u> {
                unsafe { NonZero(self.0 as $u) }
            }
        }

        impl Neg for NonZero<$t> {
            type Output = Self;

            #[track_caller]
            #[rustc_inherit_overflow_checks]
            fn neg(self) -> Self {
                unsafe { NonZero(-self.get()) }
            }
        }
    )*};
}
nonzero_signed! { i8 u8; i16 u16; i32 u32; i64 u64; i128 u128; isize usize; }

macro_rules! nonzero_from {
    ($($small:ident => $($large:ident)*;)*) => {$($(
        impl From<NonZero<$small>> for NonZero<$large> {
            fn from(small: NonZero<$small>) -> Self {
                unsafe { NonZero(small.get() as $large) }
            }
        }
    )*)*};
}
nonzero_from! {
    u8 => u16 u32 u64 u128 usize i16 i32 i64 i128 isize;
    u16 => u32 u64 u128 usize i32 i64 i128;
    u32 => u64 u128 i64 i128;
    u64 => u128 i128;
    i8 => i16 i32 i64 i128 isize;
    i16 => i32 i64 i128 isize;
    i32 => i64 i128;
    i64 => i128;
}
