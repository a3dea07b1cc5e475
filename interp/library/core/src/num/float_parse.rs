//! Text to floating-point numbers; the digits are read by the host, correctly rounded.

use crate::error::Error;
use crate::fmt;
use crate::intrinsics::host;
use crate::str::FromStr;

/// A text is no floating-point number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseFloatError {
    kind: FloatErrorKind,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum FloatErrorKind {
    Empty,
    Invalid,
}

impl fmt::Display for ParseFloatError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self.kind {
            FloatErrorKind::Empty => "cannot parse float from empty string",
            FloatErrorKind::Invalid => "invalid float literal",
        })
    }
}

impl Error for ParseFloatError {}

macro_rules! float_from_str {
    ($t:ident $parse:ident) => {
        impl FromStr for $t {
            type Err = ParseFloatError;

            fn from_str(src: &str) -> Result<$t, ParseFloatError> {
                let bytes = src.as_bytes();
                let len = bytes.len();
                if len == 0 {
                    return Err(ParseFloatError { kind: FloatErrorKind::Empty });
                }
                let sign = bytes[0];
                let rest = if sign == b'-' || sign == b'+' { &bytes[1..] } else { bytes };
                let mut value: $t = 0.0;
                if !unsafe { host::$parse(rest.as_ptr(), rest.len(), &mut value) } {
                    if rest.eq_ignore_ascii_case(b"inf") || rest.eq_ignore_ascii_case(b"infinity") {
                        value = $t::INFINITY;
                    } else if rest.eq_ignore_ascii_case(b"nan") {
                        value = $t::NAN;
                    } else {
                        return Err(ParseFloatError { kind: FloatErrorKind::Invalid });
                    }
                }
                Ok(if sign == b'-' { -value } else { value })
            }
        }
    };
}
float_from_str! { f32 parse_f32 }
float_from_str! { f64 parse_f64 }
