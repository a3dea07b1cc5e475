//! Sockets: the machine has no network, so that every call that would open one is `Unsupported`.
//!
//! To let programs have sockets, the machine must first record what comes in as input.

use super::{Ipv4Addr, Ipv6Addr, SocketAddr, ToSocketAddrs};
use crate::convert::Infallible;
use crate::fmt;
use crate::io::{self, Error, Read, Write};
use crate::time::Duration;

fn unsupported<T>() -> io::Result<T> {
    Err(Error::UNSUPPORTED_PLATFORM)
}

/// Which half of a connection `shutdown` closes.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum Shutdown {
    Read,
    Write,
    Both,
}

/// A connection; there never is one.
pub struct TcpStream {
    never: Infallible,
}

/// A server that waits for connections; there never is one.
pub struct TcpListener {
    never: Infallible,
}

/// A socket for datagrams; there never is one.
pub struct UdpSocket {
    never: Infallible,
}

/// The connections that a listener accepts.
#[derive(Debug)]
pub struct Incoming<'a> {
    listener: &'a TcpListener,
}

/// The connections that a listener accepts, which it keeps.
#[derive(Debug)]
pub struct IntoIncoming {
    listener: TcpListener,
}

/// What can only be asked of an open socket.
macro_rules! never {
    ($($name:ident($($arg:ident: $ty:ty),*) $(-> $out:ty)?;)*) => {
        $(pub fn $name(&self $(, $arg: $ty)*) $(-> $out)? {
            $(let _ = $arg;)*
            match self.never {}
        })*
    };
}

/// What every kind of socket answers.
macro_rules! socket {
    ($($socket:ident),*) => { $(
        impl $socket {
            never! {
                local_addr() -> io::Result<SocketAddr>;
                try_clone() -> io::Result<$socket>;
                take_error() -> io::Result<Option<Error>>;
                set_nonblocking(on: bool) -> io::Result<()>;
                set_ttl(ttl: u32) -> io::Result<()>;
                ttl() -> io::Result<u32>;
            }
        }

        impl fmt::Debug for $socket {
            fn fmt(&self, _f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self.never {}
            }
        }
    )* };
}

/// What may block until a time is over.
macro_rules! timeouts {
    ($($socket:ident),*) => { $(
        impl $socket {
            never! {
                set_read_timeout(after: Option<Duration>) -> io::Result<()>;
                set_write_timeout(after: Option<Duration>) -> io::Result<()>;
                read_timeout() -> io::Result<Option<Duration>>;
                write_timeout() -> io::Result<Option<Duration>>;
                peer_addr() -> io::Result<SocketAddr>;
                peek(buf: &mut [u8]) -> io::Result<usize>;
            }
        }
    )* };
}

socket!(TcpStream, TcpListener, UdpSocket);
timeouts!(TcpStream, UdpSocket);

impl TcpStream {
    pub fn connect<A: ToSocketAddrs>(_addr: A) -> io::Result<TcpStream> {
        unsupported()
    }

    pub fn connect_timeout(_addr: &SocketAddr, _timeout: Duration) -> io::Result<TcpStream> {
        unsupported()
    }

    never! {
        shutdown(how: Shutdown) -> io::Result<()>;
        set_nodelay(on: bool) -> io::Result<()>;
        nodelay() -> io::Result<bool>;
    }
}

impl Read for TcpStream {
    fn read(&mut self, _buf: &mut [u8]) -> io::Result<usize> {
        match self.never {}
    }
}

impl Read for &TcpStream {
    fn read(&mut self, _buf: &mut [u8]) -> io::Result<usize> {
        match self.never {}
    }
}

impl Write for TcpStream {
    fn write(&mut self, _buf: &[u8]) -> io::Result<usize> {
        match self.never {}
    }

    fn flush(&mut self) -> io::Result<()> {
        match self.never {}
    }
}

impl Write for &TcpStream {
    fn write(&mut self, _buf: &[u8]) -> io::Result<usize> {
        match self.never {}
    }

    fn flush(&mut self) -> io::Result<()> {
        match self.never {}
    }
}

impl TcpListener {
    pub fn bind<A: ToSocketAddrs>(_addr: A) -> io::Result<TcpListener> {
        unsupported()
    }

    never! {
        accept() -> io::Result<(TcpStream, SocketAddr)>;
    }

    pub fn incoming(&self) -> Incoming<'_> {
        Incoming { listener: self }
    }

    #[unstable(feature = "tcplistener_into_incoming")]
    pub fn into_incoming(self) -> IntoIncoming {
        IntoIncoming { listener: self }
    }
}

impl<'a> Iterator for Incoming<'a> {
    type Item = io::Result<TcpStream>;

    fn next(&mut self) -> Option<io::Result<TcpStream>> {
        match self.listener.never {}
    }
}

impl Iterator for IntoIncoming {
    type Item = io::Result<TcpStream>;

    fn next(&mut self) -> Option<io::Result<TcpStream>> {
        match self.listener.never {}
    }
}

impl UdpSocket {
    pub fn bind<A: ToSocketAddrs>(_addr: A) -> io::Result<UdpSocket> {
        unsupported()
    }

    pub fn send_to<A: ToSocketAddrs>(&self, _buf: &[u8], _addr: A) -> io::Result<usize> {
        match self.never {}
    }

    pub fn connect<A: ToSocketAddrs>(&self, _addr: A) -> io::Result<()> {
        match self.never {}
    }

    never! {
        send(buf: &[u8]) -> io::Result<usize>;
        recv(buf: &mut [u8]) -> io::Result<usize>;
        recv_from(buf: &mut [u8]) -> io::Result<(usize, SocketAddr)>;
        peek_from(buf: &mut [u8]) -> io::Result<(usize, SocketAddr)>;
        set_broadcast(on: bool) -> io::Result<()>;
        broadcast() -> io::Result<bool>;
        set_multicast_loop_v4(on: bool) -> io::Result<()>;
        multicast_loop_v4() -> io::Result<bool>;
        set_multicast_ttl_v4(ttl: u32) -> io::Result<()>;
        multicast_ttl_v4() -> io::Result<u32>;
        set_multicast_loop_v6(on: bool) -> io::Result<()>;
        multicast_loop_v6() -> io::Result<bool>;
        join_multicast_v4(group: &Ipv4Addr, interface: &Ipv4Addr) -> io::Result<()>;
        leave_multicast_v4(group: &Ipv4Addr, interface: &Ipv4Addr) -> io::Result<()>;
        join_multicast_v6(group: &Ipv6Addr, interface: u32) -> io::Result<()>;
        leave_multicast_v6(group: &Ipv6Addr, interface: u32) -> io::Result<()>;
    }
}
