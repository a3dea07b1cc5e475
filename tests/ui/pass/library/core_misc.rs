//! `Duration`, atomics, hashing, arrays, `Any`, `Wrapping`, `NonZero`, tuples, ranges, conversions, errors.
use std::any::{type_name, Any, TypeId};
use std::borrow::{Borrow, Cow};
use std::collections::hash_map::DefaultHasher;
use std::error::Error;
use std::fmt;
use std::hash::{BuildHasher, BuildHasherDefault, Hash, Hasher};
use std::num::{NonZeroI32, NonZeroU8, Saturating, Wrapping};
use std::ops::{Bound, RangeBounds};
use std::sync::atomic::{AtomicBool, AtomicI32, AtomicPtr, AtomicU8, AtomicUsize, Ordering};
use std::time::Duration;

fn hash<T: Hash + ?Sized>(t: &T) -> u64 {
    let mut h = DefaultHasher::new();
    t.hash(&mut h);
    h.finish()
}
#[derive(Hash, PartialEq, Eq, PartialOrd, Ord, Clone, Copy, Debug, Default)]
struct K {
    a: u8,
    b: (i32, char),
}
#[derive(Hash, PartialEq, Eq, PartialOrd, Ord, Clone, Debug)]
enum V {
    X,
    Y(u16),
    Z { s: String },
}
#[derive(Debug)]
struct Outer(Inner);
#[derive(Debug)]
struct Inner;
impl fmt::Display for Outer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("outer failed")
    }
}
impl fmt::Display for Inner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("inner failed")
    }
}
impl Error for Inner {}
impl Error for Outer {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.0)
    }
}
struct Fnv(u64);
impl Default for Fnv {
    fn default() -> Self {
        Fnv(0xcbf29ce484222325)
    }
}
impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for b in bytes {
            self.0 = (self.0 ^ *b as u64).wrapping_mul(0x100000001b3);
        }
    }
}
fn show(r: impl RangeBounds<i32>) -> String {
    format!("{:?} {:?} {}", r.start_bound(), r.end_bound(), r.contains(&3))
}
fn describe(x: &dyn Any) -> String {
    if let Some(i) = x.downcast_ref::<i32>() {
        format!("i32 {i}")
    } else if let Some(s) = x.downcast_ref::<&str>() {
        format!("str {s}")
    } else {
        format!("other {}", x.is::<String>())
    }
}

fn main() {
    for d in [Duration::ZERO, Duration::from_nanos(7), Duration::from_nanos(1_500), Duration::from_micros(2_500), Duration::from_millis(999), Duration::from_secs(90), Duration::new(5, 30), Duration::MAX] {
        println!("{:?} [{:.2?}] [{:>12?}] [{:<12.1?}] [{:+?}] {} {} {} {}", d, d, d, d, d, d.as_secs(), d.as_millis(), d.subsec_micros(), d.as_secs_f64());
    }
    let d = Duration::from_millis(1500);
    println!("{:?} {:?} {:?} {:?} {:?}", d * 3, d / 4, d + d, d - Duration::from_secs(1), d.checked_sub(d * 2));
    println!("{:?} {:?} {:?} {:?}", d.mul_f64(1.5), Duration::from_secs_f64(2.7), Duration::from_secs_f32(0.1), Duration::try_from_secs_f64(-1.0));
    println!("{:?} {:?} {:?}", d.saturating_sub(d * 2), [d, d].iter().sum::<Duration>(), d.abs_diff(d * 3));
    let n = AtomicI32::new(5);
    println!("{} {} {} {}", n.fetch_add(3, Ordering::SeqCst), n.fetch_sub(1, Ordering::Relaxed), n.fetch_and(6, Ordering::AcqRel), n.fetch_or(9, Ordering::Release));
    println!("{} {} {} {}", n.fetch_xor(3, Ordering::SeqCst), n.fetch_max(100, Ordering::SeqCst), n.fetch_min(50, Ordering::SeqCst), n.swap(7, Ordering::SeqCst));
    println!("{:?} {:?} {:?}", n.compare_exchange(7, 8, Ordering::SeqCst, Ordering::Relaxed), n.compare_exchange(7, 9, Ordering::SeqCst, Ordering::Relaxed), n.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |x| x.checked_mul(2)));
    println!("{:?} {} {}", n, n.load(Ordering::SeqCst), AtomicU8::new(255).fetch_add(1, Ordering::SeqCst));
    let b = AtomicBool::new(false);
    println!("{} {} {} {} {:?}", b.swap(true, Ordering::SeqCst), b.fetch_not(Ordering::SeqCst), b.fetch_or(true, Ordering::SeqCst), b.fetch_nand(true, Ordering::SeqCst), b);
    let (mut x, mut y) = (1, 2);
    let p = AtomicPtr::new(&mut x as *mut i32);
    let old = p.swap(&mut y, Ordering::SeqCst);
    println!("{} {} {}", unsafe { *old }, unsafe { *p.load(Ordering::SeqCst) }, AtomicUsize::new(3).into_inner());
    println!("{:x} {:x} {:x} {:x}", hash(&1u32), hash("abc"), hash(&[1u8, 2, 3]), hash(&(1, 'x', "y")));
    println!("{:x} {:x} {:x} {:x}", hash(&K::default()), hash(&V::X), hash(&V::Y(3)), hash(&V::Z { s: "s".into() }));
    println!("{:x} {:x} {:x} {:x}", hash(&vec![1i64, -1]), hash(&Some(1u128)), hash(&true), hash(&()));
    println!("{} {:x}", hash(&String::from("q")) == hash("q"), BuildHasherDefault::<Fnv>::default().hash_one("fnv"));
    println!("{:?} {:?} {:?}", V::X < V::Y(0), V::Y(9).cmp(&V::Y(3)), V::Z { s: "a".into() }.partial_cmp(&V::Z { s: "b".into() }));
    println!("{:?} {:?} {:?}", [1, 2, 3].map(|x| x * 2), std::array::from_fn::<usize, 4, _>(|i| i * i), [[0; 2]; 2]);
    println!("{:?} {:?} {:?}", <[i32; 3]>::try_from(&[1, 2, 3][..]), <[i32; 2]>::try_from(&[1][..]), <&[u8; 2]>::try_from(&b"ab"[..]));
    println!("{:?} {:?} {:?}", ["a".to_string(), "b".to_string()].into_iter().rev().collect::<Vec<_>>(), [1, 2, 3].each_ref(), [3, 4].iter().sum::<i32>());
    println!("{:?} {:?} {:?}", [1, 2] < [1, 3], [1; 3] == [1, 1, 1], <[u8; 4]>::default());
    let mut it = [10, 20, 30, 40].into_iter();
    println!("{:?} {:?} {:?} {}", it.next(), it.next_back(), it.as_slice(), it.len());
    println!("{} {} {}", describe(&5), describe(&"x"), describe(&String::new()));
    println!("{} {} {} {}", type_name::<Option<i32>>(), type_name::<&str>(), TypeId::of::<u8>() == TypeId::of::<u8>(), TypeId::of::<u8>() == TypeId::of::<i8>());
    let boxed: Box<dyn Any> = Box::new(7u8);
    println!("{:?} {:?}", boxed.downcast_ref::<u16>().copied(), boxed.downcast::<u8>().map(|b| *b + 1).ok());
    println!("{} {} {} {}", Wrapping(250u8) + Wrapping(10), Wrapping(i32::MIN) - Wrapping(1), Wrapping(3u8) << 9, -Wrapping(1u8));
    println!("{} {:?} {}", Saturating(250u8) + Saturating(10), Saturating(-100i8) * Saturating(2), Saturating(2u8).pow(9));
    let mut w = Wrapping(1u32);
    w *= Wrapping(7);
    w -= 8;
    println!("{w} {:x}", w);
    println!("{:?} {:?} {:?} {}", NonZeroU8::new(5), "0".parse::<NonZeroU8>().map_err(|e| e.to_string()), NonZeroI32::new(-4).map(|n| n.abs()), NonZeroU8::MIN);
    println!("{:?} {:?} {:?}", NonZeroU8::new(200).unwrap().checked_add(100), 100 / NonZeroU8::new(7).unwrap(), u16::from(NonZeroU8::MAX.get()));
    println!("{:?} {:?} {:?}", (1, "b") < (1, "c"), (1, 2.0, 'x').partial_cmp(&(1, f64::NAN, 'x')), <(i32, String, Option<u8>)>::default());
    println!("{:?} {:?}", (1, 2) == (1, 2), <[i32; 3]>::from((1, 2, 3)));
    println!("{} | {} | {} | {}", show(1..5), show(..=2), show(..), show((Bound::Excluded(3), Bound::Unbounded)));
    println!("{:?} {:?} {:?}", i64::from(5i32), u8::try_from(-1i32).map_err(|e| e.to_string()), String::from('x'));
    let words: Vec<String> = ["a", "b"].map(Into::into).to_vec();
    println!("{words:?} {:?} {:?}", <String as Borrow<str>>::borrow(&words[0]), <str as AsRef<[u8]>>::as_ref("hi"));
    let cow: Cow<str> = Cow::Borrowed("c");
    println!("{cow} {:?} {}", cow, cow.clone().into_owned() + "!");
    let e: Box<dyn Error + Send + Sync> = Outer(Inner).into();
    println!("{e} {:?} {} {:?}", e, e.source().unwrap(), e.downcast_ref::<Outer>().is_some());
    let e: Box<dyn Error> = "text".into();
    println!("{e} {e:?} {}", e.source().is_none());
    println!("{:?} {:?}", std::cmp::max("a", "b"), std::cmp::min_by_key(3, -5, |x: &i32| x.abs()));
    println!("{:?} {:?} {:?}", 1.cmp(&2).reverse().then(3.cmp(&4)), 1.cmp(&1).then_with(|| 5.cmp(&4)), std::cmp::Reverse(3) < std::cmp::Reverse(2));
    println!("{} {}", std::convert::identity(4), std::hint::black_box(5));
    println!("{}", [1u8, 2].iter().map(|b| format!("{b:02x}")).collect::<Vec<_>>().join(":"));
    println!("{:?}", std::str::from_utf8(&[0xff]).map_err(|e| e.to_string()));
    assert!(matches!(Some(3), Some(1..=5)), "never");
    debug_assert_eq!(1 + 1, 2, "never {}", 1);
    assert_ne!(1, 2);
}
