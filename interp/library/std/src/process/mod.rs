//! The process: exit codes, `exit`, `abort`; other processes can't be started (`command.rs`).
//!
//! To let another type be returned from `main`, implement `Termination`.

mod command;

pub use self::command::{Child, ChildStderr, ChildStdin, ChildStdout, Command, ExitStatus, Output, Stdio};

use crate::convert::Infallible;
use crate::fmt;
use core::intrinsics;

/// The code a program ends with.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct ExitCode(u8);

impl ExitCode {
    pub const SUCCESS: ExitCode = ExitCode(0);
    pub const FAILURE: ExitCode = ExitCode(1);

    pub fn to_i32(self) -> i32 {
        self.0 as i32
    }

    #[unstable(feature = "exitcode_exit_method")]
    pub fn exit_process(self) -> ! {
        exit(self.to_i32())
    }
}

impl fmt::Debug for ExitCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ExitCode").field(&format_args!("unix_exit_status({})", self.0)).finish()
    }
}

impl From<u8> for ExitCode {
    fn from(code: u8) -> ExitCode {
        ExitCode(code)
    }
}

/// What `main` may return.
#[lang = "termination"]
#[lang = "termination"]
pub trait Termination {
    fn report(self) -> ExitCode;
}

impl Termination for () {
    fn report(self) -> ExitCode {
        ExitCode::SUCCESS
    }
}

impl Termination for ! {
    fn report(self) -> ExitCode {
        self
    }
}

impl Termination for Infallible {
    fn report(self) -> ExitCode {
        match self {}
    }
}

impl Termination for ExitCode {
    fn report(self) -> ExitCode {
        self
    }
}

impl<T: Termination, E: fmt::Debug> Termination for Result<T, E> {
    fn report(self) -> ExitCode {
        match self {
            Ok(value) => value.report(),
            Err(error) => {
                crate::io::_eprint(format_args!("Error: {error:?}\n"));
                ExitCode::FAILURE
            }
        }
    }
}

/// Ends the process with `code` after what is buffered was written; no destructor runs.
pub fn exit(code: i32) -> ! {
    crate::rt::exit(code)
}

/// Ends the process at once, as by a fatal signal.
pub fn abort() -> ! {
    intrinsics::abort()
}

/// The number of this process; the machine has only one.
pub fn id() -> u32 {
    1000
}
