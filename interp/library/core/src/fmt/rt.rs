//! What `format_args!` lowers to.

use super::{Binary, Debug, Display, Formatter, LowerExp, LowerHex, Octal, Pointer, Result, UpperExp, UpperHex};
use crate::intrinsics;
use crate::marker::PhantomData;
use crate::ptr::NonNull;

/// How one hole is to be filled.
#[lang = "format_placeholder"]
#[derive(Copy, Clone)]
pub struct Placeholder {
    pub position: usize,
    pub fill: char,
    pub align: Alignment,
    pub flags: u32,
    pub precision: Count,
    pub width: Count,
}

impl Placeholder {
    /// All parts.
    #[inline]
    pub const fn new(
        position: usize,
        fill: char,
        align: Alignment,
        flags: u32,
        precision: Count,
        width: Count,
    ) -> Placeholder {
        Placeholder { position, fill, align, flags, precision, width }
    }
}

/// Where text stands in its width.
#[lang = "format_alignment"]
#[derive(Copy, Clone, PartialEq, Eq)]
pub enum Alignment {
    Left,
    Right,
    Center,
    Unknown,
}

/// A width or precision.
#[lang = "format_count"]
#[derive(Copy, Clone)]
pub enum Count {
    /// This number.
    Is(usize),
    /// The number that is the argument of this index.
    Param(usize),
    /// None.
    Implied,
}

impl Count {
    #[inline]
    pub(super) fn value(&self, args: &[Argument<'_>]) -> Option<usize> {
        match *self {
            Count::Is(n) => Some(n),
            Count::Param(i) => Some(args[i].count),
            Count::Implied => None,
        }
    }
}

/// A value and how it is formatted.
#[lang = "format_argument"]
#[derive(Copy, Clone)]
pub struct Argument<'a> {
    pub(super) value: NonNull<()>,
    pub(super) formatter: unsafe fn(NonNull<()>, &mut Formatter<'_>) -> Result,
    /// The number, if it was made as a width or precision.
    count: usize,
    marker: PhantomData<&'a ()>,
}

impl<'a> Argument<'a> {
    #[inline]
    const fn new<T>(x: &'a T, f: fn(&T, &mut Formatter<'_>) -> Result) -> Argument<'a> {
        Argument {
            value: unsafe { NonNull { pointer: x as *const T as *const () } },
            formatter: unsafe { intrinsics::transmute(f) },
            count: 0,
            marker: PhantomData,
        }
    }

    /// A width or precision.
    #[inline]
    pub const fn from_usize(x: &'a usize) -> Argument<'a> {
        Argument {
            value: unsafe { NonNull { pointer: x as *const usize as *const () } },
            formatter: unsafe {
                intrinsics::transmute(<usize as Display>::fmt as fn(&usize, &mut Formatter<'_>) -> Result)
            },
            count: *x,
            marker: PhantomData,
        }
    }
}

macro_rules! makers {
    ($($name:ident $bound:ident;)*) => {
        impl<'a> Argument<'a> {$(
            #[doc = "A value formatted by this trait."]
            #[inline]
            pub const fn $name<T: $bound>(x: &'a T) -> Argument<'a> {
                Argument::new(x, <T as $bound>::fmt)
            }
        )*}
    };
}
makers! {
    new_display Display;
    new_debug Debug;
    new_octal Octal;
    new_lower_hex LowerHex;
    new_upper_hex UpperHex;
    new_pointer Pointer;
    new_binary Binary;
    new_lower_exp LowerExp;
    new_upper_exp UpperExp;
}
