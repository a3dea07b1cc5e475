//! `Wrapping`: integers whose operators wrap around.
//!
//! The operators are generic over a private trait, one impl an operator.

use crate::fmt;
use crate::ops::{Add, AddAssign, BitAnd, BitAndAssign, BitOr, BitOrAssign, BitXor, BitXorAssign, Div, DivAssign};
use crate::ops::{Mul, MulAssign, Neg, Not, Rem, RemAssign, Shl, ShlAssign, Shr, ShrAssign, Sub, SubAssign};

/// An integer with wrapping arithmetic.
#[derive(PartialEq, PartialOrd, Eq, Ord, Clone, Copy, Default, Hash)]
#[repr(transparent)]
pub struct Wrapping<T>(pub T);

/// What the operators need of an integer type.
#[doc(hidden)]
pub trait WrappingInt: Copy {
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

macro_rules! wrapping_int {
    ($($t:ident)*) => {$(
        impl WrappingInt for $t {
            const BITS: u32 = $t::BITS;
            fn add_(self, rhs: $t) -> $t {
                self.wrapping_add(rhs)
            }
            fn sub_(self, rhs: $t) -> $t {
                self.wrapping_sub(rhs)
            }
            fn mul_(self, rhs: $t) -> $t {
                self.wrapping_mul(rhs)
            }
            #[track_caller]
            fn div_(self, rhs: $t) -> $t {
                self.wrapping_div(rhs)
            }
            #[track_caller]
            fn rem_(self, rhs: $t) -> $t {
                self.wrapping_rem(rhs)
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
                self.wrapping_neg()
            }
            fn shl_(self, rhs: u32) -> $t {
                self.wrapping_shl(rhs)
            }
            fn shr_(self, rhs: u32) -> $t {
                self.wrapping_shr(rhs)
            }
        }

        impl Wrapping<$t> {
            /// The smallest value.
            pub const MIN: Self = Wrapping($t::MIN);
            /// The largest value.
            pub const MAX: Self = Wrapping($t::MAX);
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
                Wrapping(self.0.rotate_left(n))
            }

            /// Rotated to the right.
            pub const fn rotate_right(self, n: u32) -> Self {
                Wrapping(self.0.rotate_right(n))
            }

            /// The bytes in reverse order.
            pub const fn swap_bytes(self) -> Self {
                Wrapping(self.0.swap_bytes())
            }

            /// The bits in reverse order.
            pub const fn reverse_bits(self) -> Self {
                Wrapping(self.0.reverse_bits())
            }

            /// To a power.
            pub const fn pow(self, exp: u32) -> Self {
                Wrapping(self.0.wrapping_pow(exp))
            }
        }
    )*};
}
wrapping_int! {
    u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize
}

