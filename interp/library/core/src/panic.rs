//! What a panic carries: message, place, and safety across unwinding.

use crate::any::Any;
use crate::fmt;

mod location;
mod panic_info;
mod unwind_safe;

pub use self::location::Location;
pub use self::panic_info::{PanicInfo, PanicMessage};
pub use self::unwind_safe::{AssertUnwindSafe, RefUnwindSafe, UnwindSafe};

/// What `std` hands to its unwinder.
#[doc(hidden)]
pub unsafe trait PanicPayload: fmt::Display {
    /// Takes the payload out as a raw box.
    fn take_box(&mut self) -> *mut (dyn Any + Send);

    /// A look at the payload.
    fn get(&mut self) -> &(dyn Any + Send);

    /// The payload, if it is a string.
    fn as_str(&mut self) -> Option<&str> {
        None
    }
}

/// Calls a function; a panic in it ends the process.
pub fn abort_unwind<F: FnOnce() -> R, R>(f: F) -> R {
    f()
}
