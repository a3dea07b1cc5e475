//! `io::Error` and its kinds.
//!
//! To add a kind, add a line to the table of `kinds!` (name and what it displays), and to
//! `decode_error_kind` if the system has a number for it.

use super::repr::{Data, Repr};
use crate::error;
use crate::fmt;
use crate::result;

/// The result of reading and writing.
pub type Result<T> = result::Result<T, Error>;

/// What went wrong in reading or writing.
pub struct Error {
    repr: Repr,
}

/// A kind and a text that need no memory.
#[repr(align(4))]
pub(crate) struct SimpleMessage {
    kind: ErrorKind,
    message: &'static str,
}

impl SimpleMessage {
    pub(crate) const fn new(kind: ErrorKind, message: &'static str) -> SimpleMessage {
        SimpleMessage { kind, message }
    }
}

#[repr(align(4))]
pub(super) struct Custom {
    kind: ErrorKind,
    error: Box<dyn error::Error + Send + Sync>,
}

/// An error of a kind with a text that is known when std is compiled.
macro_rules! const_error {
    ($kind:expr, $message:expr $(,)?) => {
        $crate::io::Error::from_message(const { &$crate::io::SimpleMessage::new($kind, $message) })
    };
}
pub(crate) use const_error;

macro_rules! kinds {
    ($($name:ident $text:literal;)*) => {
        /// The general kind of an error.
        #[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
        #[non_exhaustive]
        pub enum ErrorKind {
            $($name,)*
        }

        impl ErrorKind {
            const ALL: &'static [ErrorKind] = &[$(ErrorKind::$name),*];

            /// The kind whose discriminant that is.
            pub(super) fn from_number(number: u8) -> ErrorKind {
                ErrorKind::ALL[number as usize]
            }

            pub(crate) fn description(&self) -> &'static str {
                match *self {
                    $(ErrorKind::$name => $text,)*
                }
            }
        }
    };
}

kinds! {
    NotFound "entity not found";
    PermissionDenied "permission denied";
    ConnectionRefused "connection refused";
    ConnectionReset "connection reset";
    HostUnreachable "host unreachable";
    NetworkUnreachable "network unreachable";
    ConnectionAborted "connection aborted";
    NotConnected "not connected";
    AddrInUse "address in use";
    AddrNotAvailable "address not available";
    NetworkDown "network down";
    BrokenPipe "broken pipe";
    AlreadyExists "entity already exists";
    WouldBlock "operation would block";
    NotADirectory "not a directory";
    IsADirectory "is a directory";
    DirectoryNotEmpty "directory not empty";
    ReadOnlyFilesystem "read-only filesystem or storage medium";
    FilesystemLoop "filesystem loop or indirection limit (e.g. symlink loop)";
    StaleNetworkFileHandle "stale network file handle";
    InvalidInput "invalid input parameter";
    InvalidData "invalid data";
    TimedOut "timed out";
    WriteZero "write zero";
    StorageFull "no storage space";
    NotSeekable "seek on unseekable file";
    QuotaExceeded "quota exceeded";
    FileTooLarge "file too large";
    ResourceBusy "resource busy";
    ExecutableFileBusy "executable file busy";
    Deadlock "deadlock";
    CrossesDevices "cross-device link or rename";
    TooManyLinks "too many links";
    InvalidFilename "invalid filename";
    ArgumentListTooLong "argument list too long";
    Interrupted "operation interrupted";
    Unsupported "unsupported";
    UnexpectedEof "unexpected end of file";
    OutOfMemory "out of memory";
    InProgress "in progress";
    Other "other error";
    Uncategorized "uncategorized error";
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.description())
    }
}

impl From<ErrorKind> for Error {
    fn from(kind: ErrorKind) -> Error {
        Error { repr: Repr::simple(kind) }
    }
}

impl Error {
    pub(crate) const UNSUPPORTED_PLATFORM: Error =
        const_error!(ErrorKind::Unsupported, "operation not supported on this platform");
    pub(crate) const INVALID_UTF8: Error =
        const_error!(ErrorKind::InvalidData, "stream did not contain valid UTF-8");
    pub(crate) const READ_EXACT_EOF: Error =
        const_error!(ErrorKind::UnexpectedEof, "failed to fill whole buffer");
    pub(crate) const WRITE_ALL_EOF: Error = const_error!(ErrorKind::WriteZero, "failed to write whole buffer");

    pub(crate) const fn from_message(message: &'static SimpleMessage) -> Error {
        Error { repr: Repr::message(message) }
    }

    pub fn new<E>(kind: ErrorKind, error: E) -> Error
    where
        E: Into<Box<dyn error::Error + Send + Sync>>,
    {
        Error { repr: Repr::custom(Box::new(Custom { kind, error: error.into() })) }
    }

    pub fn other<E>(error: E) -> Error
    where
        E: Into<Box<dyn error::Error + Send + Sync>>,
    {
        Error::new(ErrorKind::Other, error)
    }

    pub fn from_raw_os_error(code: i32) -> Error {
        Error { repr: Repr::os(code) }
    }

    pub fn last_os_error() -> Error {
        Error::from_raw_os_error(0)
    }

    pub fn raw_os_error(&self) -> Option<i32> {
        match self.repr.data() {
            Data::Os(code) => Some(code),
            _ => None,
        }
    }

    pub fn get_ref(&self) -> Option<&(dyn error::Error + Send + Sync + 'static)> {
        match self.repr.data() {
            Data::Custom(c) => Some(&*c.error),
            _ => None,
        }
    }

    pub fn get_mut(&mut self) -> Option<&mut (dyn error::Error + Send + Sync + 'static)> {
        match self.repr.data_mut() {
            Data::Custom(c) => Some(&mut *c.error),
            _ => None,
        }
    }

    pub fn into_inner(self) -> Option<Box<dyn error::Error + Send + Sync>> {
        match self.repr.into_data() {
            Data::Custom(c) => Some(c.error),
            _ => None,
        }
    }

    pub fn downcast<E>(self) -> result::Result<E, Error>
    where
        E: error::Error + Send + Sync + 'static,
    {
        if !matches!(self.repr.data(), Data::Custom(c) if c.error.is::<E>()) {
            return Err(self);
        }
        match self.repr.into_data() {
            Data::Custom(c) => match c.error.downcast::<E>() {
                Ok(e) => Ok(*e),
                Err(_) => unreachable!(),
            },
            _ => unreachable!(),
        }
    }

    pub fn kind(&self) -> ErrorKind {
        match self.repr.data() {
            Data::Os(code) => decode_error_kind(code),
            Data::Simple(kind) => kind,
            Data::Message(m) => m.kind,
            Data::Custom(c) => c.kind,
        }
    }

    pub(crate) fn is_interrupted(&self) -> bool {
        self.kind() == ErrorKind::Interrupted
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.repr.data() {
            Data::Os(code) => f
                .debug_struct("Os")
                .field("code", &code)
                .field("kind", &decode_error_kind(code))
                .field("message", &error_string(code))
                .finish(),
            Data::Simple(kind) => f.debug_tuple("Kind").field(&kind).finish(),
            Data::Message(m) => {
                f.debug_struct("Error").field("kind", &m.kind).field("message", &m.message).finish()
            }
            Data::Custom(c) => f.debug_struct("Custom").field("kind", &c.kind).field("error", &c.error).finish(),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.repr.data() {
            Data::Os(code) => write!(f, "{} (os error {code})", error_string(code)),
            Data::Simple(kind) => f.write_str(kind.description()),
            Data::Message(m) => f.write_str(m.message),
            Data::Custom(c) => fmt::Display::fmt(&c.error, f),
        }
    }
}

impl error::Error for Error {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match self.repr.data() {
            Data::Custom(c) => c.error.source(),
            _ => None,
        }
    }
}

