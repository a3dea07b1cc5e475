//! `Command`: the machine can't start other processes, so that every start ends the run with `unsupported:`.

use crate::convert::Infallible;
use crate::ffi::{OsStr, OsString};
use crate::fmt;
use crate::io::{self, Read, Write};
use crate::path::Path;
use crate::sys::unsupported;

/// What to start.
pub struct Command {
    program: OsString,
    args: Vec<OsString>,
}

/// Where a stream of a process leads.
pub struct Stdio(());

/// A running process; there never is one.
#[derive(Debug)]
pub struct Child {
    pub stdin: Option<ChildStdin>,
    pub stdout: Option<ChildStdout>,
    pub stderr: Option<ChildStderr>,
    never: Infallible,
}

/// How a process ended.
#[derive(PartialEq, Eq, Clone, Copy, Debug, Default)]
pub struct ExitStatus(i32);

/// What a process printed and how it ended.
#[derive(PartialEq, Eq, Clone)]
pub struct Output {
    pub status: ExitStatus,
    pub stdout: Vec<u8>,
    pub stderr: Vec<u8>,
}

impl Command {
    pub fn new<S: AsRef<OsStr>>(program: S) -> Command {
        Command { program: program.as_ref().to_os_string(), args: Vec::new() }
    }

    pub fn arg<S: AsRef<OsStr>>(&mut self, arg: S) -> &mut Command {
        self.args.push(arg.as_ref().to_os_string());
        self
    }

    pub fn args<I, S>(&mut self, args: I) -> &mut Command
    where
        I: IntoIterator<Item = S>,
        S: AsRef<OsStr>,
    {
        for arg in args {
            self.arg(arg);
        }
        self
    }

    pub fn env<K: AsRef<OsStr>, V: AsRef<OsStr>>(&mut self, _key: K, _val: V) -> &mut Command {
        self
    }

    pub fn env_remove<K: AsRef<OsStr>>(&mut self, _key: K) -> &mut Command {
        self
    }

    pub fn current_dir<P: AsRef<Path>>(&mut self, _dir: P) -> &mut Command {
        self
    }

    pub fn stdin<T: Into<Stdio>>(&mut self, _cfg: T) -> &mut Command {
        self
    }

    pub fn stdout<T: Into<Stdio>>(&mut self, _cfg: T) -> &mut Command {
        self
    }

    pub fn stderr<T: Into<Stdio>>(&mut self, _cfg: T) -> &mut Command {
        self
    }

    pub fn get_program(&self) -> &OsStr {
        &self.program
    }

    pub fn spawn(&mut self) -> io::Result<Child> {
        unsupported("other processes (`Command::spawn`)")
    }

    pub fn output(&mut self) -> io::Result<Output> {
        unsupported("other processes (`Command::output`)")
    }

    pub fn status(&mut self) -> io::Result<ExitStatus> {
        unsupported("other processes (`Command::status`)")
    }
}

impl fmt::Debug for Command {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.program, f)?;
        for arg in self.args.iter() {
            write!(f, " {arg:?}")?;
        }
        Ok(())
    }
}

impl Stdio {
    pub fn piped() -> Stdio {
        Stdio(())
    }

    pub fn inherit() -> Stdio {
        Stdio(())
    }

    pub fn null() -> Stdio {
        Stdio(())
    }
}

impl Child {
    pub fn id(&self) -> u32 {
        match self.never {}
    }

    pub fn kill(&mut self) -> io::Result<()> {
        match self.never {}
    }

    pub fn wait(&mut self) -> io::Result<ExitStatus> {
        match self.never {}
    }

    pub fn try_wait(&mut self) -> io::Result<Option<ExitStatus>> {
        match self.never {}
    }

    pub fn wait_with_output(self) -> io::Result<Output> {
        match self.never {}
    }
}

impl ExitStatus {
    pub fn success(&self) -> bool {
        self.0 == 0
    }

    pub fn code(&self) -> Option<i32> {
        Some(self.0)
    }
}

impl fmt::Display for ExitStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "exit status: {}", self.0)
    }
}

impl fmt::Debug for Output {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Output")
            .field("status", &self.status)
            .field("stdout", &self.stdout)
            .field("stderr", &self.stderr)
            .finish()
    }
}

macro_rules! child_stream {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        pub struct $name {
            never: Infallible,
        }

        impl fmt::Debug for $name {
            fn fmt(&self, _f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self.never {}
            }
        }
    )*};
}

child_stream! {
    /// What a process reads.
    ChildStdin;
    /// What a process prints.
    ChildStdout;
    /// What a process complains.
    ChildStderr;
}

impl Write for ChildStdin {
    fn write(&mut self, _buf: &[u8]) -> io::Result<usize> {
        match self.never {}
    }

    fn flush(&mut self) -> io::Result<()> {
        match self.never {}
    }
}

impl Read for ChildStdout {
    fn read(&mut self, _buf: &mut [u8]) -> io::Result<usize> {
        match self.never {}
    }
}

impl Read for ChildStderr {
    fn read(&mut self, _buf: &mut [u8]) -> io::Result<usize> {
        match self.never {}
    }
}
