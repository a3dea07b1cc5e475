// What closures capture (by place), when captures are dropped, closures in closures.
struct D(&'static str);
impl Drop for D {
    fn drop(&mut self) { println!("  drop {}", self.0); }
}
struct P { a: D, b: D, n: u32 }
fn p() -> P { P { a: D("a"), b: D("b"), n: 1 } }
fn call<R>(f: impl FnOnce() -> R) -> R { let r = f(); println!("  called"); r }
struct Tree { kids: Vec<Tree>, val: i32 }
impl Tree {
    fn walk(&mut self, f: &mut dyn FnMut(&mut i32)) { f(&mut self.val); self.kids.iter_mut().for_each(|k| k.walk(f)); }
    fn bump(&mut self) -> i32 { let val = self.val; let mut add = |n: i32| { self.val += n; self.val }; add(1) + add(2) + val }
}
fn main() {
    println!("part");
    {
        let x = p();
        let f = move || println!("  in {}", x.a.0);
        f();
        println!("  {}", x.b.0);
    }
    println!("part consumed");
    {
        let x = p();
        call(|| drop(x.a));
        println!("  {}", x.b.0);
    }
    println!("wild");
    {
        let x = p();
        let f = || { let _ = x.a; let P { n, .. } = x; n };
        println!("  {}", f());
        drop(x);
        println!("  end");
    }
    println!("returned");
    let mk = |s: &'static str| { let d = D(s); move |k: u32| { println!("  {} {k}", d.0); k + 1 } };
    let g = mk("g");
    println!("  {}", g(g(1)));
    drop(g);
    println!("order");
    {
        let (a, b, c) = (D("1"), D("2"), D("3"));
        let f = move || { let _use = (&c, &a, &b); };
        f();
        let _last = D("last");
    }
    println!("fnonce box");
    {
        let d = D("boxed");
        let f: Box<dyn FnOnce() -> usize> = Box::new(move || { let l = d.0.len(); drop(d); println!("  after"); l });
        println!("  {}", f());
        let e = D("never called");
        let _h: Box<dyn FnOnce()> = Box::new(move || drop(e));
    }
    println!("nested");
    {
        let d = D("deep");
        let mut n = 0;
        let mut outer = || { let mut mid = || { n += 1; let inner = || d.0.len() + n; inner() }; mid() + mid() };
        println!("  {} {}", outer(), outer());
        let m = move || move || move || d.0;
        println!("  {}", m()()());
        println!("  n {n}");
    }
    println!("tree");
    let mut t = Tree { val: 1, kids: vec![Tree { val: 2, kids: vec![] }, Tree { val: 3, kids: vec![Tree { val: 4, kids: vec![] }] }] };
    let mut sum = 0;
    t.walk(&mut |v| { sum += *v; *v *= 10 });
    println!("  {sum} {}", t.kids[1].kids[0].val);
    println!("  {} {}", t.bump(), t.val);
    println!("refs");
    let mut pair = (String::from("x"), vec![1, 2]);
    {
        let r = &mut pair;
        let mut push = |n| { r.1.push(n); r.0.push('!'); r.1.len() };
        println!("  {} {}", push(3), push(4));
        let (s, v) = (&mut r.0, &r.1);
        let mut both = || { s.push_str(&v.len().to_string()); v.iter().sum::<i32>() };
        println!("  {}", both());
    }
    println!("  {:?}", pair);
    let bx = Box::new(p());
    let k = || bx.n + bx.a.0.len() as u32;
    println!("  {}", k());
    let opt = Some(D("opt"));
    let take = move || match opt { Some(d) if d.0 == "opt" => d, Some(d) => d, None => D("none") };
    let got = take();
    println!("  {}", got.0);
    let arr = [D("r0"), D("r1")];
    let ar = move || { let [x, _] = arr; println!("  x {}", x.0); };
    ar();
    let mut state = 0u32;
    let mut rng = move || { state = state.wrapping_mul(1664525).wrapping_add(1013904223); state >> 16 };
    println!("  {} {} {}", rng(), rng(), state);
    let fs: [(&str, fn(i32, i32) -> i32); 2] = [("add", |a, b| a + b), ("sub", |a, b| a - b)];
    println!("  {:?}", fs.map(|(n, f)| (n, f(5, 3))));
    let v: Vec<_> = (0..3).flat_map(|i| (0..i).map(move |j| (i, j))).collect();
    println!("  {v:?}");
    let ret = |x: Option<i32>| -> Option<i32> { let y = x?; if y > 2 { return Some(-1); } Some(y) };
    println!("  {:?} {:?} {:?}", ret(None), ret(Some(1)), ret(Some(3)));
    println!("end");
}
