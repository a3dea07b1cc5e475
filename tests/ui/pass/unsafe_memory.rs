// Memory and pointers handled by unsafe means as they may be: nothing of this may be reported.
use std::alloc::{alloc, alloc_zeroed, dealloc, realloc, Layout};
use std::ptr;

#[repr(C, packed)]
struct Packed {
    tag: u8,
    word: u32,
}

static mut COUNTER: u32 = 3;
static TABLE: &[&str] = &["one", "two"];
static mut PLACES: &mut [u8] = &mut [1, 2, 3];
const CELL: std::cell::Cell<u8> = std::cell::Cell::new(1);

fn pointers() {
    let v = [1u16, 2, 3];
    let p = v.as_ptr();
    unsafe {
        let end = p.add(3);
        println!("{} {}", end.offset_from(p), end.offset_from_unsigned(p));
        println!("{}", *end.sub(1));
        println!("{:?}", std::slice::from_raw_parts(p.add(1), 2));
        println!("{:?}", std::slice::from_raw_parts(end, 0));
        println!("{}", p.wrapping_add(100).wrapping_sub(99).read());
        println!("{}", p.cast::<u8>().add(1).cast::<u16>().read_unaligned() != 0);
        println!("{}", ptr::null::<u16>().wrapping_add(1).addr());
        println!("{}", v.get_unchecked(2));
        println!("{:?}", v.get_unchecked(1..3));
    }
    let address = p.expose_provenance();
    println!("{}", unsafe { *ptr::with_exposed_provenance::<u16>(address + 2) });
    println!("{}", unsafe { *p.with_addr(p.addr() + 4) });
    let packed = Packed { tag: 1, word: 0x01020304 };
    println!("{} {:#x}", packed.tag, { packed.word });
    println!("{:#x}", unsafe { (&raw const packed.word).read_unaligned() });
}

fn copies() {
    let mut v = [1, 2, 3, 4, 5];
    unsafe {
        let p = v.as_mut_ptr();
        ptr::copy(p, p.add(1), 4);
        ptr::copy_nonoverlapping(p.add(3), p, 2);
        ptr::copy_nonoverlapping(p, p.add(5), 0);
        ptr::swap(p, p.add(4));
        ptr::swap_nonoverlapping(p, p.add(2), 2);
        ptr::write_bytes(p.add(1), 0, 1);
        println!("{v:?}");
        println!("{}", ptr::replace(&mut v[0], 9));
    }
    println!("{v:?}");
    let mut words = [0u64; 2];
    unsafe { words.as_mut_ptr().cast::<u8>().add(3).cast::<u32>().write_unaligned(0xAABBCCDD) };
    println!("{words:x?}");
}

fn heap() {
    unsafe {
        let layout = Layout::from_size_align_unchecked(8, 8);
        let p = alloc(layout);
        p.cast::<u64>().write(7);
        let p = realloc(p, layout, 32);
        let layout = Layout::from_size_align(32, 8).unwrap();
        println!("{}", *p.cast::<u64>());
        dealloc(p, layout);
        let z = alloc_zeroed(layout);
        println!("{}", *z.add(31));
        dealloc(z, layout);
        let b = Box::from_raw(Box::into_raw(Box::new([1, 2])));
        println!("{b:?}");
        let zst = Box::into_raw(Box::new(()));
        drop(Box::from_raw(zst));
    }
    let mut v: Vec<u8> = Vec::with_capacity(4);
    unsafe {
        v.as_mut_ptr().write_bytes(5, 4);
        v.set_len(4);
    }
    println!("{v:?}");
    v.clear();
    unsafe { v.set_len(v.capacity().min(4)) };
    let mut v = std::mem::ManuallyDrop::new(v);
    let again = unsafe { Vec::from_raw_parts(v.as_mut_ptr(), v.len(), v.capacity()) };
    println!("{again:?}");
    let s = String::from("moved");
    let t = unsafe { ptr::read(&s) };
    std::mem::forget(s);
    println!("{t}");
}

fn statics() {
    unsafe {
        COUNTER += 1;
        println!("{}", *(&raw const COUNTER));
        PLACES[1] = 9;
        println!("{:?} {}", *(&raw const PLACES), TABLE[1]);
    }
    let cell = CELL;
    cell.set(2);
    println!("{} {}", cell.get(), CELL.get());
    let mut local = [1, 2];
    let r: &mut [i32] = &mut local;
    r[0] = 5;
    let promoted: &'static [i32] = &[1, 2, 3];
    println!("{r:?} {promoted:?}");
}

unsafe fn erased(p: *const ()) -> i32 {
    unsafe { *p.cast::<i32>() }
}

extern "C" fn plain(x: i32) -> i32 {
    x + 1
}

fn functions() {
    let f: unsafe fn(*const i32) -> i32 = unsafe { std::mem::transmute(erased as unsafe fn(*const ()) -> i32) };
    println!("{}", unsafe { f(&5) });
    let g: extern "C" fn(u32) -> u32 = unsafe { std::mem::transmute(plain as extern "C" fn(i32) -> i32) };
    let back: extern "C" fn(i32) -> i32 = unsafe { std::mem::transmute(g) };
    println!("{}", back(1));
    let address = plain as extern "C" fn(i32) -> i32 as usize;
    let again: extern "C" fn(i32) -> i32 = unsafe { std::mem::transmute(address as *const ()) };
    println!("{}", again(2));
    if false {
        unsafe { std::hint::unreachable_unchecked() }
    }
    unsafe { std::hint::assert_unchecked(address != 0) };
    println!("{} {}", unsafe { 200u8.unchecked_add(55) }, unsafe { 1u32.unchecked_shl(31) });
    println!("{}", unsafe { 3.9f32.to_int_unchecked::<u8>() });
    println!("{}", unsafe { Some(3).unwrap_unchecked() });
    println!("{}", unsafe { std::str::from_utf8_unchecked(b"caf\xc3\xa9") });
}

fn main() {
    pointers();
    copies();
    heap();
    statics();
    functions();
}
