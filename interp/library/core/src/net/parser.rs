//! Reading addresses.
//!
//! Invariant: a reader that fails has read nothing: `attempt` takes it back. To read another form,
//! add a method to `Reader` and a line to `parse!`.

use super::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV4, SocketAddrV6};
use crate::error::Error;
use crate::fmt;
use crate::str::FromStr;

/// What was to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
enum AddrKind {
    Ip,
    Ipv4,
    Ipv6,
    Socket,
    SocketV4,
    SocketV6,
}

/// A text that is no address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddrParseError(AddrKind);

impl fmt::Display for AddrParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            AddrKind::Ip => "invalid IP address syntax",
            AddrKind::Ipv4 => "invalid IPv4 address syntax",
            AddrKind::Ipv6 => "invalid IPv6 address syntax",
            AddrKind::Socket => "invalid socket address syntax",
            AddrKind::SocketV4 => "invalid IPv4 socket address syntax",
            AddrKind::SocketV6 => "invalid IPv6 socket address syntax",
        })
    }
}

impl Error for AddrParseError {}

/// What is left of a text.
struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    /// Reads with `read`; if that finds nothing, as if it had not been tried.
    fn attempt<T>(&mut self, read: impl FnOnce(&mut Reader<'a>) -> Option<T>) -> Option<T> {
        let before = self.rest;
        let found = read(self);
        if found.is_none() {
            self.rest = before;
        }
        found
    }

    fn byte(&mut self, expected: u8) -> Option<()> {
        match self.rest.split_first() {
            Some((first, rest)) if *first == expected => {
                self.rest = rest;
                Some(())
            }
            _ => None,
        }
    }

    /// A number of at most `digits` digits (0: any) that is at most `max`.
    fn number(&mut self, radix: u32, digits: usize, max: u32, leading_zero: bool) -> Option<u32> {
        self.attempt(|r| {
            let zero_first = r.rest.first() == Some(&b'0');
            let mut value: u32 = 0;
            let mut count = 0;
            while let Some(digit) = r.rest.first().and_then(|b| (*b as char).to_digit(radix)) {
                value = value.checked_mul(radix)?.checked_add(digit)?;
                count += 1;
                if value > max || (digits != 0 && count > digits) {
                    return None;
                }
                r.rest = &r.rest[1..];
            }
            if count == 0 || (!leading_zero && zero_first && count > 1) {
                return None;
            }
            Some(value)
        })
    }

    fn v4(&mut self) -> Option<Ipv4Addr> {
        self.attempt(|r| {
            let mut octets = [0u8; 4];
            let mut i = 0;
            while i < 4 {
                if i > 0 {
                    r.byte(b'.')?;
                }
                octets[i] = r.number(10, 3, 255, false)? as u8;
                i += 1;
            }
            Some(Ipv4Addr::from_octets(octets))
        })
    }

    /// Segments up to a double colon or the end; how many, and whether the last two were an IPv4 address.
    fn segments(&mut self, into: &mut [u16]) -> (usize, bool) {
        let mut i = 0;
        while i < into.len() {
            if i + 1 < into.len() {
                let v4 = self.attempt(|r| {
                    if i > 0 {
                        r.byte(b':')?;
                    }
                    r.v4()
                });
                if let Some(v4) = v4 {
                    let bits = v4.to_bits();
                    into[i] = (bits >> 16) as u16;
                    into[i + 1] = bits as u16;
                    return (i + 2, true);
                }
            }
            let segment = self.attempt(|r| {
                if i > 0 {
                    r.byte(b':')?;
                }
                r.number(16, 4, 0xffff, true)
            });
            match segment {
                Some(segment) => into[i] = segment as u16,
                None => return (i, false),
            }
            i += 1;
        }
        (i, false)
    }

    fn v6(&mut self) -> Option<Ipv6Addr> {
        self.attempt(|r| {
            let mut head = [0u16; 8];
            let (count, v4_last) = r.segments(&mut head);
            if count == 8 {
                return Some(Ipv6Addr::from_segments(head));
            }
            if v4_last {
                return None;
            }
            r.byte(b':')?;
            r.byte(b':')?;
            let mut tail = [0u16; 7];
            let limit = 8 - (count + 1);
            let (tail_count, _) = r.segments(&mut tail[..limit]);
            let mut i = 0;
            while i < tail_count {
                head[8 - tail_count + i] = tail[i];
                i += 1;
            }
            Some(Ipv6Addr::from_segments(head))
        })
    }

    fn ip(&mut self) -> Option<IpAddr> {
        match self.v4() {
            Some(ip) => Some(IpAddr::V4(ip)),
            None => self.v6().map(IpAddr::V6),
        }
    }

    fn port(&mut self) -> Option<u16> {
        self.byte(b':')?;
        self.number(10, 0, 0xffff, true).map(|port| port as u16)
    }

    fn socket_v4(&mut self) -> Option<SocketAddrV4> {
        self.attempt(|r| {
            let ip = r.v4()?;
            Some(SocketAddrV4::new(ip, r.port()?))
        })
    }

    fn socket_v6(&mut self) -> Option<SocketAddrV6> {
        self.attempt(|r| {
            r.byte(b'[')?;
            let ip = r.v6()?;
            let scope = r.attempt(|r| {
                r.byte(b'%')?;
                r.number(10, 0, u32::MAX, true)
            });
            r.byte(b']')?;
            Some(SocketAddrV6::new(ip, r.port()?, 0, scope.unwrap_or(0)))
        })
    }

    fn socket(&mut self) -> Option<SocketAddr> {
        match self.socket_v4() {
            Some(addr) => Some(SocketAddr::V4(addr)),
            None => self.socket_v6().map(SocketAddr::V6),
        }
    }
}

macro_rules! parse {
    ($($ty:ty, $read:ident, $kind:ident;)*) => {$(
        impl FromStr for $ty {
            type Err = AddrParseError;

            fn from_str(s: &str) -> Result<$ty, AddrParseError> {
                let mut reader = Reader { rest: s.as_bytes() };
                match reader.$read() {
                    Some(addr) if reader.rest.is_empty() => Ok(addr),
                    _ => Err(AddrParseError(AddrKind::$kind)),
                }
            }
        }
    )*};
}

parse! {
    IpAddr, ip, Ip;
    Ipv4Addr, v4, Ipv4;
    Ipv6Addr, v6, Ipv6;
    SocketAddr, socket, Socket;
    SocketAddrV4, socket_v4, SocketV4;
    SocketAddrV6, socket_v6, SocketV6;
}
