//! Addresses of the internet, as data: nothing here talks to a network.
//!
//! To add an address type, give it a file, its text form in `display.rs` and its parser in `parser.rs`.

mod display;
mod ip_addr;
mod parser;
mod socket_addr;

pub use self::ip_addr::{IpAddr, Ipv4Addr, Ipv6Addr};
pub use self::parser::AddrParseError;
pub use self::socket_addr::{SocketAddr, SocketAddrV4, SocketAddrV6};
