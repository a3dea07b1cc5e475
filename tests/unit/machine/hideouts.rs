//! Hides function pointers in every place a program has, lets the machine work for a while, and calls them again.
//! Arguments are the script: `h<place>,<slot>,<function>` hides, `c<slot>` calls, `m<slot>,<slot>` swaps two slots,
//! `w<n>` works, `d<depth>,<function>` recurses with a pointer in each frame, `x<slot>` forgets.
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::mem::MaybeUninit;
use std::rc::Rc;
use std::sync::atomic::{AtomicPtr, Ordering};
use std::sync::mpsc::{channel, Receiver, Sender};
use std::thread::JoinHandle;

type F = fn(usize) -> usize;

fn g<const N: usize>(x: usize) -> usize {
    x * 31 + N
}

struct W<const N: usize>;

trait Call {
    fn call(&self, x: usize) -> usize;
}

impl<const N: usize> Call for W<N> {
    fn call(&self, x: usize) -> usize {
        x * 31 + N
    }
}

macro_rules! table {
    ($($n:literal)*) => {
        fn function(n: usize) -> F {
            match n { $($n => g::<$n> as F,)* _ => unreachable!() }
        }
        fn object(n: usize) -> Box<dyn Call> {
            match n { $($n => Box::new(W::<$n>) as Box<dyn Call>,)* _ => unreachable!() }
        }
    };
}
table!(0 1 2 3 4 5 6 7 8 9 10 11);

#[derive(Clone, Copy)]
union Either {
    f: F,
    bytes: [u8; 8],
}

#[repr(C)]
#[derive(Clone, Copy)]
struct Padded {
    tag: u8,
    f: F,
    last: u8,
}

#[repr(C, packed)]
#[derive(Clone, Copy)]
struct Packed {
    tag: u8,
    f: F,
    object: *const dyn Call,
}

static mut KEPT: [Option<F>; 8] = [None; 8];

thread_local! {
    static MINE: RefCell<Vec<F>> = RefCell::new(Vec::new());
    static LAST: Cell<Option<F>> = Cell::new(None);
}

enum Place {
    Plain(F),
    Raw(*const ()),
    Bytes([MaybeUninit<u8>; 8]),
    Scattered(Vec<Box<MaybeUninit<u8>>>),
    Halves([MaybeUninit<u32>; 3]),
    Union(Either),
    Padded(Box<Padded>),
    Packed(Box<Packed>),
    Closure(Box<dyn Fn(usize) -> usize>),
    Object(Box<dyn Call>),
    Static(usize),
    Local(usize),
    Blocked(Sender<usize>, Receiver<usize>, JoinHandle<()>),
    Atomic(AtomicPtr<()>),
    Exposed(usize),
    Array([Option<F>; 3]),
    Map(BTreeMap<u8, F>),
    Uninit(MaybeUninit<F>),
    Shared(Rc<Cell<F>>),
    Payload(Box<dyn std::any::Any + Send>),
    Objects(Vec<MaybeUninit<u8>>),
}

fn bytes_of(f: F) -> [MaybeUninit<u8>; 8] {
    unsafe { std::mem::transmute(f) }
}

#[inline(never)]
fn hide(place: usize, f: F, n: usize, slot: usize) -> Place {
    match place {
        0 => Place::Plain(f),
        1 => Place::Raw(f as *const ()),
        2 => {
            let (from, mut to) = (bytes_of(f), [MaybeUninit::uninit(); 8]);
            for i in 0..8 {
                to[7 - i] = from[i];
            }
            Place::Bytes(to)
        }
        3 => Place::Scattered(bytes_of(f).iter().map(|b| Box::new(*b)).collect()),
        4 => {
            let mut to = [MaybeUninit::<u32>::uninit(); 3];
            let from = &f as *const F as *const u32;
            unsafe {
                std::ptr::copy_nonoverlapping(from, to.as_mut_ptr() as *mut u32, 1);
                std::ptr::copy_nonoverlapping(from.add(1), (to.as_mut_ptr() as *mut u32).add(2), 1);
            }
            Place::Halves(to)
        }
        5 => Place::Union(Either { f }),
        6 => {
            let first = Padded { tag: 1, f, last: 2 };
            let mut copy = MaybeUninit::<Padded>::uninit();
            unsafe {
                std::ptr::copy_nonoverlapping(&first as *const Padded as *const u8, copy.as_mut_ptr() as *mut u8, std::mem::size_of::<Padded>());
                Place::Padded(Box::new(copy.assume_init()))
            }
        }
        7 => Place::Packed(Box::new(Packed { tag: 3, f, object: Box::into_raw(object(n)) })),
        8 => Place::Closure(Box::new(move |x| f(x))),
        9 => Place::Object(object(n)),
        10 => {
            unsafe { KEPT[slot] = Some(f) };
            Place::Static(slot)
        }
        11 => {
            LAST.with(|l| l.set(Some(f)));
            MINE.with(|m| {
                m.borrow_mut().push(f);
                Place::Local(m.borrow().len() - 1)
            })
        }
        12 => {
            let (ask, asked) = channel::<usize>();
            let (answer, answered) = channel();
            let thread = std::thread::spawn(move || {
                let f = function(n); // in a frame of this thread, nowhere else
                for x in asked {
                    answer.send(f(x)).unwrap();
                }
            });
            Place::Blocked(ask, answered, thread)
        }
        13 => Place::Atomic(AtomicPtr::new(f as *mut ())),
        14 => Place::Exposed(f as usize),
        15 => Place::Array([None, Some(f), None]),
        16 => Place::Map((0..3).map(|i| (i, f)).collect()),
        17 => Place::Uninit(MaybeUninit::new(f)),
        18 => Place::Shared(Rc::new(Cell::new(f))),
        19 => Place::Payload(std::panic::catch_unwind(|| std::panic::resume_unwind(Box::new(f))).unwrap_err()),
        _ => {
            let fat: Box<Box<dyn Call>> = Box::new(object(n));
            let raw = Box::into_raw(fat) as *mut MaybeUninit<u8>;
            let copy = (0..16).map(|i| unsafe { *raw.add(i) }).collect();
            drop(unsafe { Vec::from_raw_parts(raw as *mut [usize; 2], 0, 1) });
            Place::Objects(copy)
        }
    }
}

#[inline(never)]
fn call(place: &Place, x: usize) -> usize {
    unsafe {
        match place {
            Place::Plain(f) => f(x),
            Place::Raw(p) => std::mem::transmute::<*const (), F>(*p)(x),
            Place::Bytes(from) => {
                let mut to = [MaybeUninit::<u8>::uninit(); 8];
                for i in 0..8 {
                    to[7 - i] = from[i];
                }
                std::mem::transmute::<_, F>(to)(x)
            }
            Place::Scattered(from) => {
                let mut to = [MaybeUninit::<u8>::uninit(); 8];
                for i in 0..8 {
                    to[i] = *from[i];
                }
                std::mem::transmute::<_, F>(to)(x)
            }
            Place::Halves(from) => std::mem::transmute::<_, F>([from[0], from[2]])(x),
            Place::Union(u) => (u.f)(x),
            Place::Padded(p) => (p.f)(x),
            Place::Packed(p) => {
                let (f, object) = (p.f, p.object);
                assert_eq!((*object).call(x), f(x));
                f(x)
            }
            Place::Closure(f) => f(x),
            Place::Object(o) => o.call(x),
            Place::Static(slot) => KEPT[*slot].unwrap()(x),
            Place::Local(i) => MINE.with(|m| m.borrow()[*i](x)),
            Place::Blocked(ask, answered, _) => {
                ask.send(x).unwrap();
                answered.recv().unwrap()
            }
            Place::Atomic(p) => std::mem::transmute::<*mut (), F>(p.load(Ordering::SeqCst))(x),
            Place::Exposed(a) => std::mem::transmute::<*const (), F>(*a as *const ())(x),
            Place::Array(a) => a[1].unwrap()(x),
            Place::Map(m) => m[&1](x),
            Place::Uninit(f) => f.assume_init()(x),
            Place::Shared(f) => f.get()(x),
            Place::Payload(p) => p.downcast_ref::<F>().unwrap()(x),
            Place::Objects(bytes) => {
                let mut fat = MaybeUninit::<*const dyn Call>::uninit();
                std::ptr::copy_nonoverlapping(bytes.as_ptr(), fat.as_mut_ptr() as *mut MaybeUninit<u8>, 16);
                (*fat.assume_init()).call(x)
            }
        }
    }
}

fn work(n: usize) -> usize {
    let mut sum = 0;
    for i in 0..n {
        sum = std::hint::black_box(sum ^ i);
        if i % 16 == 0 {
            sum += function(i / 16 % 12)(i) & 1;
        }
    }
    sum
}

fn deep(depth: usize, n: usize) -> usize {
    let f = function((n + depth) % 12);
    if depth == 0 {
        return work(200) * 0 + f(1) - 31;
    }
    let below = deep(depth - 1, n);
    let object = object((n + depth) % 12);
    work(4);
    assert!(f == f && f(2) == 62 + (n + depth) % 12 && object.call(2) == f(2));
    below
}

fn main() {
    let mut places: Vec<Option<(Place, usize)>> = (0..8).map(|_| None).collect();
    let mut total = 0usize;
    for arg in std::env::args().skip(1) {
        let numbers: Vec<usize> = arg[1..].split(',').map(|s| s.parse().unwrap()).collect();
        match arg.as_bytes()[0] {
            b'h' => {
                let n = numbers[2];
                let f = function(n);
                if places[numbers[1]].is_none() {
                    places[numbers[1]] = Some((hide(numbers[0], f, n, numbers[1]), n));
                }
            }
            b'c' => {
                if let Some((place, n)) = &places[numbers[0]] {
                    let answer = call(place, 7);
                    assert_eq!(answer, 217 + n);
                    total += answer;
                }
            }
            b'm' => places.swap(numbers[0], numbers[1]),
            b'w' => total += work(numbers[0]) & 1,
            b'd' => total += deep(numbers[0], numbers[1]),
            _ => places[numbers[0]] = None,
        }
    }
    for (place, n) in places.iter().flatten() {
        assert_eq!(call(place, 1), 31 + n);
    }
    println!("{total}");
    for (place, _) in places.into_iter().flatten() {
        if let Place::Blocked(ask, answered, thread) = place {
            drop((ask, answered));
            thread.join().unwrap();
        }
    }
    std::process::exit(0);
}
