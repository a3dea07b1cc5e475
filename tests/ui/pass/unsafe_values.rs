// Values made by unsafe means that are valid: nothing of this may be reported.
use std::fmt::{Debug, Display};
use std::mem::{transmute, MaybeUninit};
use std::num::NonZero;
use std::ptr::NonNull;

#[derive(Debug, Clone, Copy, PartialEq)]
#[repr(u8)]
#[allow(dead_code)]
enum Gap {
    A = 1,
    B = 3,
    C = 200,
}

#[derive(Debug, Clone, Copy)]
#[repr(i8)]
#[allow(dead_code)]
enum Signed {
    Low = -128,
    MinusOne = -1,
    High = 127,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Foo {
    Var1,
    Var2(bool),
    Var3,
}

#[derive(Debug, Clone, Copy)]
#[allow(dead_code)]
enum Either<'a> {
    Number(u64),
    Text(&'a str),
    Char(char),
}

#[derive(Debug)]
struct Last<T: ?Sized> {
    head: u8,
    tail: T,
}

union Bits {
    float: f32,
    word: u32,
    half: [u16; 2],
}

fn options<'a>(r: &'a u32) {
    let p: *const u32 = r;
    let some: Option<&u32> = unsafe { transmute(p) };
    let none: Option<&u32> = unsafe { transmute(std::ptr::null::<u32>()) };
    println!("{some:?} {none:?}");
    let fat: Option<&[u8]> = unsafe { transmute(([1u8, 2, 3].as_slice().as_ptr(), 3usize)) };
    let empty: Option<&[u8]> = unsafe { transmute((std::ptr::null::<u8>(), 77usize)) };
    println!("{fat:?} {empty:?}");
    let dangling: Option<&[u64]> = Some(unsafe { std::slice::from_raw_parts(NonNull::dangling().as_ptr(), 0) });
    println!("{dangling:?}");
    let flags: [Option<bool>; 3] = unsafe { transmute([0u8, 1, 2]) };
    println!("{flags:?}");
    let nested: Option<Option<bool>> = unsafe { transmute(3u8) };
    println!("{nested:?}");
    let boxed: Result<Box<u8>, ()> = unsafe { transmute(Box::into_raw(Box::new(5u8))) };
    println!("{boxed:?}");
    let callback: Option<fn() -> i32> = unsafe { transmute(seven as fn() -> i32) };
    println!("{:?} {:?}", callback.map(|f| f()), unsafe { transmute::<usize, Option<fn()>>(0) }.is_none());
    let shown: Option<&dyn Display> = unsafe { transmute(r as &dyn Display) };
    println!("{}", shown.unwrap());
}

fn seven() -> i32 {
    7
}

fn enums() {
    let gaps: [Gap; 3] = unsafe { transmute([1u8, 3, 200]) };
    let signed: [Signed; 3] = unsafe { transmute([0x80u8, 0xff, 0x7f]) };
    println!("{gaps:?} {signed:?}");
    for byte in [1u8, 3, 200, 4] {
        let gap = unsafe { *(&raw const byte).cast::<Option<Gap>>() };
        println!("{byte} {gap:?}");
    }
    for byte in [0u8, 1, 2, 4] {
        let p = (&raw const byte).cast::<Foo>();
        println!("{byte} {:?} {}", unsafe { *p }, matches!(unsafe { &*p }, Foo::Var2(_)));
    }
    println!("{:?} {:?}", Foo::Var1, Foo::Var3);
    let all = [Either::Number(1), Either::Text("two"), Either::Char('3')];
    let copied = unsafe { std::ptr::read(all.as_ptr().add(1)) };
    println!("{copied:?} {:?}", all.iter().copied().map(Some).collect::<Vec<_>>());
    println!("{}", std::mem::discriminant(&all[0]) == std::mem::discriminant(&Either::Number(9)));
}

fn scalars() {
    println!("{:?} {:?}", unsafe { char::from_u32_unchecked(0xD7FF) }, unsafe { char::from_u32_unchecked(0x10FFFF) });
    println!("{:?}", unsafe { transmute::<u32, Option<char>>('x' as u32) });
    println!("{:?}", unsafe { transmute::<u8, bool>(1) });
    let n = unsafe { NonZero::new_unchecked(u128::MAX) };
    let m = unsafe { NonZero::new_unchecked(-1i8) };
    println!("{n} {m} {:?}", unsafe { transmute::<u16, Option<NonZero<u16>>>(0) });
    let bits = Bits { float: 1.5 };
    println!("{:#x} {:?}", unsafe { bits.word }, unsafe { bits.half });
    let mut room = MaybeUninit::<(u8, u32)>::uninit();
    room.write((1, 2));
    println!("{:?}", unsafe { room.assume_init() });
    let never_read: MaybeUninit<bool> = unsafe { MaybeUninit::<MaybeUninit<bool>>::uninit().assume_init() };
    let _copy = never_read;
}

fn unsized_values() {
    let whole: Box<Last<[u16]>> = Box::new(Last { head: 1, tail: [2, 3, 4] });
    let view: &Last<[u16]> = unsafe { &*(&raw const *whole) };
    println!("{view:?} {}", size_of_val(view));
    let with_dyn: &Last<dyn Debug> = &Last { head: 5, tail: 6u64 };
    let again: &Last<dyn Debug> = unsafe { &*(with_dyn as *const Last<dyn Debug>) };
    println!("{again:?} {} {}", size_of_val(again), align_of_val(again));
    println!("{} {:?}", again.head, &again.tail);
    let raw: *const (dyn Debug + Send) = &7;
    let plain: *const dyn Debug = raw;
    println!("{:?}", unsafe { &*plain });
    let sync: Box<dyn Debug + Send + Sync> = Box::new("both");
    let less: Box<dyn Debug> = unsafe { transmute(sync) };
    println!("{less:?}");
    let rc: std::rc::Rc<dyn Debug> = std::rc::Rc::new([1, 2]);
    let weak = std::rc::Rc::downgrade(&rc);
    drop(rc);
    println!("{:?}", weak.upgrade().is_none());
    let path = std::path::Path::new("a/b");
    let again: &std::path::Path = unsafe { &*(&raw const *path) };
    println!("{again:?}");
}

fn main() {
    options(&42);
    enums();
    scalars();
    unsized_values();
}
