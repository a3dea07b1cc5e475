// Each function is run by itself; the value is what it returns natively (exit codes compare modulo 256).
// To add one: write it with `//= 0` before it and run `python tests/unit/code/bless_functions.py RUSTC`.
#![allow(dead_code, unused, static_mut_refs, arithmetic_overflow)]

use std::cell::Cell;
use std::mem;

thread_local! { static TRACE: Cell<i32> = const { Cell::new(0) }; }
fn note(n: i32) { TRACE.with(|t| t.set(t.get().wrapping_mul(10).wrapping_add(n))); }
fn noted() -> i32 { TRACE.with(|t| t.replace(0)) }
struct Noisy(i32);
impl Drop for Noisy { fn drop(&mut self) { note(self.0); } }

// ---- integers

//= 65772
fn int_casts() -> i32 {
    let a = 300i32 as u8 as i32;
    let b = (-1i32) as u32 as u64 as i64;
    let c = -1i8 as u16 as i32;
    let d = 200u8 as i8 as i32;
    let e = 'x' as u32 as i32 + true as i32;
    let f = i64::MIN as i32 + (u64::MAX as i32);
    let g = (1u128 << 77) as f64 as u128 >> 70;
    a + (b == 0xFFFF_FFFF) as i32 + c + d + e + f + g as i32
}

//= 604
fn int_wrap() -> i32 {
    let a = 250u8.wrapping_add(10) as i32;
    let b = i8::MIN.wrapping_sub(1) as i32;
    let c = 100i8.wrapping_mul(3) as i32;
    let d = i32::MIN.wrapping_neg() == i32::MIN;
    let (e, o) = 200u8.overflowing_add(100);
    let f = 200u8.saturating_add(100) as i32 + (-100i8).saturating_sub(100) as i32;
    let g = 250u8.checked_add(5).unwrap() as i32 + 250u8.checked_add(6).is_none() as i32;
    a + b + c + d as i32 + e as i32 + o as i32 + f + g
}

//= 774
fn int_bits() -> i32 {
    let a = 0b1011_0000u8;
    let s = a.count_ones() + a.leading_zeros() + a.trailing_zeros() + 0u16.leading_zeros();
    let r = a.rotate_left(3) as u32 + (-8i16).rotate_right(2) as u16 as u32 % 251;
    let b = 0x1234u16.swap_bytes() as u32 % 251 + 6u8.reverse_bits() as u32;
    let w = (1u128 << 100).leading_zeros() + (7u128 << 64).count_ones() + (1u128 << 90).trailing_zeros();
    let sh = (-64i32 >> 3) + (64 >> 3) + (1 << 6);
    (s + r + b + w) as i32 % 1000 + sh + (!5i32) + (!5u8) as i32
}

//= 7199
fn int_div() -> i32 {
    let mut t = 0;
    for (a, b) in [(7, 2), (-7, 2), (7, -2), (-7, -2)] {
        t = t * 10 + a / b + a % b + i32::rem_euclid(a, b) + i32::div_euclid(a, b);
    }
    t + (200u8 / 7) as i32 + (1u64 << 40).wrapping_div(1 << 35) as i32 + (-128i8).wrapping_div(-1) as i32
}

//= 971
fn wide() -> i32 {
    let a: u128 = 0xFFFF_FFFF_FFFF_FFFF_FFFF;
    let b = a * 3 - (a >> 3) + (1 << 90);
    let c = (b / 12345) % 1000;
    let d: i128 = -5;
    let e = d * 7 / 3 + d % 3;
    let f = (a > b) as i32 + (d < 0) as i32 * 2 + (d as u128 > b) as i32 * 4;
    let (g, o) = u128::MAX.overflowing_add(2);
    match b { 5 => 1, _ => c as i32 + e as i32 + f + g as i32 + o as i32 }
}

