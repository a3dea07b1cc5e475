//! The text of addresses. `Debug` is the same text.
//!
//! An address is padded as a whole, so it is first written to a small buffer.

use super::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV4, SocketAddrV6};
use crate::fmt::{self, Write};

/// Text of at most 64 bytes.
struct Text {
    bytes: [u8; 64],
    len: usize,
}

impl Text {
    fn new() -> Text {
        Text { bytes: [0; 64], len: 0 }
    }

    fn as_str(&self) -> &str {
        unsafe { crate::str::from_utf8_unchecked(&self.bytes[..self.len]) }
    }
}

impl Write for Text {
    fn write_str(&mut self, s: &str) -> fmt::Result {
        let end = self.len + s.len();
        self.bytes[self.len..end].copy_from_slice(s.as_bytes());
        self.len = end;
        Ok(())
    }
}

fn write_v4(ip: &Ipv4Addr, f: &mut dyn Write) -> fmt::Result {
    let [a, b, c, d] = ip.octets();
    f.write_fmt(format_args!("{a}.{b}.{c}.{d}"))
}

/// The first longest run of zero segments, at least two: where it begins and how long it is.
fn longest_zeros(segments: &[u16; 8]) -> (usize, usize) {
    let mut best = (0, 0);
    let mut run = (0, 0);
    let mut i = 0;
    while i < 8 {
        if segments[i] == 0 {
            if run.1 == 0 {
                run.0 = i;
            }
            run.1 += 1;
            if run.1 > best.1 {
                best = run;
            }
        } else {
            run.1 = 0;
        }
        i += 1;
    }
    if best.1 > 1 {
        best
    } else {
        (8, 0)
    }
}

fn write_segments(segments: &[u16], f: &mut dyn Write) -> fmt::Result {
    let mut first = true;
    for segment in segments.iter() {
        if !first {
            f.write_char(':')?;
        }
        first = false;
        f.write_fmt(format_args!("{segment:x}"))?;
    }
    Ok(())
}

fn write_v6(ip: &Ipv6Addr, f: &mut dyn Write) -> fmt::Result {
    if let Some(mapped) = ip.to_ipv4_mapped() {
        f.write_str("::ffff:")?;
        return write_v4(&mapped, f);
    }
    let segments = ip.segments();
    let (start, len) = longest_zeros(&segments);
    if len == 0 {
        return write_segments(&segments, f);
    }
    write_segments(&segments[..start], f)?;
    f.write_str("::")?;
    write_segments(&segments[start + len..], f)
}

fn write_socket_v6(addr: &SocketAddrV6, f: &mut dyn Write) -> fmt::Result {
    f.write_char('[')?;
    write_v6(addr.ip(), f)?;
    if addr.scope_id() != 0 {
        f.write_fmt(format_args!("%{}", addr.scope_id()))?;
    }
    f.write_fmt(format_args!("]:{}", addr.port()))
}

fn write_socket_v4(addr: &SocketAddrV4, f: &mut dyn Write) -> fmt::Result {
    write_v4(addr.ip(), f)?;
    f.write_fmt(format_args!(":{}", addr.port()))
}

macro_rules! display {
    ($($ty:ty, $write:ident;)*) => {$(
        impl fmt::Display for $ty {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let mut text = Text::new();
                $write(self, &mut text)?;
                f.pad(text.as_str())
            }
        }

        impl fmt::Debug for $ty {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }
    )*};
}

display! {
    Ipv4Addr, write_v4;
    Ipv6Addr, write_v6;
    SocketAddrV4, write_socket_v4;
    SocketAddrV6, write_socket_v6;
}

macro_rules! display_either {
    ($($ty:ident)*) => {$(
        impl fmt::Display for $ty {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self {
                    $ty::V4(a) => fmt::Display::fmt(a, f),
                    $ty::V6(a) => fmt::Display::fmt(a, f),
                }
            }
        }

        impl fmt::Debug for $ty {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }
    )*};
}

display_either! { IpAddr SocketAddr }
