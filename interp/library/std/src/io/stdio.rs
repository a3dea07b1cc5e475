//! The standard streams.
//!
//! Invariants: after each call the standard output holds back only what is after the last newline,
//! less than `CAPACITY` bytes; its lock may be taken again by the thread that has it. The standard
//! error holds back nothing. To print faster, keep `append` free of calls.

use super::prelude::*;
use super::{BufReader, Error, Lines, Result};
use crate::cell::UnsafeCell;
use crate::fmt;
use crate::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
use crate::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use crate::thread::native_id;
use core::intrinsics::{copy, copy_nonoverlapping, host, offset};

/// How much of a line is held back.
const CAPACITY: usize = 1024;

/// `EBADF`: a closed standard stream swallows everything.
const CLOSED: isize = -9;

/// A lock that its owner may take again.
struct Reentrant {
    owner: AtomicU64,
    count: UnsafeCell<u32>,
    futex: AtomicU32,
}

unsafe impl Sync for Reentrant {}

impl Reentrant {
    const fn new() -> Reentrant {
        Reentrant { owner: AtomicU64::new(0), count: UnsafeCell::new(0), futex: AtomicU32::new(0) }
    }

    fn lock(&self) {
        let me = native_id();
        if self.owner.load(Ordering::Relaxed) != me {
            if self.futex.compare_exchange(0, 1, Ordering::Acquire, Ordering::Relaxed).is_err() {
                while self.futex.swap(2, Ordering::Acquire) != 0 {
                    unsafe { host::wait(self.futex.as_ptr(), 2, u64::MAX) };
                }
            }
            self.owner.store(me, Ordering::Relaxed);
        }
        unsafe { *self.count.get() += 1 };
    }

    fn unlock(&self) {
        unsafe {
            let count = *self.count.get() - 1;
            *self.count.get() = count;
            if count == 0 {
                self.owner.store(0, Ordering::Relaxed);
                if self.futex.swap(0, Ordering::Release) == 2 {
                    host::wake(self.futex.as_ptr(), 1);
                }
            }
        }
    }
}

/// What is printed and not yet written. Only touched with the lock held.
struct LineBuffer {
    lock: Reentrant,
    bytes: UnsafeCell<Vec<u8>>,
    unbuffered: AtomicBool,
}

unsafe impl Sync for LineBuffer {}

static STDOUT: LineBuffer =
    LineBuffer { lock: Reentrant::new(), bytes: UnsafeCell::new(Vec::new()), unbuffered: AtomicBool::new(false) };

static STDERR: Reentrant = Reentrant::new();

/// Writes all of `bytes` to the descriptor.
fn write_raw(fd: i32, mut ptr: *const u8, mut len: usize) -> Result<()> {
    while len != 0 {
        let n = unsafe { host::write(fd, ptr, len) };
        if n == CLOSED {
            return Ok(());
        }
        if n == 0 {
            return Err(Error::WRITE_ALL_EOF);
        }
        if n < 0 {
            let error = Error::from_raw_os_error(-n as i32);
            if error.is_interrupted() {
                continue;
            }
            return Err(error);
        }
        ptr = unsafe { ptr.add(n as usize) };
        len -= n as usize;
    }
    Ok(())
}

/// Adds `text` to the standard output's buffer. `settle` must follow.
fn append(text: &[u8]) -> Result<()> {
    let buffer = unsafe { &mut *STDOUT.bytes.get() };
    let from = text as *const [u8] as *const u8;
    let count = text.len();
    let mut len = buffer.len();
    if count > buffer.capacity() - len {
        if len + count > CAPACITY {
            settle()?;
            write_buffer(buffer)?;
            if count >= CAPACITY {
                return write_raw(1, from, count);
            }
            len = 0;
        }
        buffer.reserve_exact(CAPACITY - len);
    }
    unsafe {
        copy_nonoverlapping(from, offset(buffer.as_mut_ptr(), len), count);
        buffer.set_len(len + count);
    }
    Ok(())
}

/// Writes the lines in the buffer that are whole.
fn settle() -> Result<()> {
    let buffer = unsafe { &mut *STDOUT.bytes.get() };
    let len = buffer.len();
    let base = buffer.as_mut_ptr();
    let mut lines = len;
    if !STDOUT.unbuffered.load(Ordering::Relaxed) {
        while lines != 0 && unsafe { *offset(base, lines - 1) } != b'\n' {
            lines -= 1;
        }
    }
    if lines == 0 {
        return Ok(());
    }
    let result = write_raw(1, base, lines);
    unsafe {
        copy(offset(base as *const u8, lines), base, len - lines);
        buffer.set_len(len - lines);
    }
    result
}

