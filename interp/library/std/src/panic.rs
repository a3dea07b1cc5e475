//! Panics as programs see them: hooks, catching, payloads.
//!
//! To add to what a hook is told, add a field to `PanicHookInfo`.

use crate::any::Any;
use crate::fmt;
use crate::panicking;
use crate::sync::{Mutex, RwLock};
use crate::thread::Result;

pub use crate::panicking::{set_hook, take_hook, update_hook};
pub use core::panic::{AssertUnwindSafe, Location, PanicMessage, RefUnwindSafe, UnwindSafe};

/// The older name of `PanicHookInfo`.
pub type PanicInfo<'a> = PanicHookInfo<'a>;

/// What a panic hook is told.
pub struct PanicHookInfo<'a> {
    payload: &'a (dyn Any + Send),
    location: &'a Location<'a>,
    can_unwind: bool,
    force_no_backtrace: bool,
}

impl<'a> PanicHookInfo<'a> {
    pub(crate) fn new(
        location: &'a Location<'a>,
        payload: &'a (dyn Any + Send),
        can_unwind: bool,
        force_no_backtrace: bool,
    ) -> PanicHookInfo<'a> {
        PanicHookInfo { payload, location, can_unwind, force_no_backtrace }
    }

    pub fn payload(&self) -> &(dyn Any + Send) {
        self.payload
    }

    pub fn payload_as_str(&self) -> Option<&str> {
        panicking::payload_as_str(self.payload)
    }

    pub fn location(&self) -> Option<&Location<'_>> {
        Some(self.location)
    }

    #[unstable(feature = "panic_can_unwind")]
    pub fn can_unwind(&self) -> bool {
        self.can_unwind
    }

    pub(crate) fn force_no_backtrace(&self) -> bool {
        self.force_no_backtrace
    }
}

impl fmt::Display for PanicHookInfo<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("panicked at ")?;
        self.location.fmt(f)?;
        if let Some(payload) = self.payload_as_str() {
            write!(f, ":\n{payload}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for PanicHookInfo<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PanicHookInfo")
            .field("payload", &self.payload)
            .field("location", &self.location)
            .field("can_unwind", &self.can_unwind)
            .field("force_no_backtrace", &self.force_no_backtrace)
            .finish()
    }
}

impl<T: ?Sized> UnwindSafe for Mutex<T> {}
impl<T: ?Sized> UnwindSafe for RwLock<T> {}
impl<T: ?Sized> RefUnwindSafe for Mutex<T> {}
impl<T: ?Sized> RefUnwindSafe for RwLock<T> {}
impl<T, F> RefUnwindSafe for crate::sync::LazyLock<T, F>
where
    T: RefUnwindSafe + UnwindSafe,
    F: UnwindSafe,
{
}
impl<T, F> UnwindSafe for crate::sync::LazyLock<T, F>
where
    T: UnwindSafe,
    F: UnwindSafe,
{
}
impl<T> UnwindSafe for crate::thread::JoinHandle<T> {}
impl<T> RefUnwindSafe for crate::thread::JoinHandle<T> {}
impl UnwindSafe for crate::io::StdoutLock<'_> {}
impl RefUnwindSafe for crate::io::StdoutLock<'_> {}
impl UnwindSafe for crate::io::StderrLock<'_> {}
impl RefUnwindSafe for crate::io::StderrLock<'_> {}
impl<K: UnwindSafe, V: UnwindSafe, S: UnwindSafe> UnwindSafe for crate::collections::HashMap<K, V, S> {}

/// Runs `f`; if it panics, gives back what was thrown.
pub fn catch_unwind<F: FnOnce() -> R + UnwindSafe, R>(f: F) -> Result<R> {
    panicking::catch_unwind(f)
}

/// Unwinds with `payload` without running the hook.
pub fn resume_unwind(payload: Box<dyn Any + Send>) -> ! {
    panicking::resume_unwind(payload)
}

/// Panics with any value.
#[track_caller]
pub fn panic_any<M: 'static + Any + Send>(msg: M) -> ! {
    panicking::begin_panic(msg)
}

/// How much of a backtrace a panic prints.
#[derive(Debug, Copy, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum BacktraceStyle {
    Short,
    Full,
    Off,
}

pub fn get_backtrace_style() -> Option<BacktraceStyle> {
    Some(BacktraceStyle::Off)
}