//= 375
fn overflow_checks() -> i32 {
    let f = |a: u8, b: u8| a.checked_mul(b).map_or(-1, |x| x as i32);
    let g = |a: i32| a.checked_abs().unwrap_or(7);
    f(20, 12) + f(20, 13) + g(i32::MIN) + g(-3) + 5i32.pow(3) + 2u8.checked_pow(8).is_none() as i32
}

// ---- floats

//= 316
fn floats() -> i32 {
    let a = 7.9f64 as i32 + (-7.9f64) as i32 + f64::NAN as i32 + (1e20 as i32 == i32::MAX) as i32 + (-5.0f64 as u8) as i32;
    let b = (0.1f32 + 0.2f32 == 0.3f32) as i32 + (0.1f64 + 0.2 == 0.3) as i32 * 2;
    let c = (2.0f64.sqrt() * 100.0) as i32 + (7.5f32.floor() + 7.5f32.ceil() + 7.5f32.trunc()) as i32;
    let d = (5.5f64 % 2.0 * 10.0) as i32 + (-1.5f64).abs() as i32 + (f64::NAN < 1.0) as i32 + (1.0 < f64::INFINITY) as i32;
    let e = 3u64 as f32 as f64 as i32 + (u64::MAX as f32 > 1e19) as i32 + 1.0f32.to_bits() as i32 % 97;
    a + b + c + d + e + (2.5f64).mul_add(2.0, 1.0) as i32 + f64::from_bits(0x4045000000000000) as i32
}

// ---- places, structs, enums

#[derive(Clone, Copy, PartialEq)]
struct Point { x: i32, y: i64, z: u8 }
struct Nest { a: Point, b: (u8, [i32; 3]), c: Option<Box<i32>> }

//= 149
fn structs() -> i32 {
    let mut n = Nest { a: Point { x: 1, y: 2, z: 3 }, b: (4, [5, 6, 7]), c: Some(Box::new(8)) };
    n.a.x += 10;
    n.b.1[2] *= 2;
    **n.c.as_mut().unwrap() += 1;
    let Nest { a, b: (q, [_, w, e]), c } = n;
    let p = Point { x: 100, ..a };
    a.x + a.y as i32 + a.z as i32 + q as i32 + w + e + *c.unwrap() + p.x + (p == a) as i32
}

enum Shape { Circle(i32), Rect { w: i32, h: i32 }, Unit, Text(String) }
fn area(s: &Shape) -> i32 {
    match s { Shape::Circle(r) => 3 * r * r, Shape::Rect { w, h } if w == h => 1000, Shape::Rect { w, h } => w * h, Shape::Unit => 1, Shape::Text(t) => t.len() as i32 }
}

//= 1028
fn enums() -> i32 {
    let shapes = [Shape::Circle(2), Shape::Rect { w: 3, h: 4 }, Shape::Rect { w: 2, h: 2 }, Shape::Unit, Shape::Text(String::from("abc"))];
    let mut t = 0;
    for s in &shapes { t += area(s); }
    t
}

#[repr(u8)] #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level { Low = 3, Mid = 10, High }
#[repr(i16)] enum Signed { A = -5, B, C = 300 }

//= 329
fn discriminants() -> i32 {
    let l = [Level::High, Level::Low, Level::Mid];
    let s = Signed::A as i32 + Signed::B as i32 + Signed::C as i32;
    let d = mem::discriminant(&Some(1)) == mem::discriminant(&Some(2));
    let u: u8 = unsafe { mem::transmute(Level::High) };
    let v: Level = unsafe { mem::transmute(10u8) };
    l.iter().map(|&x| x as i32).sum::<i32>() + s + d as i32 + (l[0] > l[2]) as i32 + u as i32 + (v == Level::Mid) as i32
}

fn opt(n: i32) -> Option<u32> { if n > 0 { Some(n as u32) } else { None } }
fn optref(a: &i32, b: bool) -> Option<&i32> { if b { Some(a) } else { None } }
fn optstr(b: bool) -> Option<&'static str> { if b { Some("hello") } else { None } }
fn optbox(n: i32) -> Option<Box<i32>> { if n > 0 { Some(Box::new(n)) } else { None } }
fn res(n: i32) -> Result<u8, i64> { if n > 0 { Ok(n as u8) } else { Err(n as i64 * 2) } }
fn nested(n: i32) -> Option<Option<bool>> { match n { 0 => None, 1 => Some(None), 2 => Some(Some(false)), _ => Some(Some(true)) } }

//= 1286
fn options() -> i32 {
    let mut t = 0;
    for i in -1..3 { t = t * 3 + match opt(i) { Some(x) => x as i32, None => 1 }; }
    let v = 9;
    t += optref(&v, true).map_or(0, |x| *x) + optref(&v, false).map_or(5, |x| *x);
    t += optstr(true).map_or(0, str::len) as i32 + optstr(false).map_or(100, str::len) as i32;
    t += optbox(4).map_or(0, |b| *b) + optbox(0).is_none() as i32;
    t += match res(3) { Ok(x) => x as i32, Err(e) => e as i32 } + match res(-3) { Ok(x) => x as i32, Err(e) => e as i32 };
    for i in 0..4 { t += match nested(i) { None => 1, Some(None) => 10, Some(Some(false)) => 100, Some(Some(true)) => 1000 }; }
    let mut o = Some(3u64);
    if let Some(x) = &mut o { *x += 1; }
    let taken = o.take();
    t + taken.unwrap() as i32 + o.is_none() as i32 + o.get_or_insert(7).wrapping_add(1) as i32
}

//= 26
fn try_operator() -> i32 {
    fn f(n: i32) -> Result<i32, i64> { let a = res(n)?; let b = res(n - 5)?; Ok(a as i32 + b as i32) }
    fn g(n: i32) -> Option<i32> { Some(opt(n)? as i32 + opt(n - 1)? as i32) }
    let h = |n| match f(n) { Ok(x) => x, Err(e) => -(e as i32) };
    h(10) + h(3) + h(0) + g(5).unwrap_or(-1) + g(1).unwrap_or(-2)
}

union Bits { f: f32, u: u32, b: [u8; 4] }

//= 1201
fn unions() -> i32 {
    let mut u = Bits { f: 1.5 };
    let a = unsafe { u.u >> 20 } as i32;
    unsafe { u.b[3] = 0x40; }
    let m = mem::MaybeUninit::<(u8, u32)>::uninit();
    let mut w = mem::MaybeUninit::<[u16; 3]>::uninit();
    unsafe { w.as_mut_ptr().cast::<u16>().add(1).write(77); }
    a + unsafe { u.f * 16.0 } as i32 + unsafe { *w.as_ptr().cast::<u16>().add(1) } as i32 + mem::size_of_val(&m) as i32
}

// ---- references, slices, patterns

//= 175
fn slices() -> i32 {
    let a = [1, 2, 3, 4, 5, 6];
    let mut t = 0;
    if let [first, second, .., last] = &a { t += first * 100 + second * 10 + last; }
    if let [x, rest @ ..] = &a[2..] { t += x + rest.len() as i32; }
    match &a[..3] { [] => t = 0, [p, q, r] => t += p * q * r, _ => t = 1 }
    let mut b = a;
    b[1..4].reverse();
    b.swap(0, 5);
    let (l, r) = b.split_at_mut(3);
    l[0] += r[2];
    let [h, i, j, ..] = b;
    t + h + i * 2 + j * 3 + b.iter().rev().take(2).sum::<i32>() + a.contains(&4) as i32 + "héllo".len() as i32
}

//= 4959
fn patterns() -> i32 {
    let mut t = 0;
    for n in [0u32, 5, 42, 99, 1000] {
        t = t * 4 + match n { 0 => 1, x @ 1..=9 => x as i32, 10 | 42 => 2, 50.. if n % 2 == 0 => 3, _ => 0 };
    }
    let c = |c: char| match c { 'a'..='f' => 1, 'x' => 2, '\u{e9}' => 3, _ => 4 };
    t += c('c') + c('x') * 10 + c('é') * 100 + c('Z') * 1000;
    let s = |s: &str| match s { "one" => 1, "two" => 2, _ => 3 };
    let tup = (1, (Some(2), [3, 4]));
    let (a, (Some(b), [_, d])) = tup else { return -1 };
    let r = &Some((1, 2));
    if let Some((p, ref q)) = *r { t += p + q; }
    t + s("two") * 7 + s("x") + a + b + d
}

//= 86
fn raw_pointers() -> i32 {
    let mut a = [10, 20, 30, 40];
    let p = a.as_mut_ptr();
    unsafe {
        *p.add(1) += 5;
        p.add(2).write(7);
        let q = p.add(3);
        std::ptr::swap(p, q);
        let d = q.offset_from(p) as i32;
        let s = std::slice::from_raw_parts(p.add(1), 2);
        let addr = p as usize;
        let back = addr as *const i32;
        d + s[0] + s[1] + *back + std::ptr::read(q) + (p < q) as i32
    }
}

// ---- drops

//= 4317562
fn drop_order() -> i32 {
    let a = Noisy(1);
    let b = Noisy(2);
    { let _c = Noisy(3); let _ = Noisy(4); }
    drop(a);
    let v = vec![Noisy(5), Noisy(6)];
    let t = (Noisy(7), Noisy(8));
    let (x, _) = t;
    mem::forget(Noisy(9));
    drop(x);
    drop(v);
    drop(b);
    noted()
}

//= -182633572
fn drop_flags() -> i32 {
    fn f(give: bool) { let a = Noisy(1); let b; if give { b = a; note(5); } else { note(6); } note(7); }
    f(true);
    f(false);
    let mut o = Some(Noisy(2));
    o = None;
    note(3);
    o = Some(Noisy(4));
    drop(o);
    let b: Box<dyn std::any::Any> = Box::new(Noisy(8));
    drop(b);
    noted()
}

struct Pair { a: Noisy, b: Noisy }
impl Drop for Pair { fn drop(&mut self) { note(9); } }
enum Holder { One(Noisy), Two { x: Noisy, y: Noisy }, Three }

//= 9123462
fn drop_glue() -> i32 {
    drop(Pair { a: Noisy(1), b: Noisy(2) });
    drop(Holder::Two { x: Noisy(3), y: Noisy(4) });
    drop([Holder::One(Noisy(5)), Holder::Three]);
    let c = { let n = Noisy(6); move || n.0 };
    let r = c();
    drop(c);
    noted() + r
}

// ---- functions, closures, traits

fn inc(x: i32) -> i32 { x + 1 }
fn apply<F: Fn(i32) -> i32>(f: F, n: i32) -> i32 { f(n) + f(n + 1) }
fn apply_mut(mut f: impl FnMut(i32)) { f(1); f(2); }
fn apply_once<R>(f: impl FnOnce() -> R) -> R { f() }
fn compose<A, B, C>(f: impl Fn(A) -> B, g: impl Fn(B) -> C) -> impl Fn(A) -> C { move |x| g(f(x)) }

//= 181
fn closures() -> i32 {
    let k = 10;
    let mut acc = 0;
    apply_mut(|x| acc += x * k);
    let s = String::from("abcd");
    let n = apply_once(move || s.len());
    let f: fn(i32) -> i32 = |x| x * 2;
    let b: Box<dyn Fn(i32) -> i32> = Box::new(move |x| x * k);
    let o: Box<dyn FnOnce(i32, i32) -> i32> = Box::new(|a, b| a - b);
    let mut c = { let mut c = 0; move || { c += 1; c } };
    c();
    let fs: [&dyn Fn(i32) -> i32; 3] = [&inc, &f, &b];
    apply(inc, 1) + apply(f, 2) + apply(&b, 3) + acc + n as i32 + o(9, 4) + c() + compose(inc, |x| x * 3)(4)
        + fs.iter().fold(1, |x, f| f(x))
}

//= 34
fn fn_pointers() -> i32 {
    let t: [fn(i32) -> i32; 2] = [inc, |x| x - 1];
    let g: fn(u32) -> Option<u32> = Some;
    let m: fn(&str) -> usize = str::len;
    t[0](5) * t[1](5) + g(4).unwrap() as i32 + m("xyz") as i32 + [1, 2].map(inc as fn(i32) -> i32)[1]
}

trait Animal { fn noise(&self) -> i32; fn twice(&self) -> i32 { self.noise() * 2 } fn boxed(self: Box<Self>) -> i32; }
trait Named: Animal { const ID: i32; fn id(&self) -> i32 { Self::ID + self.noise() } }
trait Sub: Animal { fn sub(&self) -> i32; }
struct Dog;
struct Cat(i32);
impl Animal for Dog { fn noise(&self) -> i32 { 7 } fn boxed(self: Box<Self>) -> i32 { 70 } }
impl Animal for Cat { fn noise(&self) -> i32 { self.0 } fn twice(&self) -> i32 { 1 } fn boxed(self: Box<Self>) -> i32 { self.0 * 3 } }
impl Named for Dog { const ID: i32 = 50; }
impl<T: Animal> Sub for T { fn sub(&self) -> i32 { self.noise() + 1000 } }

//= 1177
fn dyn_traits() -> i32 {
    let zoo: Vec<Box<dyn Animal>> = vec![Box::new(Dog), Box::new(Cat(4))];
    let s: &dyn Sub = &Cat(2);
    let up: &dyn Animal = s;
    let a: i32 = zoo.iter().map(|a| a.noise() + a.twice()).sum();
    let b: i32 = zoo.into_iter().map(|a| a.boxed()).sum();
    a + b + s.sub() + up.noise() + Dog.id() + mem::size_of_val(s) as i32 + mem::align_of_val(up) as i32
}

trait Visit { type Out; fn go<T: Into<i64>>(&self, t: T) -> Self::Out; }
impl Visit for u8 { type Out = i64; fn go<T: Into<i64>>(&self, t: T) -> i64 { t.into() + *self as i64 } }
impl<A: Visit, B: Visit> Visit for (A, B) { type Out = (A::Out, B::Out); fn go<T: Into<i64>>(&self, t: T) -> Self::Out { let n = t.into(); (self.0.go(n), self.1.go(n)) } }
struct Matrix<const R: usize, const C: usize>([[i32; C]; R]);
impl<const R: usize, const C: usize> Matrix<R, C> { const CELLS: usize = R * C; fn sum(&self) -> i32 { self.0.iter().flatten().sum() } }

//= 104
fn generics() -> i32 {
    let (a, (b, c)) = (1u8, (2u8, 3u8)).go(10i32);
    let m = Matrix([[1, 2, 3], [4, 5, 6]]);
    let t = (1, "x", [2u8; 2]).clone();
    (a + b + c) as i32 + m.sum() + Matrix::<4, 5>::CELLS as i32 + t.0 + t.2[1] as i32 + std::any::type_name::<Option<u8>>().len() as i32
}

// ---- constants and statics

const TABLE: [u32; 4] = { let mut t = [0; 4]; let mut i = 0; while i < 4 { t[i] = (i * i) as u32 + 1; i += 1; } t };
const NAMES: &[&str] = &["a", "bb", "ccc"];
static GREETING: &str = "hello";
static mut COUNTER: u32 = 5;
static POINTS: [Point; 2] = [Point { x: 1, y: 2, z: 3 }, Point { x: 4, y: 5, z: 6 }];
static HANDLERS: [fn(i32) -> i32; 1] = [inc];
const fn cube(n: i32) -> i32 { n * n * n }

//= 141
fn constants() -> i32 {
    const R: &[i32] = &[cube(2), 3];
    let r = R;
    let a = [0u8; cube(2) as usize + 1];
    unsafe { COUNTER += 2; }
    let n: usize = NAMES.iter().map(|s| s.len()).sum();
    TABLE.iter().sum::<u32>() as i32 + n as i32 + GREETING.len() as i32 + unsafe { COUNTER } as i32 + POINTS[1].x
        + HANDLERS[0](9) + r[0] + a.len() as i32 + const { cube(3) } + i32::MAX % 100
}

// ---- control flow

//= 22537
fn loops() -> i32 {
    let mut t = 0;
    'outer: for i in 0..10 {
        for j in (0..=i).rev() {
            if j == 7 { break 'outer; }
            if (i + j) % 3 == 0 { continue 'outer; }
            t += i * j;
        }
    }
    let v = loop { t += 1; if t % 7 == 0 { break t * 2; } };
    let mut n = 27u64;
    let mut steps = 0;
    while n != 1 { n = if n % 2 == 0 { n / 2 } else { 3 * n + 1 }; steps += 1; }
    let l = 'b: { if steps > 100 { break 'b 5; } 6 };
    v + steps + l + (0..100).step_by(7).filter(|x| x % 2 == 1).map(|x| x * x).sum::<i32>()
}

//= 23
fn recursion() -> i32 {
    fn ack(m: u32, n: u32) -> u32 { if m == 0 { n + 1 } else if n == 0 { ack(m - 1, 1) } else { ack(m - 1, ack(m, n - 1)) } }
    fn even(n: u32) -> bool { n == 0 || odd(n - 1) }
    fn odd(n: u32) -> bool { n != 0 && even(n - 1) }
    ack(2, 9) as i32 + even(100) as i32 + odd(7) as i32
}

// ---- collections and text

//= 34
fn vectors() -> i32 {
    let mut v: Vec<i32> = (1..=10).collect();
    v.retain(|x| x % 3 != 0);
    v.insert(2, 100);
    let last = v.pop().unwrap();
    v.extend([7, 8].iter());
    v.sort();
    v.dedup();
    let w: Vec<String> = v.iter().map(|x| x.to_string()).collect();
    let z: Vec<(usize, &i32)> = v.iter().enumerate().skip(1).collect();
    v.len() as i32 + last + w.concat().len() as i32 + z[0].1 + v.iter().position(|&x| x == 100).unwrap() as i32
}

//= 2039
fn strings() -> i32 {
    let mut s = String::from("a");
    s.push_str("bc");
    s += &"d".repeat(3);
    let u = s.to_uppercase();
    let n: i32 = "12,30,x".split(',').filter_map(|p| p.parse::<i32>().ok()).sum();
    let c = s.chars().rev().filter(|c| *c == 'd').count();
    let f = format!("{:>5}|{:<4}|{:03}|{:x}|{:?}", "ab", 7, 9, 255, Some("q"));
    u.len() as i32 + n + c as i32 + f.len() as i32 + f.bytes().map(|b| b as i32).sum::<i32>()
}

// ---- sizes

//= 394863
fn sizes() -> i32 {
    let s = [
        mem::size_of::<Point>(), mem::size_of::<Option<Box<i32>>>(), mem::size_of::<Option<Option<bool>>>(),
        mem::size_of::<Shape>(), mem::size_of::<Result<u32, String>>(), mem::size_of::<&dyn Animal>(),
        mem::size_of::<(u8, u32, u8)>(), mem::size_of::<Nest>(), mem::align_of::<u128>(), mem::size_of::<[Option<char>; 3]>(),
    ];
    s.iter().fold(0, |a, &b| a * 3 + b as i32)
}

//= 3003912
fn panics() -> i32 {
    std::panic::set_hook(Box::new(|_| {}));
    let r = std::panic::catch_unwind(|| { let _n = Noisy(3); let v = vec![1, 2]; let i = v.len(); v[i] });
    let q = std::panic::catch_unwind(|| { let _p = Pair { a: Noisy(1), b: Noisy(2) }; let z = noted_zero(); 5 / z });
    r.is_err() as i32 * 1000000 + q.is_err() as i32 * 2000000 + noted()
}
fn noted_zero() -> i32 { 0 }

fn main() {}
