// Moves that are fine.
//@ flags: --edition 2024
#[derive(Clone)]
struct S { a: String, b: String, n: u32 }
struct D(Vec<u32>);
impl Drop for D { fn drop(&mut self) { println!("drop {:?}", self.0); } }
fn take<T>(_: T) {}
fn reinit(mut s: String) -> String { take(s); s = String::from("x"); s }
fn fields(s: S) -> (String, String) { let b = s.b; (s.a, b) }
fn copy_after(s: S) -> u32 { take(s.a); s.n + s.b.len() as u32 }
fn refill(mut s: S) -> S { take(s.a); s.a = String::from("again"); s }
fn late(c: bool) -> i32 { let x; if c { x = 1 } else { x = 2 } x }
fn late_loop() -> String { let s; loop { s = String::from("l"); break; } s }
fn diverge(o: Option<String>) -> String { let s; match o { Some(x) => s = x, None => return "none".into() } s }
fn panics(c: bool, s: String) -> String { if c { take(s); panic!() } s }
fn in_loop(s: String) -> usize { let mut s = Some(s); let mut n = 0; while let Some(x) = s { n += x.len(); s = if n < 3 { Some(x + "y") } else { None }; } n }
fn brk(s: String) { loop { take(s); break; } }
fn box_refill() -> usize { let mut b = Box::new(String::from("b")); let t = *b; *b = t + "c"; b.len() }
fn box_parts(b: Box<(String, String)>) -> String { let (x, y) = *b; x + &y }
fn box_mut(b: Box<S>) -> String { let s = *b; s.a }
fn reb(v: &mut Vec<u32>) { let w = &mut *v; w.push(1); v.push(2); push(v); push(v); }
fn push(v: &mut Vec<u32>) { v.push(0) }
fn wild(s: S) -> S { let S { a: _, ref b, .. } = s; take(b); let _ = s.a; let _ = s; s }
fn cl(s: S) -> usize { let f = || s.a.len(); let g = || { let b = &s.b; b.len() }; f() + g() + s.n as usize }
fn cl_part(s: S) -> String { let f = move || s.a; let x = f(); x + &s.b }
fn cl_opt(o: Option<String>) -> Option<String> { o.map(|s| s + "!") }
fn and(o: Option<String>, c: bool) -> Option<String> { if c && let Some(s) = o { return Some(s) } None }
fn arr(a: [String; 3]) -> String { let [x, y, _] = a; let z = x + &y; z }
fn arr2() -> String { let a = [String::from("p"), String::from("q"), String::from("r")]; let [first, ..] = a; let [.., last] = a; first + &last }
fn guard(o: Option<String>) -> String { match o { Some(s) if s.len() > 3 => s, Some(s) => s + "short", None => String::new() } }
fn early(o: Result<String, String>) -> Result<usize, String> { let s = o?; let t = s; Ok(t.len()) }
fn upd(s: S) -> (S, String) { let t = S { a: "new".into(), ..s }; (t, s.a) }
fn dfield(d: &mut D) -> Vec<u32> { std::mem::take(&mut d.0) }
fn fnonce(f: impl FnOnce() -> String) -> String { f() }
fn boxed(f: Box<dyn FnOnce(u32) -> u32>) -> u32 { f(3) }
fn never(c: bool) -> String { let s: String = if c { "c".into() } else { std::process::exit(3) }; s }
fn nest(t: ((String, String), String)) -> String { let ((a, _), c) = t; let ((_, b), _) = t; a + &b + &c }
fn two_arms(r: Result<String, String>) -> String { let (Ok(s) | Err(s)) = r; s }
fn cond_move(v: Vec<String>) -> Option<String> { let mut out = None; for s in v { if s.len() > 1 { out = Some(s); break; } } out }
fn refs<'a>(o: &'a Option<String>) -> &'a str { match *o { Some(ref s) => s, None => "" } }
fn stat() -> u32 { static mut C: u32 = 0; unsafe { C += 1; C } }
fn uninit_unused() { let _x: String; let y: u32; if false { y = 1; take(y) } }
fn main() {
    let s = S { a: "aa".into(), b: "bb".into(), n: 5 };
    println!("{} {:?} {}", reinit("q".into()), fields(s.clone()), copy_after(s.clone()));
    println!("{} {} {} {}", refill(s.clone()).a, late(true), late_loop(), diverge(Some("d".into())));
    println!("{} {} {}", panics(false, "p".into()), in_loop("x".into()), box_refill());
    brk("b".into());
    println!("{} {}", box_parts(Box::new(("1".into(), "2".into()))), box_mut(Box::new(s.clone())));
    let mut v = vec![]; reb(&mut v); println!("{v:?}");
    println!("{} {} {} {:?}", wild(s.clone()).a, cl(s.clone()), cl_part(s.clone()), cl_opt(Some("o".into())));
    println!("{:?} {} {}", and(Some("and".into()), true), arr(["x".into(), "y".into(), "z".into()]), arr2());
    println!("{} {:?} {}", guard(Some("g".into())), early(Ok("ok".into())), upd(s.clone()).1);
    println!("{:?} {} {}", dfield(&mut D(vec![1])), { let t = String::from("f"); fnonce(move || t) }, boxed(Box::new(|x| x + 1)));
    println!("{} {} {} {:?}", never(true), nest((("a".into(), "b".into()), "c".into())), two_arms(Err("e".into())), cond_move(vec!["a".into(), "bb".into()]));
    println!("{} {}", refs(&Some("r".into())), stat());
    uninit_unused();
}
