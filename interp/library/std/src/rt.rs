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

/// Runs the test `test` as `libtest` does, on a thread that has the test's name, and tells the harness how it ended:
/// `ok`, `code N` (what it returned stands for a failure), `panic` and the text of the payload, or `other` and the
/// type of a payload that is no text.
#[lang = "test_start"]
fn test_start<F, T>(test: F) -> i32
where
    F: FnOnce() -> T + Send + 'static,
    T: Termination + 'static,
{
    let path = crate::any::type_name::<F>();
    let name = path.split_once("::").map_or(path, |(_, name)| name);
    crate::panicking::hint_no_backtrace();
    let thread = crate::thread::Builder::new().name(String::from(name)).spawn(move || test().report().to_i32());
    let end = match thread.unwrap().join() {
        Ok(0) => String::from("ok"),
        Ok(code) => format!("code {code}"),
        Err(payload) => {
            let end = match crate::panicking::payload_as_str(&*payload) {
                Some(text) => format!("panic {text}"),
                None => format!("other {:?}", (*payload).type_id()),
            };
            drop_payload(payload);
            end
        }
    };
    cleanup();
    unsafe { host::test_report(end.as_ptr(), end.len()) };
    0
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
