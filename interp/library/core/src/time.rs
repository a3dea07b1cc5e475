//! `Duration`: a span of time in nanoseconds.

use crate::error::Error;
use crate::fmt;
use crate::iter::Sum;
use crate::ops::{Add, AddAssign, Div, DivAssign, Mul, MulAssign, Sub, SubAssign};

const NANOS_PER_SEC: u32 = 1_000_000_000;
const NANOS_PER_MILLI: u32 = 1_000_000;
const NANOS_PER_MICRO: u32 = 1_000;
const MILLIS_PER_SEC: u64 = 1_000;
const MICROS_PER_SEC: u64 = 1_000_000;

/// Nanoseconds below a second; what is above is a niche.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(transparent)]
#[rustc_layout_scalar_valid_range_start(0)]
#[rustc_layout_scalar_valid_range_end(999_999_999)]
struct Nanoseconds(u32);

/// A span of time.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Duration {
    secs: u64,
    nanos: Nanoseconds,
}

impl Default for Duration {
    fn default() -> Self {
        Duration::ZERO
    }
}

#[inline]
const fn make(secs: u64, nanos: u32) -> Duration {
    Duration { secs, nanos: unsafe { Nanoseconds(nanos) } }
}

impl Duration {
    /// One second.
    #[unstable(feature = "duration_constants")]
    pub const SECOND: Duration = Duration::from_secs(1);
    /// One millisecond.
    #[unstable(feature = "duration_constants")]
    pub const MILLISECOND: Duration = Duration::from_millis(1);
    /// One microsecond.
    #[unstable(feature = "duration_constants")]
    pub const MICROSECOND: Duration = Duration::from_micros(1);
    /// One nanosecond.
    #[unstable(feature = "duration_constants")]
    pub const NANOSECOND: Duration = Duration::from_nanos(1);
    /// Nothing.
    pub const ZERO: Duration = Duration::from_nanos(0);
    /// The longest.
    pub const MAX: Duration = Duration::new(u64::MAX, NANOS_PER_SEC - 1);

    /// Of seconds and nanoseconds.
    #[track_caller]
    pub const fn new(secs: u64, nanos: u32) -> Duration {
        if nanos < NANOS_PER_SEC {
            return make(secs, nanos);
        }
        match secs.checked_add((nanos / NANOS_PER_SEC) as u64) {
            Some(secs) => make(secs, nanos % NANOS_PER_SEC),
            None => panic!("overflow in Duration::new"),
        }
    }

    /// Of seconds.
    pub const fn from_secs(secs: u64) -> Duration {
        make(secs, 0)
    }

    /// Of milliseconds.
    pub const fn from_millis(millis: u64) -> Duration {
        make(millis / MILLIS_PER_SEC, (millis % MILLIS_PER_SEC) as u32 * NANOS_PER_MILLI)
    }

    /// Of microseconds.
    pub const fn from_micros(micros: u64) -> Duration {
        make(micros / MICROS_PER_SEC, (micros % MICROS_PER_SEC) as u32 * NANOS_PER_MICRO)
    }

    /// Of nanoseconds.
    pub const fn from_nanos(nanos: u64) -> Duration {
        make(nanos / NANOS_PER_SEC as u64, (nanos % NANOS_PER_SEC as u64) as u32)
    }

    /// Of nanoseconds.
    #[track_caller]
    pub const fn from_nanos_u128(nanos: u128) -> Duration {
        let secs = nanos / NANOS_PER_SEC as u128;
        if secs > u64::MAX as u128 {
            panic!("overflow in `Duration::from_nanos_u128`");
        }
        make(secs as u64, (nanos % NANOS_PER_SEC as u128) as u32)
    }

    /// Of minutes.
    #[track_caller]
    pub const fn from_mins(mins: u64) -> Duration {
        match mins.checked_mul(60) {
            Some(secs) => make(secs, 0),
            None => panic!("overflow in Duration::from_mins"),
        }
    }

    /// Of hours.
    #[track_caller]
    pub const fn from_hours(hours: u64) -> Duration {
        match hours.checked_mul(3600) {
            Some(secs) => make(secs, 0),
            None => panic!("overflow in Duration::from_hours"),
        }
    }

