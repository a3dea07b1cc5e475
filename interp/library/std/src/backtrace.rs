//! Backtraces: the machine's own reports have them, programs get none.

use crate::fmt;

/// A captured backtrace, always disabled.
pub struct Backtrace {
    inner: (),
}

/// Whether there is anything in a backtrace.
#[derive(Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BacktraceStatus {
    Unsupported,
    Disabled,
    Captured,
}

impl Backtrace {
    pub fn capture() -> Backtrace {
        Backtrace { inner: () }
    }

    pub fn force_capture() -> Backtrace {
        Backtrace { inner: () }
    }

    pub const fn disabled() -> Backtrace {
        Backtrace { inner: () }
    }

    pub fn status(&self) -> BacktraceStatus {
        BacktraceStatus::Disabled
    }
}

impl fmt::Debug for Backtrace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<disabled>")
    }
}

impl fmt::Display for Backtrace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("disabled backtrace")
    }
}
