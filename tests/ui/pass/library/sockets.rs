//! std::net without a network: addresses are parsed, sockets cannot be opened.

use std::io::{self, Read, Write};
use std::net::{IpAddr, Ipv6Addr, SocketAddr, SocketAddrV4, TcpListener, TcpStream, ToSocketAddrs, UdpSocket};
use std::time::Duration;

fn addrs(from: impl ToSocketAddrs) -> Vec<SocketAddr> {
    from.to_socket_addrs().unwrap().collect()
}

#[allow(dead_code)]
fn serve(listener: &TcpListener) -> io::Result<()> {
    for stream in listener.incoming() {
        let mut stream: TcpStream = stream?;
        stream.set_read_timeout(Some(Duration::from_secs(1)))?;
        let mut text = [0; 16];
        let n = stream.read(&mut text)?;
        (&stream).write_all(&text[..n])?;
        stream.shutdown(std::net::Shutdown::Both)?;
    }
    Ok(())
}

#[allow(dead_code)]
fn relay(socket: UdpSocket) -> io::Result<usize> {
    let mut buf = [0; 512];
    let (n, from) = socket.recv_from(&mut buf)?;
    socket.send_to(&buf[..n], from)
}

fn main() {
    let here: IpAddr = "127.0.0.1".parse().unwrap();
    println!("{:?}", addrs((here, 80)));
    println!("{:?}", addrs("127.0.0.1:8080"));
    println!("{:?}", addrs("[::1]:53"));
    println!("{:?}", addrs(("10.0.0.1", 1)));
    println!("{:?}", addrs(String::from("1.2.3.4:5")));
    println!("{:?}", addrs((Ipv6Addr::LOCALHOST, 7)));
    let both = [SocketAddr::new(here, 1), SocketAddr::V4(SocketAddrV4::new([9, 9, 9, 9].into(), 2))];
    println!("{:?}", addrs(&both[..]));
    for wrong in ["nowhere", "127.0.0.1:port", "127.0.0.1:70000"] {
        let error = wrong.to_socket_addrs().unwrap_err();
        println!("{:?} {error}", error.kind());
    }
    println!("{}", Option::<TcpStream>::None.is_none());
}