/// Adds `text` and writes what is whole.
fn put(text: &[u8]) -> Result<()> {
    append(text)?;
    settle()
}

fn write_buffer(buffer: &mut Vec<u8>) -> Result<()> {
    let result = write_raw(1, buffer.as_ptr(), buffer.len());
    buffer.clear();
    result
}

/// Writes what is held back; from now on nothing is.
pub(crate) fn cleanup() {
    let me = native_id();
    let free = STDOUT.lock.futex.load(Ordering::Relaxed) == 0;
    if free || STDOUT.lock.owner.load(Ordering::Relaxed) == me {
        STDOUT.lock.lock();
        let buffer = unsafe { &mut *STDOUT.bytes.get() };
        let _ = write_buffer(buffer);
        *buffer = Vec::new();
        STDOUT.unbuffered.store(true, Ordering::Relaxed);
        STDOUT.lock.unlock();
    }
}

/// Something goes to the standard error: lines of a print that is under way in this thread go first.
fn lines_first() {
    if STDOUT.lock.futex.load(Ordering::Relaxed) != 0 && STDOUT.lock.owner.load(Ordering::Relaxed) == native_id() {
        let _ = settle();
    }
}

/// Writes a panic's message, past all locks.
pub(crate) fn raw_stderr(text: &[u8]) {
    lines_first();
    let _ = write_raw(2, text.as_ptr(), text.len());
}

/// The standard output.
pub struct Stdout {
    inner: (),
}

/// The standard output, locked.
pub struct StdoutLock<'a> {
    inner: &'a LineBuffer,
}

pub fn stdout() -> Stdout {
    Stdout { inner: () }
}

impl Stdout {
    pub fn lock(&self) -> StdoutLock<'static> {
        STDOUT.lock.lock();
        StdoutLock { inner: &STDOUT }
    }
}

impl Drop for StdoutLock<'_> {
    fn drop(&mut self) {
        self.inner.lock.unlock();
    }
}

impl Write for StdoutLock<'_> {
    fn write(&mut self, buf: &[u8]) -> Result<usize> {
        put(buf)?;
        Ok(buf.len())
    }

    fn write_all(&mut self, buf: &[u8]) -> Result<()> {
        put(buf)
    }

    fn write_fmt(&mut self, args: fmt::Arguments<'_>) -> Result<()> {
        print_to(1, args)
    }

    fn flush(&mut self) -> Result<()> {
        write_buffer(unsafe { &mut *self.inner.bytes.get() })
    }
}

/// The standard error.
pub struct Stderr {
    inner: (),
}

/// The standard error, locked.
pub struct StderrLock<'a> {
    inner: &'a Reentrant,
}

pub fn stderr() -> Stderr {
    Stderr { inner: () }
}

impl Stderr {
    pub fn lock(&self) -> StderrLock<'static> {
        STDERR.lock();
        StderrLock { inner: &STDERR }
    }
}

impl Drop for StderrLock<'_> {
    fn drop(&mut self) {
        self.inner.unlock();
    }
}

impl Write for StderrLock<'_> {
    fn write(&mut self, buf: &[u8]) -> Result<usize> {
        write_raw(2, buf.as_ptr(), buf.len())?;
        Ok(buf.len())
    }

    fn flush(&mut self) -> Result<()> {
        Ok(())
    }
}

macro_rules! write_through_lock {
    ($($ty:ty),*) => {$(
        impl Write for $ty {
            fn write(&mut self, buf: &[u8]) -> Result<usize> {
                self.lock().write(buf)
            }

            fn flush(&mut self) -> Result<()> {
                self.lock().flush()
            }

            fn write_all(&mut self, buf: &[u8]) -> Result<()> {
                self.lock().write_all(buf)
            }

            fn write_fmt(&mut self, args: fmt::Arguments<'_>) -> Result<()> {
                self.lock().write_fmt(args)
            }
        }
    )*};
}

write_through_lock! { Stdout, &Stdout, Stderr, &Stderr }

macro_rules! debug_opaque {
    ($($name:literal [$($life:lifetime)?] $ty:ty;)*) => {$(
        impl<$($life)?> fmt::Debug for $ty {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct($name).finish_non_exhaustive()
            }
        }
    )*};
}

