//! Rarely used members of std.
use std::io::{BufWriter, IoSliceMut, Write, WriterPanicked};
use std::net::{Ipv6Addr, SocketAddrV6};
use std::num::{NonZero, Saturating};
use std::ptr::NonNull;
use std::rc::Rc;
use std::sync::Arc;

fn main() {
    let zeroed = unsafe { Rc::<[u16; 3]>::new_zeroed().assume_init() };
    let shared = unsafe { Arc::<u64>::new_zeroed().assume_init() };
    println!("{zeroed:?} {shared} {}", Rc::strong_count(&zeroed));
    let slice = unsafe { Rc::<[u8]>::new_zeroed_slice(3).assume_init() };
    let other = unsafe { Arc::<[i32]>::new_zeroed_slice(2).assume_init() };
    println!("{slice:?} {other:?}");

    let (mut a, mut b) = ([1u8, 2, 3], [4u8, 5]);
    let mut bufs = [IoSliceMut::new(&mut a), IoSliceMut::new(&mut b)];
    let mut rest = &mut bufs[..];
    IoSliceMut::advance_slices(&mut rest, 4);
    rest[0][0] = 9;
    println!("{} {:?}", rest.len(), &*rest[0]);
    println!("{a:?} {b:?}");

    let low = NonZero::new(i8::MIN).unwrap();
    println!("{:?} {} {:?} {}", low.overflowing_abs(), low.saturating_abs(), low.overflowing_neg(), low.saturating_neg());
    println!("{} {}", Saturating(0x1234u16).to_be(), Saturating::<u16>::from_le(Saturating(7)));

    let mut addr = SocketAddrV6::new(Ipv6Addr::LOCALHOST, 80, 0, 0);
    addr.set_flowinfo(3);
    addr.set_scope_id(4);
    println!("{addr} {} {}", addr.flowinfo(), addr.scope_id());

    let values = [1u32, 2, 3];
    let (first, last) = (&raw const values[0], &raw const values[2]);
    unsafe { println!("{}", last.byte_offset_from_unsigned(first)) };
    let exposed = NonNull::from(&values[1]).expose_provenance();
    println!("{}", unsafe { *NonNull::<u32>::with_exposed_provenance(exposed).as_ptr() });

    let mut writer = BufWriter::new(Vec::new());
    writer.write_all(b"kept").unwrap();
    let (inner, buffered): (Vec<u8>, Result<Vec<u8>, WriterPanicked>) = writer.into_parts();
    println!("{inner:?} {buffered:?}");

    // as large as std's: an error is one word, an end of a channel two
    println!("{} {}", size_of::<std::io::Error>(), size_of::<std::io::Result<()>>());
    println!("{}", size_of::<Option<std::sync::mpsc::Sender<u8>>>());
}
