#![allow(dead_code, unused)]
use std::fmt::{Debug, Display};
use std::ops::*;
// GATs
trait Lend {
    type Item<'a>
    where
        Self: 'a;
    fn next<'a>(&'a mut self) -> Option<Self::Item<'a>>;
}
struct W {
    v: Vec<i32>,
    i: usize,
}
impl Lend for W {
    type Item<'a> = &'a mut [i32];
    fn next<'a>(&'a mut self) -> Option<&'a mut [i32]> {
        if self.i + 2 > self.v.len() {
            None
        } else {
            self.i += 1;
            Some(&mut self.v[self.i - 1..self.i + 1])
        }
    }
}
trait Fam {
    type Of<T: Debug>: Debug + Default;
}
struct VF;
impl Fam for VF {
    type Of<T: Debug> = Vec<T>;
}
fn mk<F: Fam>() -> F::Of<i32> {
    Default::default()
}
// const generics
struct Arr<T, const N: usize = 3>([T; N]);
impl<T: Copy + Default, const N: usize> Arr<T, N> {
    const LEN: usize = N * 2;
    fn new() -> Self {
        Arr([T::default(); N])
    }
    fn dbl(&self) -> usize {
        Self::LEN
    }
}
fn cg<const B: bool, const C: char>() -> String {
    format!("{B} {C}")
}
// upcasting
trait A {
    fn a(&self) -> String {
        "A".into()
    }
}
trait B: A {
    fn b(&self) -> String {
        "B".into()
    }
}
trait C: B + Debug {
    fn c(&self) -> String {
        "C".into()
    }
    fn gen<T: Display>(&self, t: T) -> String
    where
        Self: Sized,
    {
        format!("gen {t}")
    }
}
#[derive(Debug)]
struct S(i32);
impl A for S {
    fn a(&self) -> String {
        format!("S.a{}", self.0)
    }
}
impl B for S {}
impl C for S {}
// impl trait nested
fn nest(n: i32) -> impl Iterator<Item = impl Fn(i32) -> i32> {
    (0..n).map(|k| move |x| x * k)
}
fn arg(f: impl Fn(&str) -> Box<dyn Fn() -> String>) -> String {
    f("hi")()
}
fn compose<X, Y, Z>(f: impl Fn(X) -> Y, g: impl Fn(Y) -> Z) -> impl Fn(X) -> Z {
    move |x| g(f(x))
}
fn recur(f: fn(&dyn Fn(u32) -> u32, u32) -> u32, n: u32) -> u32 {
    fn go(f: fn(&dyn Fn(u32) -> u32, u32) -> u32, n: u32) -> u32 {
        f(&|m| go(f, m), n)
    }
    go(f, n)
}
#[derive(Clone, Copy, Debug, PartialEq)]
struct V2(f32, f32);
impl Add<V2> for V2 {
    type Output = V2;
    fn add(self, o: V2) -> V2 {
        V2(self.0 + o.0, self.1 + o.1)
    }
}
impl<'a> Add<&'a V2> for &'a V2 {
    type Output = V2;
    fn add(self, o: &V2) -> V2 {
        *self + *o
    }
}
impl Mul<V2> for f32 {
    type Output = V2;
    fn mul(self, v: V2) -> V2 {
        V2(self * v.0, self * v.1)
    }
}
impl AddAssign<f32> for V2 {
    fn add_assign(&mut self, x: f32) {
        self.0 += x;
    }
}
impl Neg for &V2 {
    type Output = V2;
    fn neg(self) -> V2 {
        V2(-self.0, -self.1)
    }
}
impl Index<char> for V2 {
    type Output = f32;
    fn index(&self, c: char) -> &f32 {
        if c == 'x' {
            &self.0
        } else {
            &self.1
        }
    }
}
impl IndexMut<char> for V2 {
    fn index_mut(&mut self, c: char) -> &mut f32 {
        if c == 'x' {
            &mut self.0
        } else {
            &mut self.1
        }
    }
}
fn slice(v: &[i32]) -> String {
    match v {
        [] => "e".into(),
        [x] => format!("1:{x}"),
        [a, .., b] if a == b => format!("same {a}"),
        [a, rest @ .., z] => format!("{a} {rest:?} {z}"),
    }
}
fn le(s: &str) -> Result<(i32, &str), String> {
    let Some((n, rest)) = s.split_once(':') else {
        return Err(format!("no {s}"));
    };
    let (Ok(n @ 1..=9) | Ok(n @ 100..)) = n.parse::<i32>() else {
        return Err("range".into());
    };
    Ok((n, rest))
}
const fn gcd(a: u64, b: u64) -> u64 {
    let (mut a, mut b) = (a, b);
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}
const TBL: [u64; 5] = {
    let mut t = [0; 5];
    let mut i = 0;
    while i < 5 {
        t[i] = gcd(60, i as u64 * 12 + 4);
        i += 1;
    }
    t
};
trait HasN {
    const N: usize;
    const DOUBLE: usize = Self::N * 2;
}
struct H<const K: usize>;
impl<const K: usize> HasN for H<K> {
    const N: usize = K + 1;
}
fn inl<T: HasN>() -> usize {
    const { T::DOUBLE + 1 }
}
union U {
    i: u32,
    f: f32,
    b: [u8; 4],
}
fn hr(f: &dyn for<'a> Fn(&'a [i32]) -> &'a i32) -> i32 {
    *f(&[1, 2, 3])
}
trait Ext {
    fn ext(&self) -> &'static str;
}
impl<T: ?Sized> Ext for T {
    fn ext(&self) -> &'static str {
        std::any::type_name::<T>()
    }
}
struct Outer(Inner);
struct Inner;
impl Deref for Outer {
    type Target = Inner;
    fn deref(&self) -> &Inner {
        &self.0
    }
}
impl Outer {
    fn x(&self) -> i32 {
        1
    }
}
impl Inner {
    fn x(&self) -> i32 {
        2
    }
    fn y(&self) -> i32 {
        3
    }
}
macro_rules! nested { ($($k:ident => [$($v:expr),*]);* $(;)?) => { vec![$((stringify!($k), vec![$($v + 0),*])),*] } }
macro_rules! mkmac {
    ($n:ident, $d:tt) => {
        macro_rules! $n { ($d($d x:expr),*) => { 0 $d(+ $d x)* } }
    };
}
mkmac!(addall, $);
macro_rules! hyg {
    ($e:expr) => {{
        let x = 10;
        $e + x
    }};
}
macro_rules! tt { (@a $($t:tt)*) => { tt!(@b [$($t)*]) }; (@b [$($a:tt $b:tt)*]) => { concat!($(stringify!($b), stringify!($a)),*) } }
fn main() {
    let mut w = W {
        v: vec![1, 2, 3, 4],
        i: 0,
    };
    while let Some(s) = w.next() {
        s[1] += s[0];
    }
    println!("{:?} {:?}", w.v, mk::<VF>());
    println!(
        "{} {} {}",
        Arr::<u8>::new().dbl(),
        Arr::<u8, 7>::new().dbl(),
        cg::<{ 1 > 0 }, 'z'>()
    );
    let c: Box<dyn C> = Box::new(S(4));
    println!("{:?} {}", c, c.c());
    let b: Box<dyn B> = c;
    println!("{}", b.b());
    let a: Box<dyn A> = b;
    println!("{}", a.a());
    println!("{}", S(1).gen(3));
    println!("{:?}", nest(4).map(|f| f(10)).collect::<Vec<_>>());
    println!(
        "{}",
        arg(|s| {
            let s = s.to_string();
            Box::new(move || s.clone() + "!")
        })
    );
    println!(
        "{}",
        compose(|x: i32| x + 1, |y: i32| y.to_string() + "s")(4)
    );
    println!("{}", recur(|s, n| if n < 2 { 1 } else { n * s(n - 1) }, 6));
    let mut v = V2(1.0, 2.0);
    v += 1.5;
    v['y'] *= 3.0;
    println!("{:?} {:?} {:?} {}", &v + &v, 2.0 * v, -&v, v['x']);
    for s in [&[][..], &[1], &[2, 3, 2], &[1, 2, 3, 4]] {
        println!("{}", slice(s));
    }
    for s in ["5:a", "50:b", "100:c", "x", "z:1"] {
        println!("{:?}", le(s));
    }
    println!("{TBL:?} {} {}", <H<4> as HasN>::DOUBLE, inl::<H<9>>());
    let u = U { f: 1.0 };
    unsafe {
        match u {
            U { i: 0x3f80_0000 } => println!("one"),
            U { b: [_, _, _, x] } => println!("{x}"),
        }
    }
    println!("{}", hr(&|s| &s[s.len() - 1]));
    println!("{} {}", "x".ext(), 3u8.ext());
    println!(
        "{} {} {}",
        Outer(Inner).x(),
        Outer(Inner).y(),
        (*Outer(Inner)).x()
    );
    let x = 1;
    println!(
        "{:?} {} {} {}",
        nested!(a => [1, 2]; b => []; c => [x]),
        addall!(1, 2, x),
        hyg!(x * 2),
        tt!(@a 1 2 3 4)
    );
    let r = 'o: {
        if x == 1 {
            break 'o "early";
        }
        "late"
    };
    println!("{r}");
    let mut vv = vec![1, 2];
    vv.push(vv.len());
    let i = 1;
    vv[i] += vv[0];
    println!("{vv:?}");
    let f: Vec<Box<dyn FnOnce(i32) -> Box<dyn FnMut() -> i32>>> = vec![Box::new(|n| {
        let mut k = n;
        Box::new(move || {
            k += 1;
            k
        })
    })];
    for g in f {
        let mut h = g(5);
        h();
        println!("{}", h());
    }
}
