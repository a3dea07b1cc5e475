//! The fields of a local stand in one allocation: differences of their addresses are those of the layout.
use std::mem::offset_of;

#[repr(C)]
struct Header {
    kind: u8,
    length: u32,
    next: u64,
}

#[repr(C, align(64))]
struct Line {
    first: u8,
    second: u8,
}

struct Loud(&'static str);

impl Drop for Loud {
    fn drop(&mut self) {
        println!("drop {} at a multiple of 8: {}", self.0, (&raw const *self).addr() % 8 == 0);
    }
}

fn address<T>(place: &T) -> usize {
    place as *const T as usize
}

fn main() {
    let header = Header { kind: 1, length: 2, next: 3 };
    println!("{}", address(&header.length) - address(&header.kind) == offset_of!(Header, length));
    println!("{}", address(&header.next) - address(&header.length));

    let mut pair = (1u32, 2u32);
    let (low, high) = (&mut pair.0 as *mut u32 as usize, &mut pair.1 as *mut u32 as usize);
    println!("{}", low.abs_diff(high));
    println!("{}", pair.0 + pair.1);

    let line = Line { first: 1, second: 2 };
    println!("{} {}", address(&line.first) % 64, address(&line.second) % 64);
    println!("{}", line.first + line.second);

    // from a field to its struct and on to another field, with a pointer that may reach them all
    let mut record = Header { kind: 4, length: 5, next: 6 };
    let whole = &raw mut record;
    let field = unsafe { &raw mut (*whole).length };
    let back = unsafe { field.byte_sub(offset_of!(Header, length)) }.cast::<Header>();
    unsafe { (*back).next += 1 };
    println!("{} {} {}", record.kind, record.length, record.next);

    let both = (Loud("left"), 0u8, Loud("right"));
    println!("{}", address(&both.2).abs_diff(address(&both.0)) < size_of::<(Loud, u8, Loud)>());
    let captured = (7u64, 8u64);
    let gap = move || address(&captured.1).abs_diff(address(&captured.0));
    println!("{}", gap());
}
