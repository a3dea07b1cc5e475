//! `mem` and `ptr`: sizes, swaps, `ManuallyDrop`, `MaybeUninit`, raw pointers, `NonNull`, layouts.
use std::alloc::{alloc, alloc_zeroed, dealloc, realloc, Layout};
use std::mem::{self, ManuallyDrop, MaybeUninit};
use std::num::{NonZeroU8, NonZeroUsize};
use std::ptr::{self, NonNull};

#[derive(Debug, Clone, PartialEq)]
struct D(i32);
impl Drop for D {
    fn drop(&mut self) {
        print!("-{} ", self.0);
    }
}
#[repr(C)]
struct Mixed {
    a: u8,
    b: u32,
    c: (u16, u8),
}
#[repr(C, packed)]
struct Packed {
    a: u8,
    b: u32,
}
#[derive(Debug)]
#[allow(dead_code)]
enum E {
    A,
    B(u8),
    C { x: u64 },
}
union U {
    i: u32,
    f: f32,
}

fn main() {
    println!("{} {} {} {}", mem::size_of::<Mixed>(), mem::align_of::<Mixed>(), mem::size_of::<Packed>(), mem::size_of::<E>());
    println!("{} {} {} {}", mem::size_of::<Option<&u8>>(), mem::size_of::<Option<NonZeroU8>>(), mem::size_of::<Option<Box<u8>>>(), mem::size_of::<Option<NonNull<u8>>>());
    println!("{} {} {} {}", mem::size_of::<Option<std::time::Duration>>(), mem::size_of::<Option<char>>(), mem::size_of::<&str>(), mem::size_of::<Option<Option<bool>>>());
    println!("{} {} {} {}", mem::size_of_val("héllo"), mem::size_of_val(&[1u16, 2]), mem::align_of_val(&1u64), mem::size_of_val(&1u8 as &dyn std::fmt::Debug));
    println!("{} {} {}", mem::offset_of!(Mixed, b), mem::offset_of!(Mixed, c), mem::offset_of!(Packed, b));
    println!("{} {}", mem::needs_drop::<String>(), mem::needs_drop::<u8>());
    let (mut a, mut b) = (D(1), D(2));
    mem::swap(&mut a, &mut b);
    println!("{a:?} {b:?} {:?}", mem::replace(&mut a, D(3)));
    println!("{:?} {:?}", mem::take(&mut vec![1, 2]), mem::discriminant(&E::B(1)) == mem::discriminant(&E::B(2)));
    println!("{}", mem::discriminant(&E::A) == mem::discriminant(&E::C { x: 1 }));
    mem::forget(D(9));
    mem::drop(D(8));
    let mut m = ManuallyDrop::new(D(7));
    m.0 += 10;
    println!("{:?}", *m);
    unsafe { ManuallyDrop::drop(&mut m) };
    println!("{:?}", ManuallyDrop::into_inner(ManuallyDrop::new(D(6))));
    let mut u = MaybeUninit::<D>::uninit();
    u.write(D(5)).0 += 1;
    println!("{:?}", unsafe { u.assume_init_ref() });
    drop(unsafe { u.assume_init() });
    let mut arr: [MaybeUninit<u32>; 4] = [MaybeUninit::uninit(); 4];
    for (i, x) in arr.iter_mut().enumerate() {
        x.write(i as u32 * 3);
    }
    println!("{:?} {:?}", unsafe { mem::transmute::<_, [u32; 4]>(arr) }, unsafe { MaybeUninit::<[u8; 3]>::zeroed().assume_init() });
    println!("{:?} {:?}", unsafe { mem::zeroed::<(u8, u32)>() }, unsafe { mem::transmute::<f32, u32>(1.0) });
    println!("{:x} {:?}", unsafe { mem::transmute_copy::<_, u16>(&0x12345678u32) }, unsafe { U { f: 2.0 }.i });
    let mut v = [1, 2, 3, 4, 5];
    let p = v.as_mut_ptr();
    unsafe {
        println!("{} {} {} {}", *p.add(1), *p.offset(4), *p.add(4).sub(2), p.add(3).offset_from(p));
        p.write(10);
        println!("{} {}", p.read(), ptr::replace(p.add(1), 20));
        ptr::swap(p, p.add(4));
        ptr::copy(p, p.add(1), 3);
        println!("{:?}", *(p as *const [i32; 5]));
        ptr::copy_nonoverlapping([7, 8].as_ptr(), p.add(3), 2);
        ptr::write_bytes(p, 0xff, 1);
        println!("{:?} {:?}", *(p as *const [i32; 5]), ptr::slice_from_raw_parts(p, 3).as_ref().unwrap());
        let q = p.cast::<u8>().add(1).cast::<u32>();
        println!("{:x}", q.read_unaligned());
        q.write_unaligned(0x01020304);
        println!("{:?} {}", *(p as *const [u8; 8]), p.wrapping_add(100).wrapping_sub(100) == p);
        println!("{:?} {:?}", ptr::null::<u8>().as_ref(), p.is_null());
        println!("{} {} {}", p.is_aligned(), q.is_aligned(), p.cast::<u8>().add(1).align_offset(4));
    }
    let s = unsafe { std::slice::from_raw_parts_mut(v.as_mut_ptr().add(2), 2) };
    s[0] = 99;
    println!("{:?} {}", &v[2..], ptr::eq(&v[0], &v[0]));
    let mut x = 5;
    let mut nn = NonNull::from(&mut x);
    unsafe {
        *nn.as_mut() += 1;
        println!("{} {:?} {}", nn.as_ref(), NonNull::new(ptr::null_mut::<u8>()), nn.cast::<u8>().read());
    }
    let fat: *const [u8] = ptr::slice_from_raw_parts(b"abc".as_ptr(), 2);
    println!("{} {:?}", fat.len(), unsafe { &*fat });
    let packed = Packed { a: 1, b: 0xdeadbeef };
    let (pa, pb) = (ptr::addr_of!(packed.a), &raw const packed.b);
    println!("{:x} {}", unsafe { pb.read_unaligned() }, pb as usize - pa as usize);
    let addr = &v[0] as *const i32;
    println!("{} {}", addr.addr() == addr as usize, addr.map_addr(|a| a + 4) == &v[1]);
    println!("{} {}", unsafe { *addr.with_addr(addr.addr() + 8) }, ptr::without_provenance::<u8>(16).addr());
    let exposed = addr.expose_provenance();
    println!("{}", unsafe { *ptr::with_exposed_provenance::<i32>(exposed + 8) });
    unsafe {
        let l = Layout::array::<u32>(4).unwrap();
        println!("{:?} {:?}", l, Layout::from_size_align(8, 3));
        let p = alloc(l) as *mut u32;
        for i in 0..4 {
            p.add(i).write(i as u32);
        }
        let p = realloc(p.cast(), l, 32) as *mut u32;
        println!("{:?}", std::slice::from_raw_parts(p, 4));
        dealloc(p.cast(), Layout::array::<u32>(8).unwrap());
        let z = alloc_zeroed(Layout::new::<u64>());
        println!("{}", *z.cast::<u64>());
        dealloc(z, Layout::new::<u64>());
    }
    println!("{:?} {:?}", Layout::new::<u8>().extend(Layout::new::<u32>()).unwrap(), Layout::from_size_align(5, 4).unwrap().pad_to_align());
    println!("{:?} {:?}", NonZeroUsize::new(0), NonZeroUsize::new(3).map(|n| n.get() + 1));
    unsafe {
        let b = Box::into_raw(Box::new(D(4)));
        (*b).0 = 44;
        ptr::drop_in_place(b);
        dealloc(b.cast(), Layout::new::<D>());
    }
    println!("end");
}