impl From<alloc_crate::ffi::NulError> for Error {
    fn from(_: alloc_crate::ffi::NulError) -> Error {
        const_error!(ErrorKind::InvalidInput, "data provided contains a nul byte")
    }
}

impl From<alloc_crate::collections::TryReserveError> for Error {
    fn from(_: alloc_crate::collections::TryReserveError) -> Error {
        Error::from(ErrorKind::OutOfMemory)
    }
}

/// The kind of a Linux error number.
fn decode_error_kind(code: i32) -> ErrorKind {
    match code {
        1 | 13 => ErrorKind::PermissionDenied,
        2 => ErrorKind::NotFound,
        4 => ErrorKind::Interrupted,
        7 => ErrorKind::ArgumentListTooLong,
        11 => ErrorKind::WouldBlock,
        12 => ErrorKind::OutOfMemory,
        16 => ErrorKind::ResourceBusy,
        17 => ErrorKind::AlreadyExists,
        18 => ErrorKind::CrossesDevices,
        20 => ErrorKind::NotADirectory,
        21 => ErrorKind::IsADirectory,
        22 => ErrorKind::InvalidInput,
        26 => ErrorKind::ExecutableFileBusy,
        27 => ErrorKind::FileTooLarge,
        28 => ErrorKind::StorageFull,
        29 => ErrorKind::NotSeekable,
        30 => ErrorKind::ReadOnlyFilesystem,
        31 => ErrorKind::TooManyLinks,
        32 => ErrorKind::BrokenPipe,
        35 => ErrorKind::Deadlock,
        36 => ErrorKind::InvalidFilename,
        38 | 95 => ErrorKind::Unsupported,
        39 => ErrorKind::DirectoryNotEmpty,
        40 => ErrorKind::FilesystemLoop,
        98 => ErrorKind::AddrInUse,
        99 => ErrorKind::AddrNotAvailable,
        100 => ErrorKind::NetworkDown,
        101 => ErrorKind::NetworkUnreachable,
        103 => ErrorKind::ConnectionAborted,
        104 => ErrorKind::ConnectionReset,
        107 => ErrorKind::NotConnected,
        110 => ErrorKind::TimedOut,
        111 => ErrorKind::ConnectionRefused,
        113 => ErrorKind::HostUnreachable,
        115 => ErrorKind::InProgress,
        116 => ErrorKind::StaleNetworkFileHandle,
        122 => ErrorKind::QuotaExceeded,
        _ => ErrorKind::Uncategorized,
    }
}

/// What the C library says of a Linux error number.
fn error_string(code: i32) -> String {
    String::from(match code {
        0 => "Success",
        1 => "Operation not permitted",
        2 => "No such file or directory",
        3 => "No such process",
        4 => "Interrupted system call",
        5 => "Input/output error",
        7 => "Argument list too long",
        9 => "Bad file descriptor",
        11 => "Resource temporarily unavailable",
        12 => "Cannot allocate memory",
        13 => "Permission denied",
        14 => "Bad address",
        16 => "Device or resource busy",
        17 => "File exists",
        18 => "Invalid cross-device link",
        20 => "Not a directory",
        21 => "Is a directory",
        22 => "Invalid argument",
        24 => "Too many open files",
        26 => "Text file busy",
        27 => "File too large",
        28 => "No space left on device",
        29 => "Illegal seek",
        30 => "Read-only file system",
        32 => "Broken pipe",
        35 => "Resource deadlock avoided",
        36 => "File name too long",
        38 => "Function not implemented",
        39 => "Directory not empty",
        95 => "Operation not supported",
        98 => "Address already in use",
        99 => "Cannot assign requested address",
        104 => "Connection reset by peer",
        107 => "Transport endpoint is not connected",
        110 => "Connection timed out",
        111 => "Connection refused",
        _ => return format!("Unknown error {code}"),
    })
}
