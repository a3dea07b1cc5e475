//! Formatting: the traits behind `{}`, and how text is padded.
//!
//! `rt` holds what `format_args!` lowers to; numbers are in `num.rs` and `float.rs`, the helpers of
//! `Debug` in `builders.rs`. To add a trait's impl for a primitive type, add it to `impls.rs`.

use crate::result;

mod builders;
mod float;
mod impls;
mod int_exp;
mod num;
pub mod rt;
mod tuples;

pub use self::builders::{from_fn, DebugList, DebugMap, DebugSet, DebugStruct, DebugTuple, FromFn};
pub(crate) use self::impls::pointer_fmt_inner;

/// Where text stands in its width.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Alignment {
    /// `<`
    Left,
    /// `>`
    Right,
    /// `^`
    Center,
}

/// The result of formatting.
pub type Result = result::Result<(), Error>;

/// Writing failed.
#[derive(Copy, Clone, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Error;

impl Display for Error {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.pad("an error occurred when formatting an argument")
    }
}

/// What text can be written to.
pub trait Write {
    /// Writes a string.
    fn write_str(&mut self, s: &str) -> Result;

    /// Writes a character.
    fn write_char(&mut self, c: char) -> Result {
        self.write_str(c.encode_utf8(&mut [0; 4]))
    }

    /// Writes formatted text; what `write!` calls.
    fn write_fmt(mut self: &mut Self, args: Arguments<'_>) -> Result {
        write(&mut self, args)
    }
}

impl<W: Write + ?Sized> Write for &mut W {
    fn write_str(&mut self, s: &str) -> Result {
        (**self).write_str(s)
    }

    fn write_char(&mut self, c: char) -> Result {
        (**self).write_char(c)
    }
}

/// Bits of `Formatter::flags`.
mod flag {
    pub(super) const PLUS: u32 = 1;
    pub(super) const MINUS: u32 = 2;
    pub(super) const ALTERNATE: u32 = 4;
    pub(super) const ZERO: u32 = 8;
    pub(super) const LOWER_HEX: u32 = 16;
    pub(super) const UPPER_HEX: u32 = 32;
}

/// Where to write and how.
pub struct Formatter<'a> {
    flags: u32,
    fill: char,
    align: rt::Alignment,
    width: Option<usize>,
    precision: Option<usize>,
    buf: &'a mut (dyn Write + 'a),
}

/// How to write, apart from where.
#[doc(hidden)]
#[derive(Copy, Clone)]
pub struct FormattingOptions {
    flags: u32,
    fill: char,
    align: rt::Alignment,
    width: Option<usize>,
    precision: Option<usize>,
}

impl FormattingOptions {
    /// None of them.
    pub const fn new() -> FormattingOptions {
        FormattingOptions { flags: 0, fill: ' ', align: rt::Alignment::Unknown, width: None, precision: None }
    }
}

/// A string with holes and what fills them.
#[lang = "format_arguments"]
#[derive(Copy, Clone)]
pub struct Arguments<'a> {
    pieces: &'a [&'static str],
    /// How to format each hole; `None`: plainly, one argument after the other.
    fmt: Option<&'a [rt::Placeholder]>,
    args: &'a [rt::Argument<'a>],
}

impl<'a> Arguments<'a> {
    /// Without arguments.
    #[doc(hidden)]
    #[inline]
    pub const fn new_const(pieces: &'a [&'static str]) -> Self {
        Arguments { pieces, fmt: None, args: &[] }
    }

    /// With arguments that are formatted plainly, in order.
    #[doc(hidden)]
    #[inline]
    pub const fn new_v1(pieces: &'a [&'static str], args: &'a [rt::Argument<'a>]) -> Arguments<'a> {
        Arguments { pieces, fmt: None, args }
    }

    /// With a specification for each hole.
    #[doc(hidden)]
    #[inline]
    pub const fn new_v1_formatted(
        pieces: &'a [&'static str],
        args: &'a [rt::Argument<'a>],
        fmt: &'a [rt::Placeholder],
    ) -> Arguments<'a> {
        Arguments { pieces, fmt: Some(fmt), args }
    }

    /// A guess of the text's length.
    #[doc(hidden)]
    pub fn estimated_capacity(&self) -> usize {
        let mut length = 0;
        let mut i = 0;
        while i < self.pieces.len() {
            length += self.pieces[i].len();
            i += 1;
        }
        if self.args.is_empty() { length } else { length + 16 }
    }

    /// The text, if there is nothing to format.
    pub const fn as_str(&self) -> Option<&'static str> {
        if self.args.len() != 0 {
            return None;
        }
        match self.pieces.len() {
            0 => Some(""),
            1 => Some(self.pieces[0]),
            _ => None,
        }
    }

    /// As `as_str`; a hint only.
    #[doc(hidden)]
    pub fn as_statically_known_str(&self) -> Option<&'static str> {
        self.as_str()
    }
}

impl Debug for Arguments<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        write(f.buf, *self)
    }
}

impl Display for Arguments<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        write(f.buf, *self)
    }
}

macro_rules! format_traits {
    ($($(#[$attr:meta])* $name:ident;)*) => {$(
        $(#[$attr])*
        pub trait $name {
            /// Formats the value.
            fn fmt(&self, f: &mut Formatter<'_>) -> Result;
        }
    )*};
}
format_traits! {
    /// `{:?}`
    Debug;
    /// `{}`
    Display;
    /// `{:o}`
    Octal;
    /// `{:b}`
    Binary;
    /// `{:x}`
    LowerHex;
    /// `{:X}`
    UpperHex;
    /// `{:p}`
    Pointer;
    /// `{:e}`
    LowerExp;
    /// `{:E}`
    UpperExp;
}

/// Writes the text of the arguments.
pub fn write(output: &mut dyn Write, args: Arguments<'_>) -> Result {
    let mut f = Formatter {
        flags: 0,
        fill: ' ',
        align: rt::Alignment::Unknown,
        width: None,
        precision: None,
        buf: output,
    };
    let pieces = args.pieces;
    let mut i = 0;
    match args.fmt {
        None => {
            while i < args.args.len() {
                let piece = pieces[i];
                if piece.len() != 0 {
                    f.buf.write_str(piece)?;
                }
                let arg = &args.args[i];
                unsafe { (arg.formatter)(arg.value, &mut f) }?;
                i += 1;
            }
        }
        Some(specs) => {
            while i < specs.len() {
                let piece = pieces[i];
                if piece.len() != 0 {
                    f.buf.write_str(piece)?;
                }
                let spec = &specs[i];
                f.fill = spec.fill;
                f.align = spec.align;
                f.flags = spec.flags;
                f.width = spec.width.value(args.args);
                f.precision = spec.precision.value(args.args);
                let arg = &args.args[spec.position];
                unsafe { (arg.formatter)(arg.value, &mut f) }?;
                i += 1;
            }
        }
    }
    if i < pieces.len() {
        f.buf.write_str(pieces[i])?;
    }
    Ok(())
}

/// Fill to be written behind the text.
struct PostPadding {
    fill: char,
    count: usize,
}

impl PostPadding {
    fn write(self, f: &mut Formatter<'_>) -> Result {
        let mut i = 0;
        while i < self.count {
            f.buf.write_char(self.fill)?;
            i += 1;
        }
        Ok(())
    }
}

impl<'a> Formatter<'a> {
    /// A formatter with these options.
    #[unstable(feature = "formatting_options")]
    #[doc(hidden)]
    pub fn new(buf: &'a mut (dyn Write + 'a), options: FormattingOptions) -> Formatter<'a> {
        let FormattingOptions { flags, fill, align, width, precision } = options;
        Formatter { flags, fill, align, width, precision, buf }
    }

    /// Writes the digits of an integer with sign, prefix, zeros and padding as asked for.
    pub fn pad_integral(&mut self, is_nonnegative: bool, prefix: &str, digits: &str) -> Result {
        let sign = if !is_nonnegative {
            "-"
        } else if self.flags & flag::PLUS != 0 {
            "+"
        } else {
            ""
        };
        let prefix = if self.flags & flag::ALTERNATE != 0 { prefix } else { "" };
        self.pad_number(sign, prefix, digits)
    }

    /// Writes a number's sign, prefix and digits, padded; zeros go between prefix and digits.
    fn pad_number(&mut self, sign: &str, prefix: &str, digits: &str) -> Result {
        let len = sign.len() + prefix.len() + digits.len();
        let missing = match self.width {
            Some(width) if width > len => width - len,
            _ => 0,
        };
        let mut post = 0;
        let mut zeros = 0;
        if missing > 0 {
            if self.flags & flag::ZERO != 0 {
                zeros = missing;
            } else {
                let pre = match self.align {
                    rt::Alignment::Left => 0,
                    rt::Alignment::Center => missing / 2,
                    _ => missing,
                };
                post = missing - pre;
                self.write_fill(self.fill, pre)?;
            }
        }
        if sign.len() != 0 {
            self.buf.write_str(sign)?;
        }
        if prefix.len() != 0 {
            self.buf.write_str(prefix)?;
        }
        if zeros > 0 {
            self.write_fill('0', zeros)?;
        }
        self.buf.write_str(digits)?;
        if post > 0 {
            self.write_fill(self.fill, post)?;
        }
        Ok(())
    }

    fn write_fill(&mut self, fill: char, count: usize) -> Result {
        let mut i = 0;
        while i < count {
            self.buf.write_char(fill)?;
            i += 1;
        }
        Ok(())
    }

    /// Writes a string, cut at the precision and padded to the width.
    pub fn pad(&mut self, s: &str) -> Result {
        if self.width.is_none() && self.precision.is_none() {
            return self.buf.write_str(s);
        }
        let s = match self.precision {
            Some(max) => match s.char_indices().nth(max) {
                Some((end, _)) => unsafe { s.get_unchecked(..end) },
                None => s,
            },
            None => s,
        };
        let width = match self.width {
            Some(width) => width,
            None => return self.buf.write_str(s),
        };
        let chars = s.chars().count();
        if chars >= width {
            return self.buf.write_str(s);
        }
        let post = self.padding(width - chars, rt::Alignment::Left)?;
        self.buf.write_str(s)?;
        post.write(self)
    }

    /// Writes the fill in front of the text.
    fn padding(&mut self, padding: usize, default: rt::Alignment) -> result::Result<PostPadding, Error> {
        let align = match self.align {
            rt::Alignment::Unknown => default,
            align => align,
        };
        let pre = match align {
            rt::Alignment::Left | rt::Alignment::Unknown => 0,
            rt::Alignment::Right => padding,
            rt::Alignment::Center => padding / 2,
        };
        self.write_fill(self.fill, pre)?;
        Ok(PostPadding { fill: self.fill, count: padding - pre })
    }

    /// Writes a string as it is.
    #[inline]
    pub fn write_str(&mut self, data: &str) -> Result {
        self.buf.write_str(data)
    }

    /// Writes formatted text.
    pub fn write_fmt(&mut self, fmt: Arguments<'_>) -> Result {
        if let Some(s) = fmt.as_str() { self.buf.write_str(s) } else { write(self.buf, fmt) }
    }

    /// The raw flags.
    #[deprecated]
    pub fn flags(&self) -> u32 {
        self.flags
    }

    /// The fill character.
    pub fn fill(&self) -> char {
        self.fill
    }

    /// The alignment, if one is given.
    pub fn align(&self) -> Option<Alignment> {
        match self.align {
            rt::Alignment::Left => Some(Alignment::Left),
            rt::Alignment::Right => Some(Alignment::Right),
            rt::Alignment::Center => Some(Alignment::Center),
            rt::Alignment::Unknown => None,
        }
    }

    /// The width, if one is given.
    pub fn width(&self) -> Option<usize> {
        self.width
    }

    /// The precision, if one is given.
    pub fn precision(&self) -> Option<usize> {
        self.precision
    }

    /// Whether `+` is given.
    pub fn sign_plus(&self) -> bool {
        self.flags & flag::PLUS != 0
    }

    /// Whether `-` is given.
    pub fn sign_minus(&self) -> bool {
        self.flags & flag::MINUS != 0
    }

    /// Whether `#` is given.
    #[inline]
    pub fn alternate(&self) -> bool {
        self.flags & flag::ALTERNATE != 0
    }

    /// Whether `0` is given.
    pub fn sign_aware_zero_pad(&self) -> bool {
        self.flags & flag::ZERO != 0
    }

    /// A helper for a struct.
    pub fn debug_struct<'b>(&'b mut self, name: &str) -> DebugStruct<'b, 'a> {
        builders::debug_struct_new(self, name)
    }

    /// A helper for a tuple struct.
    pub fn debug_tuple<'b>(&'b mut self, name: &str) -> DebugTuple<'b, 'a> {
        builders::debug_tuple_new(self, name)
    }

    /// A helper for a list.
    pub fn debug_list<'b>(&'b mut self) -> DebugList<'b, 'a> {
        builders::debug_list_new(self)
    }

    /// A helper for a set.
    pub fn debug_set<'b>(&'b mut self) -> DebugSet<'b, 'a> {
        builders::debug_set_new(self)
    }

    /// A helper for a map.
    pub fn debug_map<'b>(&'b mut self) -> DebugMap<'b, 'a> {
        builders::debug_map_new(self)
    }
}

impl Write for Formatter<'_> {
    fn write_str(&mut self, s: &str) -> Result {
        self.buf.write_str(s)
    }

    fn write_char(&mut self, c: char) -> Result {
        self.buf.write_char(c)
    }

    fn write_fmt(&mut self, args: Arguments<'_>) -> Result {
        write(self.buf, args)
    }
}
