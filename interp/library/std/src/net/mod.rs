//! Addresses of the internet, and sockets that cannot be opened.

mod addresses;
mod socket;

pub use self::addresses::ToSocketAddrs;
pub use self::socket::{Incoming, IntoIncoming, Shutdown, TcpListener, TcpStream, UdpSocket};
pub use core::net::*;
