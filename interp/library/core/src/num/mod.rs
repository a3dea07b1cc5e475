//! The number types: their methods, parsing and errors.
//!
//! `int_common`, `int_signed` and `int_unsigned` are macros that give a type its methods;
//! `int_impls` applies them. To add an integer method, add it to one of the macros.

mod error;
#[macro_use]
mod int_common;
#[macro_use]
mod int_signed;
#[macro_use]
mod int_unsigned;
mod int_impls;
mod float;
mod float_parse;
mod nonzero;
mod parse;
mod saturating;
mod u8_ascii;
mod wrapping;

pub use self::error::{IntErrorKind, ParseIntError, TryFromIntError};
pub use self::float_parse::ParseFloatError;
pub use self::nonzero::{NonZero, ZeroablePrimitive};
pub use self::nonzero::{NonZeroI128, NonZeroI16, NonZeroI32, NonZeroI64, NonZeroI8, NonZeroIsize};
pub use self::nonzero::{NonZeroU128, NonZeroU16, NonZeroU32, NonZeroU64, NonZeroU8, NonZeroUsize};
pub use self::saturating::Saturating;
pub use self::wrapping::Wrapping;

/// The kinds of floating-point numbers.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum FpCategory {
    /// Not a number.
    Nan,
    /// Positive or negative infinity.
    Infinite,
    /// Positive or negative zero.
    Zero,
    /// Too small for full precision.
    Subnormal,
    /// Everything else.
    Normal,
}
