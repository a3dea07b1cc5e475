//! Text of floating-point numbers; the digits come from the host.

use super::{flag, rt, Debug, Display, Formatter, LowerExp, Result, UpperExp};
use crate::intrinsics::host;
use crate::str;

/// The longest text: 309 digits, a point and 1074 more; what a precision asks beyond are zeros.
const CAPACITY: usize = 1400;
const MOST_DIGITS: usize = 1080;

const SHORTEST: u32 = 0;
const FIXED: u32 = 1;
const SHORTEST_EXP: u32 = 2;
const FIXED_EXP: u32 = 3;

impl Formatter<'_> {
    /// Writes a number of several parts, padded; `zeros` go between `front` and `back`.
    pub(super) fn pad_parts(&mut self, sign: &str, front: &str, zeros: usize, back: &str) -> Result {
        let len = sign.len() + front.len() + zeros + back.len();
        let missing = match self.width {
            Some(width) if width > len => width - len,
            _ => 0,
        };
        let (mut pre, mut zero_fill, mut post) = (0, 0, 0);
        if missing > 0 {
            if self.flags & flag::ZERO != 0 {
                zero_fill = missing;
            } else {
                pre = match self.align {
                    rt::Alignment::Left => 0,
                    rt::Alignment::Center => missing / 2,
                    _ => missing,
                };
                post = missing - pre;
            }
        }
        self.write_fill(self.fill, pre)?;
        if sign.len() != 0 {
            self.buf.write_str(sign)?;
        }
        self.write_fill('0', zero_fill)?;
        self.buf.write_str(front)?;
        self.write_fill('0', zeros)?;
        if back.len() != 0 {
            self.buf.write_str(back)?;
        }
        self.write_fill(self.fill, post)
    }
}

macro_rules! float_text {
    ($t:ident $host:ident) => {
        mod $host {
            use super::*;

            fn text(x: $t, mode: u32, point_zero: bool, upper: bool, f: &mut Formatter<'_>) -> Result {
                if x != x {
                    return f.pad_parts("", "NaN", 0, "");
                }
                let sign = if x.is_sign_negative() {
                    "-"
                } else if f.flags & flag::PLUS != 0 {
                    "+"
                } else {
                    ""
                };
                let magnitude = x.abs();
                if magnitude == $t::INFINITY {
                    return f.pad_parts(sign, "inf", 0, "");
                }
                let (precision, extra) = match f.precision {
                    Some(p) if p > MOST_DIGITS => (MOST_DIGITS, p - MOST_DIGITS),
                    Some(p) => (p, 0),
                    None => (0, 0),
                };
                let mut buf = [0u8; CAPACITY];
                let len = unsafe { host::$host(magnitude, mode, precision, buf.as_mut_ptr(), CAPACITY) };
                let mut split = len;
                if mode >= SHORTEST_EXP {
                    split = buf[..len].find_byte(b'e').unwrap_or(len);
                    if upper {
                        buf[split] = b'E';
                    }
                }
                let (front, back) = unsafe {
                    (str::from_utf8_unchecked(&buf[..split]), str::from_utf8_unchecked(&buf[split..len]))
                };
                if point_zero && front.as_bytes().find_byte(b'.').is_none() {
                    return f.pad_parts(sign, front, 0, ".0");
                }
                f.pad_parts(sign, front, extra, back)
            }

            impl Display for $t {
                fn fmt(&self, f: &mut Formatter<'_>) -> Result {
                    let mode = if f.precision.is_some() { FIXED } else { SHORTEST };
                    text(*self, mode, false, false, f)
                }
            }

            impl Debug for $t {
                fn fmt(&self, f: &mut Formatter<'_>) -> Result {
                    if f.precision.is_some() {
                        return text(*self, FIXED, false, false, f);
                    }
                    let magnitude = self.abs();
                    if magnitude >= 1e16 || (magnitude != 0.0 && magnitude < 1e-4) {
                        text(*self, SHORTEST_EXP, false, false, f)
                    } else {
                        text(*self, SHORTEST, true, false, f)
                    }
                }
            }

            impl LowerExp for $t {
                fn fmt(&self, f: &mut Formatter<'_>) -> Result {
                    let mode = if f.precision.is_some() { FIXED_EXP } else { SHORTEST_EXP };
                    text(*self, mode, false, false, f)
                }
            }

            impl UpperExp for $t {
                fn fmt(&self, f: &mut Formatter<'_>) -> Result {
                    let mode = if f.precision.is_some() { FIXED_EXP } else { SHORTEST_EXP };
                    text(*self, mode, false, true, f)
                }
            }
        }
    };
}
float_text! { f32 fmt_f32 }
float_text! { f64 fmt_f64 }
