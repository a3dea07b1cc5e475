// Promotion, two-phase borrows, order of compound assignment, captures.
use std::cell::{Cell, RefCell};
struct Unit;
trait Animal { fn name(&self) -> String; }
impl Animal for Unit { fn name(&self) -> String { "unit".into() } }
#[derive(Debug, PartialEq)]
struct Pt { x: i32, y: i32 }
fn promoted() -> (&'static [i32], &'static Pt, &'static Option<&'static str>, &'static i32, &'static [&'static [u8]]) {
    (&[1, 2, 3], &Pt { x: 1, y: -2 }, &Some("s"), &(3 * 4 + 1), &[&[1], &[2, 3]])
}
fn dynamic() -> &'static dyn Animal { &Unit }
fn none() -> &'static Option<String> { &None }
fn emptyv() -> &'static mut [u32] { &mut [] }
const BIG: [u64; 4] = [9; 4];
fn constref() -> &'static [u64] { &BIG }
fn fnref() -> &'static fn(i32) -> i32 { fn inc(x: i32) -> i32 { x + 1 } &(inc as fn(i32) -> i32) }
fn trace(v: &RefCell<Vec<u32>>, n: u32) -> u32 { v.borrow_mut().push(n); n }
struct Log { v: Vec<u32>, n: usize }
impl Log {
    fn add(&mut self, x: usize) -> &mut Self { self.v.push(x as u32); self.n += x; self }
    fn len(&self) -> usize { self.v.len() }
}
struct Acc(Vec<&'static str>);
impl std::ops::AddAssign<&'static str> for Acc {
    fn add_assign(&mut self, s: &'static str) { self.0.push(s) }
}
fn acc<'a>(a: &'a mut Acc, log: &RefCell<Vec<u32>>) -> &'a mut Acc { log.borrow_mut().push(1); a }
fn main() {
    let (a, b, c, d, e) = promoted();
    println!("{a:?} {b:?} {c:?} {d} {e:?} {} {:?} {} {:?} {}", dynamic().name(), none(), emptyv().len(), constref(), fnref()(4));
    let da: &dyn Animal = &Unit;
    println!("{}", da.name());
    let same: &'static i32 = &5;
    println!("{same}");
    let mut v = vec![1, 2];
    v.push(v.len());
    v.insert(v.len() - 1, v[0] + v[1]);
    let n = v.len();
    v[n - 1] += v[0];
    println!("{v:?}");
    let mut l = Log { v: vec![], n: 0 };
    l.add(l.len() + 1).add(5);
    l.add(l.n);
    println!("{:?} {}", l.v, l.n);
    let log = RefCell::new(vec![]);
    let mut arr = [0u32; 4];
    arr[trace(&log, 1) as usize] += trace(&log, 2);
    arr[trace(&log, 3) as usize] = trace(&log, 0);
    println!("{arr:?} {:?}", log.take());
    let mut ac = Acc(vec![]);
    *acc(&mut ac, &log) += { log.borrow_mut().push(2); "x" };
    println!("{:?} {:?}", ac.0, log.take());
    let mut x = 1;
    x += { x = 10; x };
    println!("{x}");
    let y = x + { x = 5; x } * x;
    println!("{y}");
    let mut t = (1, 2);
    (t.0, t.1) = (t.1, t.0);
    let z;
    [z, _, ..] = [7, 8, 9];
    println!("{t:?} {z}");
    // captures
    let mut p = (String::from("a"), String::from("b"), vec![1]);
    let r = &p.0;
    let mut f = || { p.1.push('!'); p.2.push(2); };
    f();
    f();
    println!("{r} {} {:?}", p.1, p.2);
    let mv = move || p.1.len() + p.2.len();
    println!("{} {}", mv(), p.0);
    let mut pt = Pt { x: 1, y: 2 };
    let rp = &mut pt;
    let mut g = || rp.x += 1;
    g();
    let h = || rp.y;
    println!("{} {}", h(), rp.x);
    let mut count = 0;
    let mut outer = || {
        let mut inner = |k| { count += k; count };
        inner(2) + inner(3)
    };
    println!("{}", outer());
    println!("{}", outer());
    println!("{count}");
    let bx = Box::new((String::from("q"), 4));
    let k = move || { let (s, n) = *bx; format!("{s}{n}") };
    println!("{}", k());
    let c = Cell::new(3);
    let cc = &c;
    let set = |v| cc.set(v);
    set(8);
    println!("{}", c.get());
    let opt = Some(String::from("opt"));
    let o2 = || match &opt { Some(s) => s.len(), None => 0 };
    println!("{}", o2());
    let tup = ((1, String::from("n")), [1, 2]);
    let cl = || { let ((a, ref s), [q, _]) = tup; format!("{a}{s}{q}") };
    println!("{}", cl());
    fn compose<A, B, C>(f: impl Fn(A) -> B, g: impl Fn(B) -> C) -> impl Fn(A) -> C { move |x| g(f(x)) }
    let s = String::from("z");
    println!("{}", compose(|x: i32| x + 1, |y| format!("{y}{s}"))(4));
    let adders: Vec<Box<dyn Fn(i32) -> i32>> = (0..3).map(|i| Box::new(move |x| x + i) as _).collect();
    println!("{:?}", adders.iter().map(|f| f(10)).collect::<Vec<_>>());
}
