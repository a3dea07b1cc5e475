//! The start and the end of the program.
//!
//! To do something at the end of every program, add it to `cleanup`.

use crate::process::Termination;
use core::any::Any;
use core::intrinsics::host;

pub use crate::panicking::{begin_panic, panic_count};
pub use core::panicking::{panic_display, panic_fmt};

/// Runs `main` and says with which code to exit.
#[lang = "start"]
fn lang_start<T: Termination + 'static>(main: fn() -> T) -> i32 {
    let result = crate::panicking::catch_unwind(move || main().report().to_i32());
    let code = match result {
        Ok(code) => code,
        Err(payload) => {
            drop_payload(payload);
            101
        }
    };
    cleanup();
    code
}

/// Drops what was thrown; a panic in there ends the program.
fn drop_payload(payload: Box<dyn Any + Send>) {
    if let Err(second) = crate::panicking::catch_unwind(move || drop(payload)) {
        crate::mem::forget(second);
        crate::io::_eprint(format_args!("fatal runtime error: drop of the panic payload panicked, aborting\n"));
        core::intrinsics::abort();
    }
}

/// Writes what is still buffered.
pub fn cleanup() {
    crate::io::stdio::cleanup();
}

/// Ends the process after `cleanup`.
pub fn exit(code: i32) -> ! {
    cleanup();
    host::exit(code)
}
