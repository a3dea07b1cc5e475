//! Addresses of the internet; talking to it is not supported.

pub use core::net::*;
