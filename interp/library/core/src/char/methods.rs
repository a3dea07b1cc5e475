//! Methods of `char`, and UTF-16.

use super::escape::{EscapeDebug, EscapeDefault, EscapeUnicode, ToLowercase, ToUppercase};
use crate::{error, fmt, intrinsics, slice, str, unicode};

impl char {
    /// The smallest character.
    pub const MIN: char = '\0';
    /// The largest character.
    pub const MAX: char = '\u{10FFFF}';
    /// The most bytes a character takes in UTF-8.
    pub const MAX_LEN_UTF8: usize = 4;
    /// The most units a character takes in UTF-16.
    pub const MAX_LEN_UTF16: usize = 2;
    /// What stands for what could not be decoded.
    pub const REPLACEMENT_CHARACTER: char = '\u{FFFD}';
    /// The version of Unicode.
    pub const UNICODE_VERSION: (u8, u8, u8) = (17, 0, 0);

    /// Decodes UTF-16.
    pub fn decode_utf16<I: IntoIterator<Item = u16>>(iter: I) -> DecodeUtf16<I::IntoIter> {
        decode_utf16(iter)
    }

    /// The character of a code point.
    #[inline]
    pub const fn from_u32(i: u32) -> Option<char> {
        if i < 0xD800 || (i > 0xDFFF && i <= 0x10FFFF) {
            Some(unsafe { intrinsics::transmute::<u32, char>(i) })
        } else {
            None
        }
    }

    /// The character of a code point, which must be one.
    #[inline]
    pub const unsafe fn from_u32_unchecked(i: u32) -> char {
        unsafe { intrinsics::transmute::<u32, char>(i) }
    }

    /// The digit in a base.
    #[track_caller]
    pub const fn from_digit(num: u32, radix: u32) -> Option<char> {
        if radix > 36 {
            panic!("from_digit: radix is too high (maximum 36)");
        }
        if num >= radix {
            return None;
        }
        let num = num as u8;
        Some(if num < 10 { (b'0' + num) as char } else { (b'a' + num - 10) as char })
    }

    /// Whether it is a digit in a base.
    #[track_caller]
    pub const fn is_digit(self, radix: u32) -> bool {
        self.to_digit(radix).is_some()
    }

    /// The value of a digit in a base.
    #[inline]
    #[track_caller]
    pub const fn to_digit(self, radix: u32) -> Option<u32> {
        assert!(radix >= 2 && radix <= 36, "to_digit: invalid radix -- radix must be in the range 2 to 36 inclusive");
        let code = self as u32;
        let mut digit = code.wrapping_sub('0' as u32);
        if digit > 9 {
            digit = (code | 0x20).wrapping_sub('a' as u32);
            if digit > 25 {
                return None;
            }
            digit += 10;
        }
        if digit < radix { Some(digit) } else { None }
    }

    /// The characters of `\u{...}`.
    pub fn escape_unicode(self) -> EscapeUnicode {
        EscapeUnicode::new(self)
    }

    /// The characters of its escape as `Debug` writes it.
    pub fn escape_debug(self) -> EscapeDebug {
        self.escape_debug_ext(true, true, true)
    }

    /// `escape_debug` with a choice of what to escape.
    pub(crate) fn escape_debug_ext(self, grapheme_extended: bool, single_quote: bool, double_quote: bool) -> EscapeDebug {
        match self {
            '\0' => EscapeDebug::backslash('0'),
            '\t' => EscapeDebug::backslash('t'),
            '\r' => EscapeDebug::backslash('r'),
            '\n' => EscapeDebug::backslash('n'),
            '\\' => EscapeDebug::backslash('\\'),
            '"' if double_quote => EscapeDebug::backslash('"'),
            '\'' if single_quote => EscapeDebug::backslash('\''),
            '\x20'..='\x7e' => EscapeDebug::plain(self),
            _ if grapheme_extended && unicode::is_grapheme_extend(self) => EscapeDebug::unicode(self),
            '\x7f' => EscapeDebug::unicode(self),
            _ if self >= '\x20' && unicode::is_printable(self) => EscapeDebug::plain(self),
            _ => EscapeDebug::unicode(self),
        }
    }

    /// The characters of its escape, ASCII only.
    pub fn escape_default(self) -> EscapeDefault {
        match self {
            '\t' => EscapeDefault::backslash('t'),
            '\r' => EscapeDefault::backslash('r'),
            '\n' => EscapeDefault::backslash('n'),
            '\\' | '\'' | '"' => EscapeDefault::backslash(self),
            '\x20'..='\x7e' => EscapeDefault::plain(self),
            _ => EscapeDefault::unicode(self),
        }
    }

    /// How many bytes it takes in UTF-8.
    #[inline]
    pub const fn len_utf8(self) -> usize {
        let code = self as u32;
        if code < 0x80 {
            1
        } else if code < 0x800 {
            2
        } else if code < 0x10000 {
            3
        } else {
            4
        }
    }

