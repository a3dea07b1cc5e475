//! How a panic runs: the count, the hook, the unwinding and the catching.
//!
//! Invariants: a thread's panic count is one more while a panic is in flight in it; the hook runs
//! once per panic, before anything unwinds; a panic in the hook, or one that may not unwind,
//! aborts. What unwinds is a `Box<Box<dyn Any + Send>>` as a raw pointer.

use crate::io::stdio;
use crate::panic::PanicHookInfo;
use crate::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use crate::sync::{PoisonError, RwLock};
use crate::thread;
use core::any::Any;
use core::cell::Cell;
use core::fmt;
use core::intrinsics::{self, host};
use core::mem::ManuallyDrop;
use core::panic::{Location, PanicInfo};

pub use core::panicking::{
    assert_failed, panic, panic_display, panic_fmt, panic_nounwind, panic_str_2015, unreachable_display, AssertKind,
};

/// What programs install with `set_hook`.
type HookFn = Box<dyn Fn(&PanicHookInfo<'_>) + Sync + Send + 'static>;

static HOOK: RwLock<Option<HookFn>> = RwLock::new(None);

/// Whether the note about backtraces is still to be printed.
static FIRST_PANIC: AtomicBool = AtomicBool::new(true);

#[thread_local]
static IN_HOOK: Cell<bool> = Cell::new(false);

/// The number of panics in flight in all threads together.
static ALL_PANICS: AtomicUsize = AtomicUsize::new(0);

pub mod panic_count {
    //! The number of panics in flight in this thread.
    use core::intrinsics::host;

    pub fn get_count() -> usize {
        host::panic_count()
    }

    pub fn count_is_zero() -> bool {
        !super::panicking()
    }
}

/// Whether this thread is panicking.
pub fn panicking() -> bool {
    ALL_PANICS.load(Ordering::Relaxed) != 0 && host::panic_count() != 0
}

/// A panic begins in this thread.
fn count_up() {
    ALL_PANICS.fetch_add(1, Ordering::Relaxed);
    host::panic_count_increase();
}

/// A panic of this thread was caught.
fn count_down() {
    ALL_PANICS.fetch_sub(1, Ordering::Relaxed);
    host::panic_count_decrease();
}

#[track_caller]
pub fn set_hook(hook: HookFn) {
    if thread::panicking() {
        panic!("cannot modify the panic hook from a panicking thread");
    }
    let old = {
        let mut slot = HOOK.write().unwrap_or_else(PoisonError::into_inner);
        slot.replace(hook)
    };
    drop(old);
}

#[track_caller]
pub fn take_hook() -> HookFn {
    if thread::panicking() {
        panic!("cannot modify the panic hook from a panicking thread");
    }
    let old = {
        let mut slot = HOOK.write().unwrap_or_else(PoisonError::into_inner);
        slot.take()
    };
    match old {
        Some(hook) => hook,
        None => Box::new(default_hook),
    }
}

#[track_caller]
pub fn update_hook<F>(hook_fn: F)
where
    F: Fn(&(dyn Fn(&PanicHookInfo<'_>) + Send + Sync + 'static), &PanicHookInfo<'_>) + Sync + Send + 'static,
{
    let previous = take_hook();
    set_hook(Box::new(move |info| hook_fn(&previous, info)));
}

/// The text of a payload, if it is text.
pub(crate) fn payload_as_str(payload: &dyn Any) -> Option<&str> {
    if let Some(s) = payload.downcast_ref::<&'static str>() {
        Some(*s)
    } else if let Some(s) = payload.downcast_ref::<String>() {
        Some(s.as_str())
    } else {
        None
    }
}

/// Prints what happened and where to the standard error.
fn default_hook(info: &PanicHookInfo<'_>) {
    let text = payload_as_str(info.payload()).unwrap_or("Box<dyn Any>");
    let id = host::thread_current();
    let location = match info.location() {
        Some(location) => *location,
        None => *Location::caller(),
    };
    let current = thread::current();
    let name = current.name().unwrap_or("<unnamed>");
    let mut message = format!("\nthread '{name}' ({id}) panicked at {location}:\n{text}\n");
    if !info.force_no_backtrace() && FIRST_PANIC.swap(false, Ordering::Relaxed) {
        message.push_str("note: run with `RUST_BACKTRACE=1` environment variable to display a backtrace\n");
    }
    stdio::raw_stderr(message.as_bytes());
}

/// No panic says how to get a backtrace: that is for the reader of one program's output.
pub(crate) fn hint_no_backtrace() {
    FIRST_PANIC.store(false, Ordering::Relaxed);
}

/// Where `core`'s panics arrive.
#[lang = "panic_impl"]

fn rust_panic_impl(info: &PanicInfo<'_>) -> ! {
    let message = info.message();
    let payload: Box<dyn Any + Send> = match message.as_str() {
        Some(s) => Box::new(s),
        None => {
            let mut text = String::new();
            let _ = fmt::write(&mut text, format_args!("{message}"));
            Box::new(text)
        }
    };
    let location = match info.location() {
        Some(location) => location,
        None => Location::caller(),
    };
    panic_with_hook(payload, location, info.can_unwind(), info.force_no_backtrace())
}

/// Panics with any value.
#[track_caller]
pub fn begin_panic<M: Any + Send>(msg: M) -> ! {
    panic_with_hook(Box::new(msg), Location::caller(), true, false)
}

fn panic_with_hook(payload: Box<dyn Any + Send>, location: &Location<'_>, can_unwind: bool, no_backtrace: bool) -> ! {
    if IN_HOOK.get() {
        stdio::raw_stderr(b"thread panicked while processing panic. aborting.\n");
        intrinsics::abort();
    }
    count_up();
    IN_HOOK.set(true);
    {
        let info = PanicHookInfo::new(location, &*payload, can_unwind, no_backtrace);
        let hook = HOOK.read().unwrap_or_else(PoisonError::into_inner);
        match &*hook {
            Some(hook) => hook(&info),
            None => default_hook(&info),
        }
    }
    IN_HOOK.set(false);
    if !can_unwind {
        stdio::raw_stderr(b"thread caused non-unwinding panic. aborting.\n");
        intrinsics::abort();
    }
    throw(payload)
}

/// Unwinds with `payload` without running the hook.
pub fn resume_unwind(payload: Box<dyn Any + Send>) -> ! {
    count_up();
    throw(payload)
}

fn throw(payload: Box<dyn Any + Send>) -> ! {
    let raw = Box::into_raw(Box::new(payload)) as *mut u8;
    unsafe { host::start_unwind(raw) }
}

/// What goes into a try and what comes out of it.
union Data<F, R> {
    f: ManuallyDrop<F>,
    r: ManuallyDrop<R>,
    p: ManuallyDrop<Box<dyn Any + Send>>,
}

/// Runs `f`; if it panics, gives back what was thrown.
pub fn catch_unwind<R, F: FnOnce() -> R>(f: F) -> Result<R, Box<dyn Any + Send>> {
    let mut data: Data<F, R> = Data { f: ManuallyDrop::new(f) };
    let raw = &raw mut data as *mut u8;
    unsafe {
        if intrinsics::catch_unwind(do_call::<F, R>, raw, do_catch::<F, R>) == 0 {
            Ok(ManuallyDrop::into_inner(data.r))
        } else {
            Err(ManuallyDrop::into_inner(data.p))
        }
    }
}

fn do_call<F: FnOnce() -> R, R>(data: *mut u8) {
    unsafe {
        let data = data as *mut Data<F, R>;
        let f = ManuallyDrop::take(&mut (*data).f);
        (*data).r = ManuallyDrop::new(f());
    }
}

fn do_catch<F: FnOnce() -> R, R>(data: *mut u8, payload: *mut u8) {
    unsafe {
        let data = data as *mut Data<F, R>;
        let thrown = Box::from_raw(payload as *mut Box<dyn Any + Send>);
        count_down();
        (*data).p = ManuallyDrop::new(*thrown);
    }
}
