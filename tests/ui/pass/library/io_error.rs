// `io::Error`, its kinds and texts.
use std::error::Error;
use std::io::{self, ErrorKind};

fn main() {
    let custom = io::Error::new(ErrorKind::Other, "custom text");
    println!("{custom} | {custom:?} | {:?}", custom.kind());
    println!("{:?} {:?}", custom.get_ref().map(|e| e.to_string()), custom.raw_os_error());
    let simple = io::Error::from(ErrorKind::NotFound);
    println!("{simple} | {simple:?} | {}", simple.source().is_none());
    let os = io::Error::from_raw_os_error(2);
    println!("{os} | {os:?} | {:?}", os.kind());
    let other = io::Error::other("x".parse::<i32>().unwrap_err());
    println!("{other} | {other:?} | {:?}", other.downcast_ref());
    for kind in [
        ErrorKind::PermissionDenied,
        ErrorKind::AlreadyExists,
        ErrorKind::WouldBlock,
        ErrorKind::InvalidInput,
        ErrorKind::InvalidData,
        ErrorKind::TimedOut,
        ErrorKind::WriteZero,
        ErrorKind::Interrupted,
        ErrorKind::Unsupported,
        ErrorKind::UnexpectedEof,
        ErrorKind::OutOfMemory,
        ErrorKind::BrokenPipe,
    ] {
        println!("{kind} {kind:?}");
    }
    let b: Box<dyn Error + Send + Sync> = Box::new(io::Error::new(ErrorKind::InvalidData, "boxed"));
    println!("{:?}", b.downcast::<io::Error>().map(|e| e.into_inner().unwrap().to_string()));
}

trait DowncastRef {
    fn downcast_ref(&self) -> Option<String>;
}

impl DowncastRef for io::Error {
    fn downcast_ref(&self) -> Option<String> {
        self.get_ref()?.downcast_ref::<std::num::ParseIntError>().map(|e| format!("{:?}", e.kind()))
    }
}