    /// Whether it is nothing.
    pub const fn is_zero(&self) -> bool {
        self.secs == 0 && self.nanos.0 == 0
    }

    /// The whole seconds.
    pub const fn as_secs(&self) -> u64 {
        self.secs
    }

    /// The whole milliseconds below a second.
    pub const fn subsec_millis(&self) -> u32 {
        self.nanos.0 / NANOS_PER_MILLI
    }

    /// The whole microseconds below a second.
    pub const fn subsec_micros(&self) -> u32 {
        self.nanos.0 / NANOS_PER_MICRO
    }

    /// The nanoseconds below a second.
    pub const fn subsec_nanos(&self) -> u32 {
        self.nanos.0
    }

    /// The whole milliseconds.
    pub const fn as_millis(&self) -> u128 {
        self.secs as u128 * MILLIS_PER_SEC as u128 + (self.nanos.0 / NANOS_PER_MILLI) as u128
    }

    /// The whole microseconds.
    pub const fn as_micros(&self) -> u128 {
        self.secs as u128 * MICROS_PER_SEC as u128 + (self.nanos.0 / NANOS_PER_MICRO) as u128
    }

    /// The nanoseconds.
    pub const fn as_nanos(&self) -> u128 {
        self.secs as u128 * NANOS_PER_SEC as u128 + self.nanos.0 as u128
    }

    /// The distance of both.
    pub const fn abs_diff(self, other: Duration) -> Duration {
        match self.checked_sub(other) {
            Some(d) => d,
            None => match other.checked_sub(self) {
                Some(d) => d,
                None => Duration::ZERO,
            },
        }
    }

    /// The sum unless it overflows.
    pub const fn checked_add(self, rhs: Duration) -> Option<Duration> {
        let mut nanos = self.nanos.0 + rhs.nanos.0;
        let mut secs = match self.secs.checked_add(rhs.secs) {
            Some(secs) => secs,
            None => return None,
        };
        if nanos >= NANOS_PER_SEC {
            nanos -= NANOS_PER_SEC;
            secs = match secs.checked_add(1) {
                Some(secs) => secs,
                None => return None,
            };
        }
        Some(make(secs, nanos))
    }

    /// The sum, at most the longest.
    pub const fn saturating_add(self, rhs: Duration) -> Duration {
        match self.checked_add(rhs) {
            Some(d) => d,
            None => Duration::MAX,
        }
    }

    /// The difference unless it is negative.
    pub const fn checked_sub(self, rhs: Duration) -> Option<Duration> {
        let mut secs = match self.secs.checked_sub(rhs.secs) {
            Some(secs) => secs,
            None => return None,
        };
        let mut nanos = self.nanos.0;
        if nanos < rhs.nanos.0 {
            secs = match secs.checked_sub(1) {
                Some(secs) => secs,
                None => return None,
            };
            nanos += NANOS_PER_SEC;
        }
        Some(make(secs, nanos - rhs.nanos.0))
    }

    /// The difference, at least nothing.
    pub const fn saturating_sub(self, rhs: Duration) -> Duration {
        match self.checked_sub(rhs) {
            Some(d) => d,
            None => Duration::ZERO,
        }
    }

    /// The product unless it overflows.
    pub const fn checked_mul(self, rhs: u32) -> Option<Duration> {
        let total_nanos = self.nanos.0 as u64 * rhs as u64;
        let extra_secs = total_nanos / NANOS_PER_SEC as u64;
        let nanos = (total_nanos % NANOS_PER_SEC as u64) as u32;
        match self.secs.checked_mul(rhs as u64) {
            Some(secs) => match secs.checked_add(extra_secs) {
                Some(secs) => Some(make(secs, nanos)),
                None => None,
            },
            None => None,
        }
    }

    /// The product, at most the longest.
    pub const fn saturating_mul(self, rhs: u32) -> Duration {
        match self.checked_mul(rhs) {
            Some(d) => d,
            None => Duration::MAX,
        }
    }