debug_opaque! {
    "Stdout" [] Stdout;
    "StdoutLock" ['a] StdoutLock<'a>;
    "Stderr" [] Stderr;
    "StderrLock" ['a] StderrLock<'a>;
    "Stdin" [] Stdin;
    "StdinLock" ['a] StdinLock<'a>;
}

/// Formatted text on its way to a standard stream.
struct Printer {
    fd: i32,
    error: Result<()>,
}

impl fmt::Write for Printer {
    fn write_str(&mut self, s: &str) -> fmt::Result {
        let bytes = s.as_bytes();
        let done = if self.fd == 1 { append(bytes) } else { write_raw(2, bytes.as_ptr(), bytes.len()) };
        match done {
            Ok(()) => Ok(()),
            Err(e) => {
                self.error = Err(e);
                Err(fmt::Error)
            }
        }
    }
}

/// Writes the whole lines also when a value's formatting unwinds.
struct Settle(i32);

impl Drop for Settle {
    fn drop(&mut self) {
        if self.0 == 1 {
            let _ = settle();
        }
    }
}

fn print_to(fd: i32, args: fmt::Arguments<'_>) -> Result<()> {
    let mut printer = Printer { fd, error: Ok(()) };
    let unwinding = Settle(fd);
    let written = fmt::write(&mut printer, args);
    core::mem::forget(unwinding);
    let settled = if fd == 1 { settle() } else { Ok(()) };
    match written {
        Ok(()) => settled,
        Err(_) if printer.error.is_err() => printer.error,
        Err(_) => panic!("a formatting trait implementation returned an error when the underlying stream did not"),
    }
}

/// What `print!` calls.
pub fn _print(args: fmt::Arguments<'_>) {
    let _lock = stdout().lock();
    if let Err(e) = print_to(1, args) {
        panic!("failed printing to stdout: {e}");
    }
}

/// What `eprint!` calls.
pub fn _eprint(args: fmt::Arguments<'_>) {
    lines_first();
    let _lock = stderr().lock();
    if let Err(e) = print_to(2, args) {
        panic!("failed printing to stderr: {e}");
    }
}

/// The standard input without a buffer.
struct StdinRaw(());

impl Read for StdinRaw {
    fn read(&mut self, buf: &mut [u8]) -> Result<usize> {
        let n = unsafe { host::read(0, buf.as_mut_ptr(), buf.len()) };
        if n == CLOSED {
            return Ok(0);
        }
        if n < 0 {
            return Err(Error::from_raw_os_error(-n as i32));
        }
        Ok(n as usize)
    }
}

static STDIN: OnceLock<Mutex<BufReader<StdinRaw>>> = OnceLock::new();

/// The standard input.
pub struct Stdin {
    inner: &'static Mutex<BufReader<StdinRaw>>,
}

/// The standard input, locked.
pub struct StdinLock<'a> {
    inner: MutexGuard<'a, BufReader<StdinRaw>>,
}

pub fn stdin() -> Stdin {
    Stdin { inner: STDIN.get_or_init(|| Mutex::new(BufReader::new(StdinRaw(())))) }
}

impl Stdin {
    pub fn lock(&self) -> StdinLock<'static> {
        StdinLock { inner: self.inner.lock().unwrap_or_else(PoisonError::into_inner) }
    }

    pub fn read_line(&self, buf: &mut String) -> Result<usize> {
        self.lock().read_line(buf)
    }

    pub fn lines(self) -> Lines<StdinLock<'static>> {
        self.lock().lines()
    }
}

impl Read for Stdin {
    fn read(&mut self, buf: &mut [u8]) -> Result<usize> {
        self.lock().read(buf)
    }

    fn read_to_end(&mut self, buf: &mut Vec<u8>) -> Result<usize> {
        self.lock().read_to_end(buf)
    }

    fn read_to_string(&mut self, buf: &mut String) -> Result<usize> {
        self.lock().read_to_string(buf)
    }

    fn read_exact(&mut self, buf: &mut [u8]) -> Result<()> {
        self.lock().read_exact(buf)
    }
}

impl Read for &Stdin {
    fn read(&mut self, buf: &mut [u8]) -> Result<usize> {
        self.lock().read(buf)
    }
}

impl Read for StdinLock<'_> {
    fn read(&mut self, buf: &mut [u8]) -> Result<usize> {
        self.inner.read(buf)
    }

    fn read_to_end(&mut self, buf: &mut Vec<u8>) -> Result<usize> {
        self.inner.read_to_end(buf)
    }
}

impl BufRead for StdinLock<'_> {
    fn fill_buf(&mut self) -> Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.inner.consume(amount)
    }
}

/// Whether a stream is a terminal; in the machine none is.
pub trait IsTerminal {
    fn is_terminal(&self) -> bool;
}

macro_rules! not_a_terminal {
    ($([$($life:lifetime)?] $ty:ty;)*) => {$(
        impl<$($life)?> IsTerminal for $ty {
            fn is_terminal(&self) -> bool {
                false
            }
        }
    )*};
}

not_a_terminal! {
    [] Stdin;
    ['a] StdinLock<'a>;
    [] Stdout;
    ['a] StdoutLock<'a>;
    [] Stderr;
    ['a] StderrLock<'a>;
}
