//! `Saturating`: integers whose operators stop at the limits.
//!
//! The operators are generic over a private trait, one impl an operator.

use crate::fmt;
use crate::ops::{Add, AddAssign, BitAnd, BitAndAssign, BitOr, BitOrAssign, BitXor, BitXorAssign, Div, DivAssign};
use crate::ops::{Mul, MulAssign, Neg, Not, Rem, RemAssign, Shl, ShlAssign, Shr, ShrAssign, Sub, SubAssign};

/// An integer with saturating arithmetic.
#[derive(PartialEq, PartialOrd, Eq, Ord, Clone, Copy, Default, Hash)]
#[repr(transparent)]
pub struct Saturating<T>(pub T);

/// What the operators need of an integer type.
#[doc(hidden)]
pub trait SaturatingInt: Copy {
    const BITS: u32;
    fn add_(self, rhs: Self) -> Self;
    fn sub_(self, rhs: Self) -> Self;
    fn mul_(self, rhs: Self) -> Self;
    fn div_(self, rhs: Self) -> Self;
    fn rem_(self, rhs: Self) -> Self;
    fn and_(self, rhs: Self) -> Self;
    fn or_(self, rhs: Self) -> Self;
    fn xor_(self, rhs: Self) -> Self;
    fn not_(self) -> Self;
    fn neg_(self) -> Self;
    fn shl_(self, rhs: u32) -> Self;
    fn shr_(self, rhs: u32) -> Self;
}

macro_rules! saturating_int {
    ($($t:ident)*) => {$(
        impl SaturatingInt for $t {
            const BITS: u32 = $t::BITS;
            fn add_(self, rhs: $t) -> $t {
                self.saturating_add(rhs)
            }
            fn sub_(self, rhs: $t) -> $t {
                self.saturating_sub(rhs)
            }
            fn mul_(self, rhs: $t) -> $t {
                self.saturating_mul(rhs)
            }
            #[track_caller]
            fn div_(self, rhs: $t) -> $t {
                self.saturating_div(rhs)
            }
            #[track_caller]
            fn rem_(self, rhs: $t) -> $t {
                self % rhs
            }
            fn and_(self, rhs: $t) -> $t {
                self & rhs
            }
            fn or_(self, rhs: $t) -> $t {
                self | rhs
            }
            fn xor_(self, rhs: $t) -> $t {
                self ^ rhs
            }
            fn not_(self) -> $t {
                !self
            }
            fn neg_(self) -> $t {
                (0 as $t).saturating_sub(self)
            }
            fn shl_(self, rhs: u32) -> $t {
                self.wrapping_shl(rhs)
            }
            fn shr_(self, rhs: u32) -> $t {
                self.wrapping_shr(rhs)
            }
        }

        impl Saturating<$t> {
            /// The smallest value.
            pub const MIN: Self = Saturating($t::MIN);
            /// The largest value.
            pub const MAX: Self = Saturating($t::MAX);
            /// The number of bits.
            pub const BITS: u32 = $t::BITS;

            /// The number of one bits.
            pub const fn count_ones(self) -> u32 {
                self.0.count_ones()
            }

            /// The number of zero bits.
            pub const fn count_zeros(self) -> u32 {
                self.0.count_zeros()
            }

            /// The number of leading zero bits.
            pub const fn leading_zeros(self) -> u32 {
                self.0.leading_zeros()
            }

            /// The number of trailing zero bits.
            pub const fn trailing_zeros(self) -> u32 {
                self.0.trailing_zeros()
            }

            /// Rotated to the left.
            pub const fn rotate_left(self, n: u32) -> Self {
                Saturating(self.0.rotate_left(n))
            }

            /// Rotated to the right.
            pub const fn rotate_right(self, n: u32) -> Self {
                Saturating(self.0.rotate_right(n))
            }

            /// The bytes in reverse order.
            pub const fn swap_bytes(self) -> Self {
                Saturating(self.0.swap_bytes())
            }

            /// The bits in reverse order.
            pub const fn reverse_bits(self) -> Self {
                Saturating(self.0.reverse_bits())
            }

            /// From big endian.
            pub const fn from_be(x: Self) -> Self {
                Saturating(<$t>::from_be(x.0))
            }

            /// From little endian.
            pub const fn from_le(x: Self) -> Self {
                Saturating(<$t>::from_le(x.0))
            }

            /// To big endian.
            pub const fn to_be(self) -> Self {
                Saturating(self.0.to_be())
            }

            /// To little endian.
            pub const fn to_le(self) -> Self {
                Saturating(self.0.to_le())
            }

            /// To a power.
            pub const fn pow(self, exp: u32) -> Self {
                Saturating(self.0.saturating_pow(exp))
            }
        }
    )*};
}
saturating_int! {
    u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize
}

macro_rules! saturating_signed {
    ($($t:ident)*) => {$(
        impl Saturating<$t> {
            /// The absolute value.
            pub const fn abs(self) -> Self {
                Saturating(self.0.saturating_abs())
            }

            /// -1, 0 or 1.
            pub const fn signum(self) -> Self {
                Saturating(self.0.signum())
            }

            /// Whether it is above 0.
            pub const fn is_positive(self) -> bool {
                self.0 > 0
            }

            /// Whether it is below 0.
            pub const fn is_negative(self) -> bool {
                self.0 < 0
            }
        }
    )*};
}
saturating_signed! { i8 i16 i32 i64 i128 isize }

