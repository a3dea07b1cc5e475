//! What threads share without an operating system.

pub mod atomic;
