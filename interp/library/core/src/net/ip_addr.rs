//! IP addresses.
//!
//! Invariant: octets are in network order, so that the derived order is the numbers' order.

use crate::cmp::Ordering;

/// An address of either version.
#[derive(Copy, Clone, Eq, PartialEq, Hash, PartialOrd, Ord)]
pub enum IpAddr {
    V4(Ipv4Addr),
    V6(Ipv6Addr),
}

/// An address of four octets.
#[derive(Copy, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Ipv4Addr {
    octets: [u8; 4],
}

/// An address of sixteen octets.
#[derive(Copy, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Ipv6Addr {
    octets: [u8; 16],
}

impl IpAddr {
    pub const fn is_unspecified(&self) -> bool {
        match self {
            IpAddr::V4(ip) => ip.is_unspecified(),
            IpAddr::V6(ip) => ip.is_unspecified(),
        }
    }

    pub const fn is_loopback(&self) -> bool {
        match self {
            IpAddr::V4(ip) => ip.is_loopback(),
            IpAddr::V6(ip) => ip.is_loopback(),
        }
    }

    pub const fn is_multicast(&self) -> bool {
        match self {
            IpAddr::V4(ip) => ip.is_multicast(),
            IpAddr::V6(ip) => ip.is_multicast(),
        }
    }

    pub const fn is_ipv4(&self) -> bool {
        matches!(self, IpAddr::V4(_))
    }

    pub const fn is_ipv6(&self) -> bool {
        matches!(self, IpAddr::V6(_))
    }

    pub const fn to_canonical(&self) -> IpAddr {
        match self {
            IpAddr::V4(_) => *self,
            IpAddr::V6(v6) => v6.to_canonical(),
        }
    }
}

impl Ipv4Addr {
    pub const BITS: u32 = 32;
    pub const LOCALHOST: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 1);
    pub const UNSPECIFIED: Ipv4Addr = Ipv4Addr::new(0, 0, 0, 0);
    pub const BROADCAST: Ipv4Addr = Ipv4Addr::new(255, 255, 255, 255);

    pub const fn new(a: u8, b: u8, c: u8, d: u8) -> Ipv4Addr {
        Ipv4Addr { octets: [a, b, c, d] }
    }

    pub const fn from_bits(bits: u32) -> Ipv4Addr {
        Ipv4Addr { octets: bits.to_be_bytes() }
    }

    pub const fn to_bits(self) -> u32 {
        u32::from_be_bytes(self.octets)
    }

    pub const fn octets(&self) -> [u8; 4] {
        self.octets
    }

    pub const fn from_octets(octets: [u8; 4]) -> Ipv4Addr {
        Ipv4Addr { octets }
    }

    pub const fn is_unspecified(&self) -> bool {
        self.to_bits() == 0
    }

    pub const fn is_loopback(&self) -> bool {
        self.octets[0] == 127
    }

    pub const fn is_private(&self) -> bool {
        match self.octets {
            [10, ..] => true,
            [172, b, ..] if b >= 16 && b <= 31 => true,
            [192, 168, ..] => true,
            _ => false,
        }
    }

    pub const fn is_link_local(&self) -> bool {
        matches!(self.octets, [169, 254, ..])
    }

    pub const fn is_multicast(&self) -> bool {
        self.octets[0] >= 224 && self.octets[0] <= 239
    }

    pub const fn is_broadcast(&self) -> bool {
        self.to_bits() == u32::MAX
    }

    pub const fn is_documentation(&self) -> bool {
        matches!(self.octets, [192, 0, 2, _] | [198, 51, 100, _] | [203, 0, 113, _])
    }

    pub const fn to_ipv6_compatible(&self) -> Ipv6Addr {
        let [a, b, c, d] = self.octets;
        Ipv6Addr { octets: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, a, b, c, d] }
    }

    pub const fn to_ipv6_mapped(&self) -> Ipv6Addr {
        let [a, b, c, d] = self.octets;
        Ipv6Addr { octets: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, a, b, c, d] }
    }
}

impl Ipv6Addr {
    pub const BITS: u32 = 128;
    pub const LOCALHOST: Ipv6Addr = Ipv6Addr::new(0, 0, 0, 0, 0, 0, 0, 1);
    pub const UNSPECIFIED: Ipv6Addr = Ipv6Addr::new(0, 0, 0, 0, 0, 0, 0, 0);

    pub const fn new(a: u16, b: u16, c: u16, d: u16, e: u16, f: u16, g: u16, h: u16) -> Ipv6Addr {
        let high = (a as u128) << 48 | (b as u128) << 32 | (c as u128) << 16 | d as u128;
        let low = (e as u128) << 48 | (f as u128) << 32 | (g as u128) << 16 | h as u128;
        Ipv6Addr::from_bits(high << 64 | low)
    }

    pub const fn from_bits(bits: u128) -> Ipv6Addr {
        Ipv6Addr { octets: bits.to_be_bytes() }
    }

    pub const fn to_bits(self) -> u128 {
        u128::from_be_bytes(self.octets)
    }

    pub const fn segments(&self) -> [u16; 8] {
        let mut segments = [0; 8];
        let mut i = 0;
        while i < 8 {
            segments[i] = u16::from_be_bytes([self.octets[2 * i], self.octets[2 * i + 1]]);
            i += 1;
        }
        segments
    }

    pub const fn from_segments(s: [u16; 8]) -> Ipv6Addr {
        Ipv6Addr::new(s[0], s[1], s[2], s[3], s[4], s[5], s[6], s[7])
    }

    pub const fn octets(&self) -> [u8; 16] {
        self.octets
    }

    pub const fn from_octets(octets: [u8; 16]) -> Ipv6Addr {
        Ipv6Addr { octets }
    }

    pub const fn is_unspecified(&self) -> bool {
        self.to_bits() == 0
    }

    pub const fn is_loopback(&self) -> bool {
        self.to_bits() == 1
    }

    pub const fn is_multicast(&self) -> bool {
        self.octets[0] == 0xff
    }

    pub const fn is_unique_local(&self) -> bool {
        self.octets[0] & 0xfe == 0xfc
    }

    pub const fn is_unicast_link_local(&self) -> bool {
        self.octets[0] == 0xfe && self.octets[1] & 0xc0 == 0x80
    }

    pub const fn to_ipv4_mapped(&self) -> Option<Ipv4Addr> {
        match self.octets {
            [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, a, b, c, d] => Some(Ipv4Addr::new(a, b, c, d)),
            _ => None,
        }
    }

    pub const fn to_ipv4(&self) -> Option<Ipv4Addr> {
        match self.segments() {
            [0, 0, 0, 0, 0, 0 | 0xffff, _, _] => Some(Ipv4Addr::from_bits(self.to_bits() as u32)),
            _ => None,
        }
    }

    pub const fn to_canonical(&self) -> IpAddr {
        match self.to_ipv4_mapped() {
            Some(mapped) => IpAddr::V4(mapped),
            None => IpAddr::V6(*self),
        }
    }
}

macro_rules! from {
    ($($from:ty => $to:ty, $value:ident => $made:expr;)*) => {$(
        impl From<$from> for $to {
            fn from($value: $from) -> $to {
                $made
            }
        }
    )*};
}

from! {
    Ipv4Addr => IpAddr, ip => IpAddr::V4(ip);
    Ipv6Addr => IpAddr, ip => IpAddr::V6(ip);
    [u8; 4] => Ipv4Addr, octets => Ipv4Addr { octets };
    [u8; 4] => IpAddr, octets => IpAddr::V4(Ipv4Addr { octets });
    u32 => Ipv4Addr, bits => Ipv4Addr::from_bits(bits);
    Ipv4Addr => u32, ip => ip.to_bits();
    [u8; 16] => Ipv6Addr, octets => Ipv6Addr { octets };
    [u8; 16] => IpAddr, octets => IpAddr::V6(Ipv6Addr { octets });
    [u16; 8] => Ipv6Addr, segments => Ipv6Addr::from_segments(segments);
    [u16; 8] => IpAddr, segments => IpAddr::V6(Ipv6Addr::from_segments(segments));
    u128 => Ipv6Addr, bits => Ipv6Addr::from_bits(bits);
    Ipv6Addr => u128, ip => ip.to_bits();
}

macro_rules! eq_with {
    ($($version:ident $ty:ty;)*) => {$(
        impl PartialEq<$ty> for IpAddr {
            fn eq(&self, other: &$ty) -> bool {
                match self {
                    IpAddr::$version(ip) => ip == other,
                    _ => false,
                }
            }
        }

        impl PartialEq<IpAddr> for $ty {
            fn eq(&self, other: &IpAddr) -> bool {
                other == self
            }
        }
    )*};
}

eq_with! {
    V4 Ipv4Addr;
    V6 Ipv6Addr;
}

impl PartialOrd<Ipv4Addr> for IpAddr {
    fn partial_cmp(&self, other: &Ipv4Addr) -> Option<Ordering> {
        match self {
            IpAddr::V4(ip) => ip.partial_cmp(other),
            IpAddr::V6(_) => Some(Ordering::Greater),
        }
    }
}