    /// How many units it takes in UTF-16.
    #[inline]
    pub const fn len_utf16(self) -> usize {
        if (self as u32) < 0x10000 { 1 } else { 2 }
    }

    /// Writes it as UTF-8; the part written.
    #[inline]
    #[track_caller]
    pub const fn encode_utf8(self, dst: &mut [u8]) -> &mut str {
        let code = self as u32;
        let len = self.len_utf8();
        if len > dst.len() {
            panic!(
                "encode_utf8: need {} bytes to encode U+{:04X} but buffer has just {}",
                len,
                code,
                dst.len(),
            );
        }
        if len == 1 {
            dst[0] = code as u8;
        } else if len == 2 {
            dst[0] = (code >> 6) as u8 | 0xC0;
            dst[1] = (code & 0x3F) as u8 | 0x80;
        } else if len == 3 {
            dst[0] = (code >> 12) as u8 | 0xE0;
            dst[1] = (code >> 6 & 0x3F) as u8 | 0x80;
            dst[2] = (code & 0x3F) as u8 | 0x80;
        } else {
            dst[0] = (code >> 18) as u8 | 0xF0;
            dst[1] = (code >> 12 & 0x3F) as u8 | 0x80;
            dst[2] = (code >> 6 & 0x3F) as u8 | 0x80;
            dst[3] = (code & 0x3F) as u8 | 0x80;
        }
        unsafe { str::from_utf8_unchecked_mut(slice::from_raw_parts_mut(dst.as_mut_ptr(), len)) }
    }

    /// Writes it as UTF-16; the part written.
    #[track_caller]
    pub const fn encode_utf16(self, dst: &mut [u16]) -> &mut [u16] {
        let mut code = self as u32;
        let len = self.len_utf16();
        if len > dst.len() {
            panic!(
                "encode_utf16: need {} bytes to encode U+{:04X} but buffer has just {}",
                len,
                code,
                dst.len(),
            );
        }
        if len == 1 {
            dst[0] = code as u16;
        } else {
            code -= 0x10000;
            dst[0] = 0xD800 | (code >> 10) as u16;
            dst[1] = 0xDC00 | (code & 0x3FF) as u16;
        }
        unsafe { slice::from_raw_parts_mut(dst.as_mut_ptr(), len) }
    }

    /// A letter and the like.
    #[inline]
    pub fn is_alphabetic(self) -> bool {
        match self {
            'a'..='z' | 'A'..='Z' => true,
            c => c > '\x7f' && unicode::is_alphabetic(c),
        }
    }

    /// Lower case.
    #[inline]
    pub const fn is_lowercase(self) -> bool {
        match self {
            'a'..='z' => true,
            c => c > '\x7f' && unicode::is_lowercase(c),
        }
    }

    /// Upper case.
    #[inline]
    pub const fn is_uppercase(self) -> bool {
        match self {
            'A'..='Z' => true,
            c => c > '\x7f' && unicode::is_uppercase(c),
        }
    }

    /// White space.
    #[inline]
    pub const fn is_whitespace(self) -> bool {
        matches!(
            self,
            ' ' | '\x09'..='\x0d' | '\u{85}' | '\u{A0}' | '\u{1680}' | '\u{2000}'..='\u{200A}'
                | '\u{2028}' | '\u{2029}' | '\u{202F}' | '\u{205F}' | '\u{3000}'
        )
    }

    /// A letter, number or the like.
    #[inline]
    pub fn is_alphanumeric(self) -> bool {
        match self {
            'a'..='z' | 'A'..='Z' | '0'..='9' => true,
            c => c > '\x7f' && (unicode::is_alphabetic(c) || unicode::is_numeric(c)),
        }
    }

    /// A control character.
    #[inline]
    pub fn is_control(self) -> bool {
        matches!(self, '\0'..='\x1f' | '\x7f'..='\u{9f}')
    }

    /// A number.
    #[inline]
    pub fn is_numeric(self) -> bool {
        match self {
            '0'..='9' => true,
            c => c > '\x7f' && unicode::is_numeric(c),
        }
    }

    /// The characters of its lower case.
    pub fn to_lowercase(self) -> ToLowercase {
        ToLowercase::new(unicode::to_lower(self))
    }

    /// The characters of its upper case.
    pub fn to_uppercase(self) -> ToUppercase {
        ToUppercase::new(unicode::to_upper(self))
    }

    /// Whether it is below 128.
    #[inline]
    pub const fn is_ascii(&self) -> bool {
        (*self as u32) < 128
    }

    /// With `a` to `z` made upper case.
    #[inline]
    pub const fn to_ascii_uppercase(&self) -> char {
        match *self {
            'a'..='z' => (*self as u8 - 32) as char,
            c => c,
        }
    }

    /// With `A` to `Z` made lower case.
    #[inline]
    pub const fn to_ascii_lowercase(&self) -> char {
        match *self {
            'A'..='Z' => (*self as u8 + 32) as char,
            c => c,
        }
    }

