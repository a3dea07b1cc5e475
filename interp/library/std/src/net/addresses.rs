//! `ToSocketAddrs`: addresses that are written out are parsed, names of hosts cannot be looked up.

use super::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV4, SocketAddrV6};
use crate::io::{self, Error, ErrorKind};
use crate::iter;
use crate::option;
use crate::slice;
use crate::vec;

/// What stands for one or more addresses with a port.
pub trait ToSocketAddrs {
    type Iter: Iterator<Item = SocketAddr>;

    fn to_socket_addrs(&self) -> io::Result<Self::Iter>;
}

/// Types of which each value is one address.
macro_rules! one_address {
    ($($ty:ty: |$this:ident| $addr:expr;)*) => { $(
        impl ToSocketAddrs for $ty {
            type Iter = option::IntoIter<SocketAddr>;

            fn to_socket_addrs(&self) -> io::Result<option::IntoIter<SocketAddr>> {
                let $this = *self;
                Ok(Some($addr).into_iter())
            }
        }
    )* };
}

one_address! {
    SocketAddr: |addr| addr;
    SocketAddrV4: |addr| SocketAddr::V4(addr);
    SocketAddrV6: |addr| SocketAddr::V6(addr);
    (IpAddr, u16): |pair| SocketAddr::new(pair.0, pair.1);
    (Ipv4Addr, u16): |pair| SocketAddr::new(IpAddr::V4(pair.0), pair.1);
    (Ipv6Addr, u16): |pair| SocketAddr::new(IpAddr::V6(pair.0), pair.1);
}

fn look_up(host: &str, port: u16) -> io::Result<vec::IntoIter<SocketAddr>> {
    match host.parse() {
        Ok(ip) => Ok(vec![SocketAddr::new(ip, port)].into_iter()),
        Err(_) => Err(Error::UNSUPPORTED_PLATFORM),
    }
}

impl ToSocketAddrs for (&str, u16) {
    type Iter = vec::IntoIter<SocketAddr>;

    fn to_socket_addrs(&self) -> io::Result<vec::IntoIter<SocketAddr>> {
        look_up(self.0, self.1)
    }
}

impl ToSocketAddrs for (String, u16) {
    type Iter = vec::IntoIter<SocketAddr>;

    fn to_socket_addrs(&self) -> io::Result<vec::IntoIter<SocketAddr>> {
        look_up(&self.0, self.1)
    }
}

impl ToSocketAddrs for str {
    type Iter = vec::IntoIter<SocketAddr>;

    fn to_socket_addrs(&self) -> io::Result<vec::IntoIter<SocketAddr>> {
        if let Ok(addr) = self.parse() {
            return Ok(vec![addr].into_iter());
        }
        let Some((host, port)) = self.rsplit_once(':') else {
            return Err(io::const_error!(ErrorKind::InvalidInput, "invalid socket address"));
        };
        match port.parse() {
            Ok(port) => look_up(host, port),
            Err(_) => Err(io::const_error!(ErrorKind::InvalidInput, "invalid port value")),
        }
    }
}

impl ToSocketAddrs for String {
    type Iter = vec::IntoIter<SocketAddr>;

    fn to_socket_addrs(&self) -> io::Result<vec::IntoIter<SocketAddr>> {
        (**self).to_socket_addrs()
    }
}

impl<'a> ToSocketAddrs for &'a [SocketAddr] {
    type Iter = iter::Cloned<slice::Iter<'a, SocketAddr>>;

    fn to_socket_addrs(&self) -> io::Result<Self::Iter> {
        Ok(self.iter().cloned())
    }
}

impl<T: ToSocketAddrs + ?Sized> ToSocketAddrs for &T {
    type Iter = T::Iter;

    fn to_socket_addrs(&self) -> io::Result<T::Iter> {
        (**self).to_socket_addrs()
    }
}
