// What lives for ever and what does not; constants with interior mutability and drop glue.
use std::cell::Cell;
use std::sync::atomic::{AtomicU32, Ordering};
#[derive(Debug, Clone, Copy, PartialEq)]
enum Kind { A, B(u8), C { x: &'static str } }
struct D(u32);
impl Drop for D {
    fn drop(&mut self) { println!("drop {}", self.0); }
}
const CD: D = D(1);
const CC: Cell<u32> = Cell::new(5);
const NONE: Option<D> = None;
const ARR: [Kind; 3] = [Kind::A, Kind::B(2), Kind::C { x: "c" }];
const NESTED: &[(&str, &[u32])] = &[("a", &[1, 2]), ("b", &[])];
static COUNT: AtomicU32 = AtomicU32::new(0);
static TABLE: [fn(u32) -> u32; 2] = [double, |x| x + 1];
static NAMES: &[&str] = &["x", "y"];
static mut GLOBAL: [u32; 3] = [0; 3];
const fn fib(n: u32) -> u32 { if n < 2 { n } else { fib(n - 1) + fib(n - 2) } }
const FIBS: [u32; 8] = { let mut a = [0; 8]; let mut i = 0; while i < 8 { a[i] = fib(i as u32); i += 1; } a };
fn double(x: u32) -> u32 { x * 2 }
fn kinds(n: usize) -> &'static Kind {
    match n { 0 => &Kind::A, 1 => &Kind::B(3 + 4), 2 => &ARR[2], _ => &Kind::C { x: "lit" } }
}
fn table() -> &'static [(&'static str, u32)] { &[("one", 1), ("two", 1 + 1), ("neg", !0)] }
fn neg() -> &'static i64 { &-(5 * 3) }
fn shift() -> &'static u8 { &(1 << 3) }
fn tup() -> &'static (u32, [u8; 2], Option<&'static str>) { &(1, [2, 3], None) }
fn cast() -> &'static u16 { &(300u32 as u16) }
fn rf() -> &'static &'static &'static str { &&"rrr" }
fn unit() -> &'static () { &() }
fn closure() -> &'static dyn Fn(u32) -> u32 { &|x| x * 3 }
fn opt<T>() -> &'static Option<Vec<T>> { &None }
fn size<T>() -> &'static usize { const { &std::mem::size_of::<T>() } }
struct Gen<T>(T);
impl<T> Gen<T> {
    const SZ: usize = std::mem::size_of::<T>();
    const PAIR: (usize, &'static str) = (Self::SZ * 2, "pair");
    fn sz() -> &'static usize { &Self::SZ }
    fn pair() -> &'static (usize, &'static str) { &Self::PAIR }
}
trait HasId { const ID: u32; const NAME: &'static str = "dflt"; }
impl HasId for u8 { const ID: u32 = 8; }
impl HasId for str { const ID: u32 = 99; const NAME: &'static str = "str"; }
fn id<T: HasId + ?Sized>() -> (&'static u32, &'static str) { (&T::ID, T::NAME) }
struct Arr<const N: usize>;
impl<const N: usize> Arr<N> { const TWICE: usize = N * 2; fn get() -> [u8; N] { [N as u8; N] } }
fn main() {
    for i in 0..4 { println!("{:?}", kinds(i)); }
    println!("{:?} {} {} {:?} {} {} {:?}", table(), neg(), shift(), tup(), cast(), rf(), unit());
    println!("{} {} {} {}", closure()(4), opt::<String>().is_none(), size::<u64>(), size::<(u8, u32)>());
    println!("{} {:?} {:?} {:?}", Gen::<u16>::sz(), Gen::<[u8; 5]>::pair(), id::<u8>(), id::<str>());
    println!("{} {:?}", Arr::<4>::TWICE, Arr::<3>::get());
    { let _r = &CD; println!("borrowed"); }
    { CD; println!("stmt"); }
    let c = &CC; c.set(6);
    println!("{} {}", c.get(), CC.get());
    let arr = [NONE; 3];
    println!("{}", arr.iter().all(|x| x.is_none()));
    let arr2 = [const { Vec::<u8>::new() }; 2];
    println!("{:?} {:?}", arr2, FIBS);
    COUNT.fetch_add(2, Ordering::SeqCst);
    println!("{} {} {}", COUNT.load(Ordering::SeqCst), TABLE[0](4), TABLE[1](4));
    println!("{:?} {:?} {}", NESTED, NAMES, NESTED[0].1[1]);
    unsafe { GLOBAL[1] += 4; let g = &raw const GLOBAL; println!("{:?}", *g); }
    let same = std::ptr::eq(kinds(0), kinds(0));
    println!("{same}");
    let mut tmp = &mut 5; *tmp += 1; println!("{tmp}");
    let ms: &mut [u32] = &mut [1, 2, 3]; ms[0] = 9; println!("{ms:?}");
    let mut total = 0;
    for i in 0..3 { let z = &mut 0; *z += i; total += *z; let y: &[u32; 2] = &[i, 1]; total += y[0]; }
    println!("{total}");
    match &Some(D(7)) { Some(d) => println!("in {}", d.0), None => {} }
    let x: &dyn std::fmt::Debug = &Kind::B(1);
    println!("{x:?}");
    println!("{}", match 2 { n if n == *&2 => "two", _ => "other" });
    let long = if total > 1 { &D(20) } else { &D(21) };
    println!("long {}", long.0);
    let (ref a, _b) = (D(30), D(31));
    println!("a {}", a.0);
    let _s: &[D] = &[D(40), D(41)];
    println!("end");
}