macro_rules! wrapping_signed {
    ($($t:ident)*) => {$(
        impl Wrapping<$t> {
            /// The absolute value.
            pub const fn abs(self) -> Self {
                Wrapping(self.0.wrapping_abs())
            }

            /// -1, 0 or 1.
            pub const fn signum(self) -> Self {
                Wrapping(self.0.signum())
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
wrapping_signed! { i8 i16 i32 i64 i128 isize }

macro_rules! wrapping_operator {
    ($($imp:ident $method:ident $assign:ident $assign_method:ident $int:ident;)*) => {$(
        impl<T: WrappingInt> $imp for Wrapping<T> {
            type Output = Wrapping<T>;

            #[inline]
            #[track_caller]
            fn $method(self, other: Wrapping<T>) -> Wrapping<T> {
                Wrapping(self.0.$int(other.0))
            }
        }

        impl<T: WrappingInt> $imp<&Wrapping<T>> for Wrapping<T> {
            type Output = Wrapping<T>;

            #[track_caller]
            fn $method(self, other: &Wrapping<T>) -> Wrapping<T> {
                Wrapping(self.0.$int(other.0))
            }
        }

        impl<T: WrappingInt> $imp<Wrapping<T>> for &Wrapping<T> {
            type Output = Wrapping<T>;

            #[track_caller]
            fn $method(self, other: Wrapping<T>) -> Wrapping<T> {
                Wrapping(self.0.$int(other.0))
            }
        }

        impl<T: WrappingInt> $imp<&Wrapping<T>> for &Wrapping<T> {
            type Output = Wrapping<T>;

            #[track_caller]
            fn $method(self, other: &Wrapping<T>) -> Wrapping<T> {
                Wrapping(self.0.$int(other.0))
            }
        }

        impl<T: WrappingInt> $assign for Wrapping<T> {
            #[inline]
            #[track_caller]
            fn $assign_method(&mut self, other: Wrapping<T>) {
                self.0 = self.0.$int(other.0);
            }
        }

        impl<T: WrappingInt> $assign<&Wrapping<T>> for Wrapping<T> {
            #[track_caller]
            fn $assign_method(&mut self, other: &Wrapping<T>) {
                self.0 = self.0.$int(other.0);
            }
        }

        impl<T: WrappingInt> $assign<T> for Wrapping<T> {
            #[track_caller]
            fn $assign_method(&mut self, other: T) {
                self.0 = self.0.$int(other);
            }
        }
    )*};
}
wrapping_operator! {
    Add add AddAssign add_assign add_;
    Sub sub SubAssign sub_assign sub_;
    Mul mul MulAssign mul_assign mul_;
    Div div DivAssign div_assign div_;
    Rem rem RemAssign rem_assign rem_;
    BitAnd bitand BitAndAssign bitand_assign and_;
    BitOr bitor BitOrAssign bitor_assign or_;
    BitXor bitxor BitXorAssign bitxor_assign xor_;
}

impl<T: WrappingInt> Not for Wrapping<T> {
    type Output = Wrapping<T>;

    fn not(self) -> Wrapping<T> {
        Wrapping(self.0.not_())
    }
}

impl<T: WrappingInt> Neg for Wrapping<T> {
    type Output = Wrapping<T>;

    fn neg(self) -> Wrapping<T> {
        Wrapping(self.0.neg_())
    }
}

impl<T: WrappingInt> Shl<usize> for Wrapping<T> {
    type Output = Wrapping<T>;

    fn shl(self, other: usize) -> Wrapping<T> {
        Wrapping(self.0.shl_((other & (T::BITS as usize - 1)) as u32))
    }
}

impl<T: WrappingInt> Shr<usize> for Wrapping<T> {
    type Output = Wrapping<T>;

    fn shr(self, other: usize) -> Wrapping<T> {
        Wrapping(self.0.shr_((other & (T::BITS as usize - 1)) as u32))
    }
}

impl<T: WrappingInt> ShlAssign<usize> for Wrapping<T> {
    fn shl_assign(&mut self, other: usize) {
        *self = *self << other;
    }
}

impl<T: WrappingInt> ShrAssign<usize> for Wrapping<T> {
    fn shr_assign(&mut self, other: usize) {
        *self = *self >> other;
    }
}

macro_rules! wrapping_text {
    ($($imp:ident)*) => {$(
        impl<T: fmt::$imp> fmt::$imp for Wrapping<T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )*};
}
wrapping_text! { Debug Display Binary Octal LowerHex UpperHex }

impl<T: WrappingInt> crate::iter::Sum for Wrapping<T>
where
    Wrapping<T>: Default,
{
    fn sum<I: Iterator<Item = Self>>(iter: I) -> Self {
        iter.fold(Self::default(), |a, b| a + b)
    }
}

impl<'a, T: WrappingInt> crate::iter::Sum<&'a Wrapping<T>> for Wrapping<T>
where
    Wrapping<T>: Default,
{
    fn sum<I: Iterator<Item = &'a Self>>(iter: I) -> Self {
        iter.fold(Self::default(), |a, b| a + *b)
    }
}

macro_rules! wrapping_product {
    ($($t:ident)*) => {$(
        impl crate::iter::Product for Wrapping<$t> {
            fn product<I: Iterator<Item = Self>>(iter: I) -> Self {
                iter.fold(Wrapping(1), |a, b| a * b)
            }
        }

        impl<'a> crate::iter::Product<&'a Wrapping<$t>> for Wrapping<$t> {
            fn product<I: Iterator<Item = &'a Self>>(iter: I) -> Self {
                iter.fold(Wrapping(1), |a, b| a * *b)
            }
        }
    )*};
}
wrapping_product! { u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize }
