//! Time, by the machine's virtual clock.
//!
//! Invariant: an `Instant` never goes back. To add a clock, add its number to `host::now_nanos`.

use crate::error::Error;
use crate::fmt;
use crate::ops::{Add, AddAssign, Sub, SubAssign};
use core::intrinsics::host;

pub use core::time::{Duration, TryFromFloatSecsError};

const NANOS_PER_SEC: u64 = 1_000_000_000;

/// A point in time of the clock that never goes back.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(Duration);

/// A point in time of the wall clock, since 1970.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SystemTime(Duration);

/// The other time is later: by so much.
#[derive(Clone, Debug)]
pub struct SystemTimeError(Duration);

pub const UNIX_EPOCH: SystemTime = SystemTime(Duration::ZERO);

/// A duration in nanoseconds, as long as the machine can count.
pub(crate) fn saturating_nanos(dur: Duration) -> u64 {
    match dur.as_secs().checked_mul(NANOS_PER_SEC) {
        Some(nanos) => nanos.saturating_add(dur.subsec_nanos() as u64),
        None => u64::MAX,
    }
}

impl Instant {
    pub fn now() -> Instant {
        Instant(Duration::from_nanos(host::now_nanos(1)))
    }

    pub fn duration_since(&self, earlier: Instant) -> Duration {
        self.checked_duration_since(earlier).unwrap_or(Duration::ZERO)
    }

    pub fn checked_duration_since(&self, earlier: Instant) -> Option<Duration> {
        self.0.checked_sub(earlier.0)
    }

    pub fn saturating_duration_since(&self, earlier: Instant) -> Duration {
        self.checked_duration_since(earlier).unwrap_or(Duration::ZERO)
    }

    pub fn elapsed(&self) -> Duration {
        Instant::now().duration_since(*self)
    }

    pub fn checked_add(&self, duration: Duration) -> Option<Instant> {
        self.0.checked_add(duration).map(Instant)
    }

    pub fn checked_sub(&self, duration: Duration) -> Option<Instant> {
        self.0.checked_sub(duration).map(Instant)
    }
}

impl SystemTime {
    pub const UNIX_EPOCH: SystemTime = UNIX_EPOCH;

    pub fn now() -> SystemTime {
        SystemTime(Duration::from_nanos(host::now_nanos(0)))
    }

    pub fn duration_since(&self, earlier: SystemTime) -> Result<Duration, SystemTimeError> {
        match self.0.checked_sub(earlier.0) {
            Some(d) => Ok(d),
            None => Err(SystemTimeError(earlier.0 - self.0)),
        }
    }

    pub fn elapsed(&self) -> Result<Duration, SystemTimeError> {
        SystemTime::now().duration_since(*self)
    }

    pub fn checked_add(&self, duration: Duration) -> Option<SystemTime> {
        self.0.checked_add(duration).map(SystemTime)
    }

    pub fn checked_sub(&self, duration: Duration) -> Option<SystemTime> {
        self.0.checked_sub(duration).map(SystemTime)
    }
}

macro_rules! time_ops {
    ($ty:ident, $name:literal) => {
        impl Add<Duration> for $ty {
            type Output = $ty;

            #[track_caller]
            fn add(self, dur: Duration) -> $ty {
                self.checked_add(dur).expect(concat!("overflow when adding duration to ", $name))
            }
        }

        impl AddAssign<Duration> for $ty {
            #[track_caller]
            fn add_assign(&mut self, other: Duration) {
                *self = *self + other;
            }
        }

        impl Sub<Duration> for $ty {
            type Output = $ty;

            #[track_caller]
            fn sub(self, dur: Duration) -> $ty {
                self.checked_sub(dur).expect(concat!("overflow when subtracting duration from ", $name))
            }
        }

        impl SubAssign<Duration> for $ty {
            #[track_caller]
            fn sub_assign(&mut self, other: Duration) {
                *self = *self - other;
            }
        }

        impl fmt::Debug for $ty {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($ty))
                    .field("tv_sec", &self.0.as_secs())
                    .field("tv_nsec", &self.0.subsec_nanos())
                    .finish()
            }
        }
    };
}

time_ops!(Instant, "instant");
time_ops!(SystemTime, "instant");

impl Sub<Instant> for Instant {
    type Output = Duration;

    fn sub(self, other: Instant) -> Duration {
        self.duration_since(other)
    }
}

impl SystemTimeError {
    pub fn duration(&self) -> Duration {
        self.0
    }
}

impl Error for SystemTimeError {}

impl fmt::Display for SystemTimeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("second time provided was later than self")
    }
}