macro_rules! saturating_operator {
    ($($imp:ident $method:ident $assign:ident $assign_method:ident $int:ident;)*) => {$(
        impl<T: SaturatingInt> $imp for Saturating<T> {
            type Output = Saturating<T>;

            #[inline]
            #[track_caller]
            fn $method(self, other: Saturating<T>) -> Saturating<T> {
                Saturating(self.0.$int(other.0))
            }
        }

        impl<T: SaturatingInt> $imp<&Saturating<T>> for Saturating<T> {
            type Output = Saturating<T>;

            #[track_caller]
            fn $method(self, other: &Saturating<T>) -> Saturating<T> {
                Saturating(self.0.$int(other.0))
            }
        }

        impl<T: SaturatingInt> $imp<Saturating<T>> for &Saturating<T> {
            type Output = Saturating<T>;

            #[track_caller]
            fn $method(self, other: Saturating<T>) -> Saturating<T> {
                Saturating(self.0.$int(other.0))
            }
        }

        impl<T: SaturatingInt> $imp<&Saturating<T>> for &Saturating<T> {
            type Output = Saturating<T>;

            #[track_caller]
            fn $method(self, other: &Saturating<T>) -> Saturating<T> {
                Saturating(self.0.$int(other.0))
            }
        }

        impl<T: SaturatingInt> $assign for Saturating<T> {
            #[inline]
            #[track_caller]
            fn $assign_method(&mut self, other: Saturating<T>) {
                self.0 = self.0.$int(other.0);
            }
        }

        impl<T: SaturatingInt> $assign<&Saturating<T>> for Saturating<T> {
            #[track_caller]
            fn $assign_method(&mut self, other: &Saturating<T>) {
                self.0 = self.0.$int(other.0);
            }
        }

        impl<T: SaturatingInt> $assign<T> for Saturating<T> {
            #[track_caller]
            fn $assign_method(&mut self, other: T) {
                self.0 = self.0.$int(other);
            }
        }
    )*};
}
saturating_operator! {
    Add add AddAssign add_assign add_;
    Sub sub SubAssign sub_assign sub_;
    Mul mul MulAssign mul_assign mul_;
    Div div DivAssign div_assign div_;
    Rem rem RemAssign rem_assign rem_;
    BitAnd bitand BitAndAssign bitand_assign and_;
    BitOr bitor BitOrAssign bitor_assign or_;
    BitXor bitxor BitXorAssign bitxor_assign xor_;
}

impl<T: SaturatingInt> Not for Saturating<T> {
    type Output = Saturating<T>;

    fn not(self) -> Saturating<T> {
        Saturating(self.0.not_())
    }
}

impl<T: SaturatingInt> Neg for Saturating<T> {
    type Output = Saturating<T>;

    fn neg(self) -> Saturating<T> {
        Saturating(self.0.neg_())
    }
}

impl<T: SaturatingInt> Shl<usize> for Saturating<T> {
    type Output = Saturating<T>;

    fn shl(self, other: usize) -> Saturating<T> {
        Saturating(self.0.shl_((other & (T::BITS as usize - 1)) as u32))
    }
}

impl<T: SaturatingInt> Shr<usize> for Saturating<T> {
    type Output = Saturating<T>;

    fn shr(self, other: usize) -> Saturating<T> {
        Saturating(self.0.shr_((other & (T::BITS as usize - 1)) as u32))
    }
}

impl<T: SaturatingInt> ShlAssign<usize> for Saturating<T> {
    fn shl_assign(&mut self, other: usize) {
        *self = *self << other;
    }
}

impl<T: SaturatingInt> ShrAssign<usize> for Saturating<T> {
    fn shr_assign(&mut self, other: usize) {
        *self = *self >> other;
    }
}

macro_rules! saturating_text {
    ($($imp:ident)*) => {$(
        impl<T: fmt::$imp> fmt::$imp for Saturating<T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )*};
}
saturating_text! { Debug Display Binary Octal LowerHex UpperHex }

impl<T: SaturatingInt> crate::iter::Sum for Saturating<T>
where
    Saturating<T>: Default,
{
    fn sum<I: Iterator<Item = Self>>(iter: I) -> Self {
        iter.fold(Self::default(), |a, b| a + b)
    }
}

impl<'a, T: SaturatingInt> crate::iter::Sum<&'a Saturating<T>> for Saturating<T>
where
    Saturating<T>: Default,
{
    fn sum<I: Iterator<Item = &'a Self>>(iter: I) -> Self {
        iter.fold(Self::default(), |a, b| a + *b)
    }
}

macro_rules! saturating_product {
    ($($t:ident)*) => {$(
        impl crate::iter::Product for Saturating<$t> {
            fn product<I: Iterator<Item = Self>>(iter: I) -> Self {
                iter.fold(Saturating(1), |a, b| a * b)
            }
        }

        impl<'a> crate::iter::Product<&'a Saturating<$t>> for Saturating<$t> {
            fn product<I: Iterator<Item = &'a Self>>(iter: I) -> Self {
                iter.fold(Saturating(1), |a, b| a * *b)
            }
        }
    )*};
}
saturating_product! { u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize }
