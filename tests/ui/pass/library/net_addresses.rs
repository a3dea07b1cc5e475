// Addresses as data: text, parsing, order.
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV6};

fn main() {
    for text in [
        "127.0.0.1", "0.0.0.0", "255.255.255.255", "256.0.0.1", "1.2.3", "01.2.3.4", "::", "::1", "1::", "2001:db8::8:800:200c:417a",
        "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7", "1::2::3", "::ffff:1.2.3.4", "::1.2.3.4", "fe80::1%2", "a:b:c:d:e:f:1.2.3.4", "12345::",
        "1:0:0:2:0:0:0:3", "", "x",
    ] {
        match text.parse::<IpAddr>() {
            Ok(ip) => println!("{text}: {ip} {ip:?} {} {} {}", ip.is_ipv4(), ip.is_loopback(), ip.is_unspecified()),
            Err(e) => println!("{text}: {e}"),
        }
    }
    for text in ["1.2.3.4:80", "1.2.3.4:65536", "[::1]:8080", "[fe80::1%7]:1", "::1:80", "1.2.3.4"] {
        println!("{text}: {:?}", text.parse::<SocketAddr>().map_err(|e| e.to_string()));
    }
    let ip = Ipv4Addr::new(192, 168, 1, 20);
    println!("{} {} {} {:?}", ip.is_private(), u32::from(ip), Ipv4Addr::from(0x0102_0304), ip.octets());
    println!("[{ip:>20}] [{ip:<20}] {}", ip.to_ipv6_mapped());
    let v6 = Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 1, 0, 0, 1);
    println!("{v6} {:?} {:?} {}", v6.segments(), v6.to_ipv4(), v6.is_multicast());
    println!("{:?}", Ipv4Addr::LOCALHOST.max(Ipv4Addr::BROADCAST) > ip);
    println!("{} {}", SocketAddr::from((ip, 1)), SocketAddrV6::new(v6, 2, 0, 3));
    println!("{}", IpAddr::from([1, 2, 3, 4]) == Ipv4Addr::new(1, 2, 3, 4));
}
