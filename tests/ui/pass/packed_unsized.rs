//! Packed structs whose last field is unsized, unsized fields in fields, and swaps of memory that is not typed.
use std::mem::{ManuallyDrop, align_of_val, size_of_val};

#[repr(C, packed(2))]
struct Packed<T: ?Sized>(u8, ManuallyDrop<T>);

#[repr(C, packed)]
struct Tight<T: ?Sized> {
    head: u8,
    tail: ManuallyDrop<T>,
}

#[repr(C)]
struct Inner<T: ?Sized>(u64, T);

struct Outer<T: ?Sized>(u8, Inner<T>);

#[repr(C)]
struct Gap(u64, u8);

fn main() {
    let p: &Packed<dyn Send> = &Packed(0, ManuallyDrop::new(5u64));
    println!("{} {}", size_of_val(p), align_of_val(p));
    let offset = unsafe { (&raw const p.1).cast::<u8>().offset_from(&raw const p.0) };
    println!("field at {offset}");
    let t: &Tight<[u32]> = &Tight { head: 1, tail: ManuallyDrop::new([1, 2, 3]) };
    println!("{} {} {}", size_of_val(t), align_of_val(t), t.head);
    println!("{}", unsafe { (&raw const t.tail).cast::<u32>().add(2).read_unaligned() });

    let o: &Outer<dyn std::fmt::Debug> = &Outer(1, Inner(7, 3u8));
    println!("{} {} {} {} {:?}", size_of_val(o), align_of_val(o), o.0, o.1.0, &o.1.1);
    let s: &Outer<[u16]> = &Outer(1, Inner(7, [1, 2, 3]));
    println!("{} {} {} {:?}", size_of_val(s), align_of_val(s), s.1.0, &s.1.1);

    let (mut a, mut b) = ([1000u64, 2000], [3000u64, 4000]);
    unsafe { std::ptr::swap_nonoverlapping(a.as_mut_ptr().cast::<Gap>(), b.as_mut_ptr().cast::<Gap>(), 1) };
    println!("{a:?} {b:?}");
}
