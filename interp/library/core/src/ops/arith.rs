//! The arithmetic operators and their impls for numbers.
//!
//! The bodies use the builtin operators: overflow and division by zero panic there.

/// The operator `+`.
#[lang = "add"]
pub trait Add<Rhs = Self> {
    /// The type of the result.
    type Output;

    /// `self + rhs`.
    #[must_use]
    fn add(self, rhs: Rhs) -> Self::Output;
}

/// The operator `-`.
#[lang = "sub"]
pub trait Sub<Rhs = Self> {
    /// The type of the result.
    type Output;

    /// `self - rhs`.
    #[must_use]
    fn sub(self, rhs: Rhs) -> Self::Output;
}

/// The operator `*`.
#[lang = "mul"]
pub trait Mul<Rhs = Self> {
    /// The type of the result.
    type Output;

    /// `self * rhs`.
    #[must_use]
    fn mul(self, rhs: Rhs) -> Self::Output;
}

/// The operator `/`.
#[lang = "div"]
pub trait Div<Rhs = Self> {
    /// The type of the result.
    type Output;

    /// `self / rhs`.
    #[must_use]
    fn div(self, rhs: Rhs) -> Self::Output;
}

/// The operator `%`.
#[lang = "rem"]
pub trait Rem<Rhs = Self> {
    /// The type of the result.
    type Output;

    /// `self % rhs`.
    #[must_use]
    fn rem(self, rhs: Rhs) -> Self::Output;
}

/// The operator `-` with one operand.
#[lang = "neg"]
pub trait Neg {
    /// The type of the result.
    type Output;

    /// `-self`.
    #[must_use]
    fn neg(self) -> Self::Output;
}

/// The operator `+=`.
#[lang = "add_assign"]
pub trait AddAssign<Rhs = Self> {
    /// `self += rhs`.
    fn add_assign(&mut self, rhs: Rhs);
}

/// The operator `-=`.
#[lang = "sub_assign"]
pub trait SubAssign<Rhs = Self> {
    /// `self -= rhs`.
    fn sub_assign(&mut self, rhs: Rhs);
}

/// The operator `*=`.
#[lang = "mul_assign"]
pub trait MulAssign<Rhs = Self> {
    /// `self *= rhs`.
    fn mul_assign(&mut self, rhs: Rhs);
}

/// The operator `/=`.
#[lang = "div_assign"]
pub trait DivAssign<Rhs = Self> {
    /// `self /= rhs`.
    fn div_assign(&mut self, rhs: Rhs);
}

/// The operator `%=`.
#[lang = "rem_assign"]
pub trait RemAssign<Rhs = Self> {
    /// `self %= rhs`.
    fn rem_assign(&mut self, rhs: Rhs);
}

macro_rules! impl_arith {
    ($imp:ident $method:ident $assign:ident $assign_method:ident $op:tt $assign_op:tt: $($t:ty)*) => {$(
        impl $imp for $t {
            type Output = $t;

            #[inline]
            #[track_caller]
            #[rustc_inherit_overflow_checks]
            fn $method(self, other: $t) -> $t {
                self $op other
            }
        }

        forward_ref_binop! { impl $imp, $method for $t, $t }

        impl $assign for $t {
            #[inline]
            #[track_caller]
            #[rustc_inherit_overflow_checks]
            fn $assign_method(&mut self, other: $t) {
                *self $assign_op other
            }
        }

        forward_ref_op_assign! { impl $assign, $assign_method for $t, $t }
    )*};
}

macro_rules! impl_neg {
    ($($t:ty)*) => {$(
        impl Neg for $t {
            type Output = $t;

            #[inline]
            #[track_caller]
            #[rustc_inherit_overflow_checks]
            fn neg(self) -> $t {
                -self
            }
        }

        forward_ref_unop! { impl Neg, neg for $t }
    )*};
}

impl_arith! { Add add AddAssign add_assign + +=: usize u8 u16 u32 u64 u128 isize i8 i16 i32 i64 i128 f32 f64 }
impl_arith! { Sub sub SubAssign sub_assign - -=: usize u8 u16 u32 u64 u128 isize i8 i16 i32 i64 i128 f32 f64 }
impl_arith! { Mul mul MulAssign mul_assign * *=: usize u8 u16 u32 u64 u128 isize i8 i16 i32 i64 i128 f32 f64 }
impl_arith! { Div div DivAssign div_assign / /=: usize u8 u16 u32 u64 u128 isize i8 i16 i32 i64 i128 f32 f64 }
impl_arith! { Rem rem RemAssign rem_assign % %=: usize u8 u16 u32 u64 u128 isize i8 i16 i32 i64 i128 f32 f64 }
impl_neg! { isize i8 i16 i32 i64 i128 f32 f64 }
