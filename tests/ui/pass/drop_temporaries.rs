// Where temporaries die: conditions, scrutinees, tails, statements, arguments, extended lets.
struct D(&'static str);
impl Drop for D {
    fn drop(&mut self) {
        println!("  drop {}", self.0);
    }
}
impl D {
    fn yes(&self) -> bool {
        println!("  yes {}", self.0);
        true
    }
    fn no(&self) -> bool {
        println!("  no {}", self.0);
        false
    }
    fn opt(&self) -> Option<u32> {
        Some(7)
    }
    fn num(&self) -> u32 {
        3
    }
    fn id(&self) -> &D {
        self
    }
}
fn mk(s: &'static str) -> D {
    println!("  make {s}");
    D(s)
}
fn two(a: &D, b: &D) -> u32 {
    println!("  two {} {}", a.0, b.0);
    5
}
struct Holder<'a>(&'a D, u32);

fn tail() -> u32 {
    let _x = mk("local");
    mk("tail").num()
}
fn tail_match() -> u32 {
    let _x = mk("local");
    match mk("scrutinee").opt() {
        Some(n) => n + mk("in arm").num(),
        None => 0,
    }
}

fn main() {
    println!("if");
    if mk("a").yes() {
        println!("  then");
    }
    if mk("a").no() || mk("b").yes() && mk("c").no() {
        println!("  then");
    } else {
        println!("  else");
    }
    println!("if let");
    if let Some(n) = mk("s").opt() {
        println!("  body {n}");
    }
    if let None = mk("s").opt() {
        println!("  body");
    } else {
        println!("  else");
    }
    println!("while");
    let mut i = 0;
    while mk("w").num() > i {
        println!("  iter {i}");
        i += 2;
    }
    println!("while let");
    let mut v = vec![1, 2];
    while let Some(x) = { let _g = mk("g"); v.pop() } {
        println!("  popped {x}");
    }
    println!("match");
    match mk("m").opt() {
        Some(n) if mk("guard").num() > n => println!("  small"),
        Some(n) => println!("  n {n}"),
        None => {}
    }
    println!("match value");
    match mk("v") {
        D(name) if name.is_empty() => println!("empty"),
        ref d => println!("  got {}", d.0),
    }
    println!("statements");
    two(&mk("1"), &mk("2"));
    mk("unused");
    let _ = mk("underscore");
    let _keep = mk("keep");
    println!("extended");
    let r = &mk("ext");
    let h = Holder(&mk("short"), 2).1;
    let h2 = Holder { 0: &mk("long"), 1: 3 };
    let t = (&mk("t0"), mk("not").num());
    let Holder(_, z) = h2;
    println!("  {} {} {} {}", r.0, h, z, t.0.0);
    let blk = { let _in = mk("in"); &mk("blk") };
    println!("  {}", blk.0);
    println!("call chain");
    let n = mk("c1").id().id().num() + mk("c2").num();
    println!("  n {n}");
    println!("tails");
    println!("  {}", tail());
    println!("  {}", tail_match());
    println!("block");
    let q = { mk("bt").num() };
    println!("  q {q}");
    let arr = [mk("e0").num(), mk("e1").num()];
    println!("  arr {arr:?}");
    println!("index");
    let a = [10, 20, 30, 40];
    println!("  {}", a[mk("ix").num() as usize]);
    println!("for");
    for x in mk("iter").opt() {
        println!("  x {x}");
    }
    println!("assign op");
    let mut s = 1;
    s += mk("rhs").num();
    println!("  {s}");
    println!("return in nested");
    let f = |b: bool| {
        let _o = mk("outer");
        if mk("cond").yes() {
            let _i = mk("inner");
            if b {
                return mk("ret").num();
            }
        }
        0
    };
    println!("  {}", f(true));
    println!("  {}", f(false));
    println!("end");
}