    /// The quotient unless `rhs` is 0.
    pub const fn checked_div(self, rhs: u32) -> Option<Duration> {
        if rhs == 0 {
            return None;
        }
        let secs = self.secs / rhs as u64;
        let carry = self.secs % rhs as u64;
        let nanos = self.nanos.0 / rhs;
        let rest = self.nanos.0 % rhs;
        let extra = (carry * NANOS_PER_SEC as u64 + rest as u64) / rhs as u64;
        Some(make(secs, nanos + extra as u32))
    }

    /// The seconds with their fraction.
    pub const fn as_secs_f64(&self) -> f64 {
        self.secs as f64 + self.nanos.0 as f64 / NANOS_PER_SEC as f64
    }

    /// The seconds with their fraction.
    pub const fn as_secs_f32(&self) -> f32 {
        self.secs as f32 + self.nanos.0 as f32 / NANOS_PER_SEC as f32
    }

    /// The milliseconds with their fraction.
    #[unstable(feature = "duration_millis_float")]
    pub const fn as_millis_f64(&self) -> f64 {
        self.secs as f64 * MILLIS_PER_SEC as f64 + self.nanos.0 as f64 / NANOS_PER_MILLI as f64
    }

    /// The milliseconds with their fraction.
    #[unstable(feature = "duration_millis_float")]
    pub const fn as_millis_f32(&self) -> f32 {
        self.secs as f32 * MILLIS_PER_SEC as f32 + self.nanos.0 as f32 / NANOS_PER_MILLI as f32
    }

    /// Of seconds with a fraction; panics if it is negative or too long.
    #[track_caller]
    pub fn from_secs_f64(secs: f64) -> Duration {
        match Duration::try_from_secs_f64(secs) {
            Ok(d) => d,
            Err(e) => panic!("{}", e.description()),
        }
    }

    /// Of seconds with a fraction; panics if it is negative or too long.
    #[track_caller]
    pub fn from_secs_f32(secs: f32) -> Duration {
        match Duration::try_from_secs_f32(secs) {
            Ok(d) => d,
            Err(e) => panic!("{}", e.description()),
        }
    }

    /// Of seconds with a fraction, unless it is negative or too long; rounded to the nearest nanosecond.
    pub fn try_from_secs_f64(secs: f64) -> Result<Duration, TryFromFloatSecsError> {
        from_float(secs, secs.to_bits() & ((1 << 52) - 1), (secs.to_bits() >> 52) as i32 & 0x7ff, 52, 1023)
    }

    /// Of seconds with a fraction, unless it is negative or too long; rounded to the nearest nanosecond.
    pub fn try_from_secs_f32(secs: f32) -> Result<Duration, TryFromFloatSecsError> {
        let bits = secs.to_bits();
        from_float(secs as f64, (bits & ((1 << 23) - 1)) as u64, (bits >> 23) as i32 & 0xff, 23, 127)
    }

    /// The product with a number.
    #[track_caller]
    pub fn mul_f64(self, rhs: f64) -> Duration {
        Duration::from_secs_f64(rhs * self.as_secs_f64())
    }

    /// The product with a number.
    #[track_caller]
    pub fn mul_f32(self, rhs: f32) -> Duration {
        Duration::from_secs_f32(rhs * self.as_secs_f32())
    }

    /// The quotient by a number.
    #[track_caller]
    pub fn div_f64(self, rhs: f64) -> Duration {
        Duration::from_secs_f64(self.as_secs_f64() / rhs)
    }

    /// The quotient by a number.
    #[track_caller]
    pub fn div_f32(self, rhs: f32) -> Duration {
        Duration::from_secs_f32(self.as_secs_f32() / rhs)
    }

    /// The quotient of two durations.
    pub const fn div_duration_f64(self, rhs: Duration) -> f64 {
        self.as_nanos() as f64 / rhs.as_nanos() as f64
    }

    /// The quotient of two durations.
    pub const fn div_duration_f32(self, rhs: Duration) -> f32 {
        self.as_nanos() as f32 / rhs.as_nanos() as f32
    }
}

/// Seconds of a float's parts, rounded half to even.
fn from_float(
    secs: f64,
    mantissa: u64,
    exponent: i32,
    mantissa_bits: i32,
    bias: i32,
) -> Result<Duration, TryFromFloatSecsError> {
    if secs < 0.0 {
        return Err(TryFromFloatSecsError { kind: FloatSecsErrorKind::Negative });
    }
    if !(secs < 18446744073709551616.0) {
        return Err(TryFromFloatSecsError { kind: FloatSecsErrorKind::OverflowOrNan });
    }
    // secs = significand * 2^shift
    let significand = mantissa | (1 << mantissa_bits);
    let shift = exponent - bias - mantissa_bits;
    if exponent == 0 || shift <= -(mantissa_bits + 32) {
        return Ok(Duration::ZERO);
    }
    if shift >= 0 {
        return Ok(make(significand << shift, 0));
    }
    let down = (-shift) as u32;
    let whole = if down >= 64 { 0 } else { significand >> down };
    let fraction = if down >= 64 { significand } else { significand & ((1 << down) - 1) };
    let product = fraction as u128 * NANOS_PER_SEC as u128;
    let mut nanos = (product >> down) as u32;
    let rest = product & ((1u128 << down) - 1);
    let half = 1u128 << (down - 1);
    if rest > half || (rest == half && nanos & 1 == 1) {
        nanos += 1;
    }
    if nanos < NANOS_PER_SEC {
        return Ok(make(whole, nanos));
    }
    match whole.checked_add(1) {
        Some(secs) => Ok(make(secs, 0)),
        None => Err(TryFromFloatSecsError { kind: FloatSecsErrorKind::OverflowOrNan }),
    }
}

/// Seconds are negative, too many or no number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TryFromFloatSecsError {
    kind: FloatSecsErrorKind,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum FloatSecsErrorKind {
    Negative,
    OverflowOrNan,
}

impl TryFromFloatSecsError {
    const fn description(&self) -> &'static str {
        match self.kind {
            FloatSecsErrorKind::Negative => "cannot convert float seconds to Duration: value is negative",
            FloatSecsErrorKind::OverflowOrNan => {
                "cannot convert float seconds to Duration: value is either too big or NaN"
            }
        }
    }
}

impl fmt::Display for TryFromFloatSecsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.description())
    }
}

impl Error for TryFromFloatSecsError {}

impl Add for Duration {
    type Output = Duration;

    #[track_caller]
    fn add(self, rhs: Duration) -> Duration {
        self.checked_add(rhs).expect("overflow when adding durations")
    }
}

impl AddAssign for Duration {
    #[track_caller]
    fn add_assign(&mut self, rhs: Duration) {
        *self = *self + rhs;
    }
}

impl Sub for Duration {
    type Output = Duration;

    #[track_caller]
    fn sub(self, rhs: Duration) -> Duration {
        self.checked_sub(rhs).expect("overflow when subtracting durations")
    }
}

impl SubAssign for Duration {
    #[track_caller]
    fn sub_assign(&mut self, rhs: Duration) {
        *self = *self - rhs;
    }
}

impl Mul<u32> for Duration {
    type Output = Duration;

    #[track_caller]
    fn mul(self, rhs: u32) -> Duration {
        self.checked_mul(rhs).expect("overflow when multiplying duration by scalar")
    }
}

impl Mul<Duration> for u32 {
    type Output = Duration;

    #[track_caller]
    fn mul(self, rhs: Duration) -> Duration {
        rhs * self
    }
}

impl MulAssign<u32> for Duration {
    #[track_caller]
    fn mul_assign(&mut self, rhs: u32) {
        *self = *self * rhs;
    }
}

impl Div<u32> for Duration {
    type Output = Duration;

    #[track_caller]
    fn div(self, rhs: u32) -> Duration {
        self.checked_div(rhs).expect("divide by zero error when dividing duration by scalar")
    }
}

impl DivAssign<u32> for Duration {
    #[track_caller]
    fn div_assign(&mut self, rhs: u32) {
        *self = *self / rhs;
    }
}

impl Sum for Duration {
    fn sum<I: Iterator<Item = Duration>>(iter: I) -> Duration {
        iter.fold(Duration::ZERO, |a, b| a.checked_add(b).expect("overflow in iter::sum over durations"))
    }
}

impl<'a> Sum<&'a Duration> for Duration {
    fn sum<I: Iterator<Item = &'a Duration>>(iter: I) -> Duration {
        iter.fold(Duration::ZERO, |a, b| a.checked_add(*b).expect("overflow in iter::sum over durations"))
    }
}

impl fmt::Debug for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let prefix = if f.sign_plus() { "+" } else { "" };
        let nanos = self.nanos.0;
        if self.secs > 0 {
            fmt_decimal(f, self.secs, nanos, NANOS_PER_SEC / 10, prefix, "s")
        } else if nanos >= NANOS_PER_MILLI {
            let (whole, rest) = (nanos / NANOS_PER_MILLI, nanos % NANOS_PER_MILLI);
            fmt_decimal(f, whole as u64, rest, NANOS_PER_MILLI / 10, prefix, "ms")
        } else if nanos >= NANOS_PER_MICRO {
            let (whole, rest) = (nanos / NANOS_PER_MICRO, nanos % NANOS_PER_MICRO);
            fmt_decimal(f, whole as u64, rest, NANOS_PER_MICRO / 10, prefix, "µs")
        } else {
            fmt_decimal(f, nanos as u64, 0, 1, prefix, "ns")
        }
    }
}

/// Writes `whole.fraction` and a unit; `divisor` is the weight of the fraction's first digit.
fn fmt_decimal(
    f: &mut fmt::Formatter<'_>,
    whole: u64,
    mut fraction: u32,
    mut divisor: u32,
    prefix: &str,
    unit: &str,
) -> fmt::Result {
    let mut digits = [b'0'; 9];
    let mut pos = 0;
    let end = match f.precision() {
        Some(p) if p < 9 => p,
        _ => 9,
    };
    while fraction > 0 && pos < end {
        digits[pos] = b'0' + (fraction / divisor) as u8;
        fraction %= divisor;
        divisor /= 10;
        pos += 1;
    }
    let mut whole = Some(whole);
    if fraction > 0 && fraction >= divisor * 5 {
        let last_odd = if pos > 0 {
            (digits[pos - 1] - b'0') % 2 == 1
        } else {
            whole.unwrap_or(0) % 2 == 1
        };
        if last_odd || fraction > divisor * 5 {
            let mut at = pos;
            let mut carry = true;
            while carry && at > 0 {
                at -= 1;
                if digits[at] < b'9' {
                    digits[at] += 1;
                    carry = false;
                } else {
                    digits[at] = b'0';
                }
            }
            if carry {
                whole = whole.and_then(|n| n.checked_add(1));
            }
        }
    }
    let shown = match f.precision() {
        Some(p) => if p < 9 { p } else { 9 },
        None => pos,
    };
    let emit = |f: &mut fmt::Formatter<'_>| {
        match whole {
            Some(n) => write!(f, "{prefix}{n}")?,
            None => write!(f, "{prefix}18446744073709551616")?,
        }
        if shown > 0 {
            let text = unsafe { crate::str::from_utf8_unchecked(&digits[..shown]) };
            let width = match f.precision() {
                Some(p) => p,
                None => pos,
            };
            write!(f, ".{text:0<width$}")?;
        }
        f.write_str(unit)
    };
    let requested = match f.width() {
        None => return emit(f),
        Some(width) => width,
    };
    let mut actual = prefix.len() + unit.chars().count();
    actual += match whole {
        Some(n) => match n.checked_ilog10() {
            Some(log) => 1 + log as usize,
            None => 1,
        },
        None => 20,
    };
    if shown > 0 {
        actual += 1 + match f.precision() {
            Some(p) => p,
            None => pos,
        };
    }
    if requested <= actual {
        return emit(f);
    }
    let missing = requested - actual;
    let before = match f.align() {
        Some(fmt::Alignment::Right) => missing,
        Some(fmt::Alignment::Center) => missing / 2,
        _ => 0,
    };
    let fill = f.fill();
    let mut i = 0;
    while i < before {
        fmt::Write::write_char(f, fill)?;
        i += 1;
    }
    emit(f)?;
    while i < missing {
        fmt::Write::write_char(f, fill)?;
        i += 1;
    }
    Ok(())
}