    /// Whether both are equal but for ASCII case.
    #[inline]
    pub const fn eq_ignore_ascii_case(&self, other: &char) -> bool {
        self.to_ascii_lowercase() as u32 == other.to_ascii_lowercase() as u32
    }

    /// Makes `a` to `z` upper case.
    pub const fn make_ascii_uppercase(&mut self) {
        *self = self.to_ascii_uppercase();
    }

    /// Makes `A` to `Z` lower case.
    pub const fn make_ascii_lowercase(&mut self) {
        *self = self.to_ascii_lowercase();
    }

    /// An ASCII letter.
    #[inline]
    pub const fn is_ascii_alphabetic(&self) -> bool {
        matches!(*self, 'A'..='Z' | 'a'..='z')
    }

    /// An ASCII upper case letter.
    #[inline]
    pub const fn is_ascii_uppercase(&self) -> bool {
        matches!(*self, 'A'..='Z')
    }

    /// An ASCII lower case letter.
    #[inline]
    pub const fn is_ascii_lowercase(&self) -> bool {
        matches!(*self, 'a'..='z')
    }

    /// An ASCII letter or digit.
    #[inline]
    pub const fn is_ascii_alphanumeric(&self) -> bool {
        matches!(*self, '0'..='9' | 'A'..='Z' | 'a'..='z')
    }

    /// An ASCII digit.
    #[inline]
    pub const fn is_ascii_digit(&self) -> bool {
        matches!(*self, '0'..='9')
    }

    /// An ASCII octal digit.
    #[unstable(feature = "is_ascii_octdigit")]
    #[inline]
    pub const fn is_ascii_octdigit(&self) -> bool {
        matches!(*self, '0'..='7')
    }

    /// An ASCII hexadecimal digit.
    #[inline]
    pub const fn is_ascii_hexdigit(&self) -> bool {
        matches!(*self, '0'..='9' | 'A'..='F' | 'a'..='f')
    }

    /// ASCII punctuation.
    #[inline]
    pub const fn is_ascii_punctuation(&self) -> bool {
        matches!(*self, '!'..='/' | ':'..='@' | '['..='`' | '{'..='~')
    }

    /// A visible ASCII character.
    #[inline]
    pub const fn is_ascii_graphic(&self) -> bool {
        matches!(*self, '!'..='~')
    }

    /// ASCII space, tab, line feed, form feed or carriage return.
    #[inline]
    pub const fn is_ascii_whitespace(&self) -> bool {
        matches!(*self, '\t' | '\n' | '\x0C' | '\r' | ' ')
    }

    /// An ASCII control character.
    #[inline]
    pub const fn is_ascii_control(&self) -> bool {
        matches!(*self, '\0'..='\x1F' | '\x7F')
    }
}

/// Decodes UTF-16, lone surrogates as errors.
#[derive(Clone, Debug)]
pub struct DecodeUtf16<I: Iterator<Item = u16>> {
    iter: I,
    buf: Option<u16>,
}

/// A lone surrogate.
#[derive(Debug, Clone, Eq, PartialEq)]
pub struct DecodeUtf16Error {
    code: u16,
}

/// Decodes UTF-16, lone surrogates as errors.
pub fn decode_utf16<I: IntoIterator<Item = u16>>(iter: I) -> DecodeUtf16<I::IntoIter> {
    DecodeUtf16 { iter: iter.into_iter(), buf: None }
}

impl<I: Iterator<Item = u16>> Iterator for DecodeUtf16<I> {
    type Item = Result<char, DecodeUtf16Error>;

    fn next(&mut self) -> Option<Result<char, DecodeUtf16Error>> {
        let u = match self.buf.take() {
            Some(buf) => buf,
            None => self.iter.next()?,
        };
        if u & 0xF800 != 0xD800 {
            return Some(Ok(unsafe { char::from_u32_unchecked(u as u32) }));
        }
        if u >= 0xDC00 {
            return Some(Err(DecodeUtf16Error { code: u }));
        }
        let u2 = match self.iter.next() {
            Some(u2) => u2,
            None => return Some(Err(DecodeUtf16Error { code: u })),
        };
        if u2 < 0xDC00 || u2 > 0xDFFF {
            self.buf = Some(u2);
            return Some(Err(DecodeUtf16Error { code: u }));
        }
        let c = (((u & 0x3FF) as u32) << 10 | (u2 & 0x3FF) as u32) + 0x10000;
        Some(Ok(unsafe { char::from_u32_unchecked(c) }))
    }
}

impl DecodeUtf16Error {
    /// The surrogate.
    pub fn unpaired_surrogate(&self) -> u16 {
        self.code
    }
}

impl fmt::Display for DecodeUtf16Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unpaired surrogate found: {:x}", self.code)
    }
}

impl error::Error for DecodeUtf16Error {}
