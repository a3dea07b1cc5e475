//! The bit operators and their impls for integers and `bool`.
//!
//! A shift by the type's width or more panics in the builtin operator.

/// The operator `!`.
#[lang = "not"]
pub trait Not {
    /// The type of the result.
    type Output;

    /// `!self`.
    #[must_use]
    fn not(self) -> Self::Output;
}

/// The operator `&`.
#[lang = "bitand"]
pub trait BitAnd<Rhs = Self> {
    /// The type of the result.
    type Output;

    /// `self & rhs`.
    #[must_use]
    fn bitand(self, rhs: Rhs) -> Self::Output;
}

/// The operator `|`.
#[lang = "bitor"]
pub trait BitOr<Rhs = Self> {
    /// The type of the result.
    type Output;

    /// `self | rhs`.
    #[must_use]
    fn bitor(self, rhs: Rhs) -> Self::Output;
}

/// The operator `^`.
#[lang = "bitxor"]
pub trait BitXor<Rhs = Self> {
    /// The type of the result.
    type Output;

    /// `self ^ rhs`.
    #[must_use]
    fn bitxor(self, rhs: Rhs) -> Self::Output;
}

/// The operator `<<`.
#[lang = "shl"]
pub trait Shl<Rhs = Self> {
    /// The type of the result.
    type Output;

    /// `self << rhs`.
    #[must_use]
    fn shl(self, rhs: Rhs) -> Self::Output;
}

/// The operator `>>`.
#[lang = "shr"]
pub trait Shr<Rhs = Self> {
    /// The type of the result.
    type Output;

    /// `self >> rhs`.
    #[must_use]
    fn shr(self, rhs: Rhs) -> Self::Output;
}

/// The operator `&=`.
#[lang = "bitand_assign"]
pub trait BitAndAssign<Rhs = Self> {
    /// `self &= rhs`.
    fn bitand_assign(&mut self, rhs: Rhs);
}

/// The operator `|=`.
#[lang = "bitor_assign"]
pub trait BitOrAssign<Rhs = Self> {
    /// `self |= rhs`.
    fn bitor_assign(&mut self, rhs: Rhs);
}

/// The operator `^=`.
#[lang = "bitxor_assign"]
pub trait BitXorAssign<Rhs = Self> {
    /// `self ^= rhs`.
    fn bitxor_assign(&mut self, rhs: Rhs);
}

/// The operator `<<=`.
#[lang = "shl_assign"]
pub trait ShlAssign<Rhs = Self> {
    /// `self <<= rhs`.
    fn shl_assign(&mut self, rhs: Rhs);
}

/// The operator `>>=`.
#[lang = "shr_assign"]
pub trait ShrAssign<Rhs = Self> {
    /// `self >>= rhs`.
    fn shr_assign(&mut self, rhs: Rhs);
}

macro_rules! impl_not {
    ($($t:ty)*) => {$(
        impl Not for $t {
            type Output = $t;

            #[inline]
            fn not(self) -> $t {
                !self
            }
        }

        forward_ref_unop! { impl Not, not for $t }
    )*};
}

macro_rules! impl_bits {
    ($imp:ident $method:ident $assign:ident $assign_method:ident $op:tt $assign_op:tt: $($t:ty)*) => {$(
        impl $imp for $t {
            type Output = $t;

            #[inline]
            fn $method(self, other: $t) -> $t {
                self $op other
            }
        }

        forward_ref_binop! { impl $imp, $method for $t, $t }

        impl $assign for $t {
            #[inline]
            fn $assign_method(&mut self, other: $t) {
                *self $assign_op other
            }
        }

        forward_ref_op_assign! { impl $assign, $assign_method for $t, $t }
    )*};
}

macro_rules! impl_shift {
    ($($t:ty: $($u:ty)*;)*) => {$($(
        impl Shl<$u> for $t {
            type Output = $t;

            #[inline]
            #[track_caller]
            #[rustc_inherit_overflow_checks]
            fn shl(self, other: $u) -> $t {
                self << other
            }
        }

        impl Shr<$u> for $t {
            type Output = $t;

            #[inline]
            #[track_caller]
            #[rustc_inherit_overflow_checks]
            fn shr(self, other: $u) -> $t {
                self >> other
            }
        }

        impl ShlAssign<$u> for $t {
            #[inline]
            #[track_caller]
            #[rustc_inherit_overflow_checks]
            fn shl_assign(&mut self, other: $u) {
                *self <<= other
            }
        }

        impl ShrAssign<$u> for $t {
            #[inline]
            #[track_caller]
            #[rustc_inherit_overflow_checks]
            fn shr_assign(&mut self, other: $u) {
                *self >>= other
            }
        }

        forward_ref_binop! { impl Shl, shl for $t, $u }
        forward_ref_binop! { impl Shr, shr for $t, $u }
        forward_ref_op_assign! { impl ShlAssign, shl_assign for $t, $u }
        forward_ref_op_assign! { impl ShrAssign, shr_assign for $t, $u }
    )*)*};
}

impl_not! { bool usize u8 u16 u32 u64 u128 isize i8 i16 i32 i64 i128 }

impl Not for ! {
    type Output = !;

    fn not(self) -> ! {
        self
    }
}

impl_bits! { BitAnd bitand BitAndAssign bitand_assign & &=: bool usize u8 u16 u32 u64 u128 isize i8 i16 i32 i64 i128 }
impl_bits! { BitOr bitor BitOrAssign bitor_assign | |=: bool usize u8 u16 u32 u64 u128 isize i8 i16 i32 i64 i128 }
impl_bits! { BitXor bitxor BitXorAssign bitxor_assign ^ ^=: bool usize u8 u16 u32 u64 u128 isize i8 i16 i32 i64 i128 }

impl_shift! {
    u8: u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize;
    u16: u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize;
    u32: u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize;
    u64: u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize;
    u128: u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize;
    usize: u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize;
    i8: u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize;
    i16: u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize;
    i32: u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize;
    i64: u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize;
    i128: u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize;
    isize: u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize;
}
