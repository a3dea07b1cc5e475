// Scopes: shadowing, labelled blocks, let-else, ?, break with values, update syntax, parameters.
#[derive(Debug)]
struct D(&'static str, u32);
impl Drop for D {
    fn drop(&mut self) {
        println!("  drop {}{}", self.0, self.1);
    }
}
fn d(s: &'static str, n: u32) -> D {
    D(s, n)
}
struct Cfg {
    a: D,
    b: D,
    n: u32,
}
impl Cfg {
    fn new(s: &'static str) -> Cfg {
        Cfg { a: d(s, 1), b: d(s, 2), n: 7 }
    }
}
fn params((a, _): (D, D), _: D, D(_, n): D, _e: D, Cfg { b, .. }: Cfg) -> u32 {
    println!("  body {} {}", a.0, b.0);
    n
}
fn let_else(o: Option<(D, D)>) -> u32 {
    let _before = d("before", 0);
    let Some((x, _)) = o else {
        println!("  else");
        return 0;
    };
    println!("  got {}", x.0);
    let (Some(y), _z) = (Some(d("y", 0)), d("z", 0)) else { panic!() };
    let Ok(n) = "12x".parse::<u32>() else {
        println!("  no number {}", y.0);
        return 1;
    };
    n
}
fn fail(n: u32) -> Result<D, String> {
    if n % 2 == 0 { Ok(d("ok", n)) } else { Err(format!("odd {n}")) }
}
fn question(a: u32, b: u32) -> Result<(D, D), String> {
    let _g = d("guard", 0);
    let t = (fail(a)?, d("between", 0), fail(b)?);
    println!("  made");
    Ok((t.0, t.2))
}
fn opt(v: &[u32]) -> Option<u32> {
    let _g = d("g", 0);
    let first = v.first()?;
    let x = { let _i = d("i", 1); v.get(*first as usize)? };
    Some(*x)
}
fn labelled(k: u32) -> D {
    let _o = d("o", k);
    let r = 'a: {
        let _p = d("p", k);
        let inner = 'b: {
            let q = d("q", k);
            if k == 0 {
                break 'a q;
            }
            if k == 1 {
                break 'b d("b", k);
            }
            if k == 2 {
                return d("ret", k);
            }
            q
        };
        println!("  inner {}", inner.0);
        inner
    };
    println!("  r {}", r.0);
    r
}
fn nested_loops() -> u32 {
    let mut total = 0;
    let found = 'outer: loop {
        let _x = d("x", total);
        for i in 0..5 {
            let y = d("y", i);
            if i == 1 {
                continue;
            }
            if total > 4 {
                break 'outer y;
            }
            if i == 3 {
                total += i;
                continue 'outer;
            }
        }
    };
    println!("  found {}{}", found.0, found.1);
    total
}
fn main() {
    println!("shadow");
    let x = d("x", 1);
    let x = d("x", x.1 + 1);
    {
        let x = d("in", x.1);
        let _ = x;
        let _ = d("wild", 0);
        let _y = &x;
    }
    println!("update");
    let c = Cfg { a: d("new", 0), ..Cfg::new("base") };
    println!("  {}", c.n);
    let e = Cfg { n: 1, b: d("b", 9), ..c };
    println!("  {}{} {}{} {}", e.a.0, e.a.1, e.b.0, e.b.1, e.n);
    drop(e);
    println!("params");
    println!("  {}", params((d("t", 1), d("t", 2)), d("w", 0), d("n", 5), d("e", 0), Cfg::new("p")));
    println!("let else");
    println!("  {}", let_else(None));
    println!("  {}", let_else(Some((d("s", 1), d("s", 2)))));
    println!("question");
    for (a, b) in [(0, 2), (0, 1), (1, 2)] {
        match question(a, b) {
            Ok(t) => println!("  {}", t.0.1 + t.1.1),
            Err(e) => println!("  {e}"),
        }
    }
    println!("  {:?} {:?} {:?}", opt(&[]), opt(&[1, 5]), opt(&[9]));
    println!("labelled");
    for k in 0..4 {
        let r = labelled(k);
        println!("  result {}{}", r.0, r.1);
    }
    println!("loops");
    println!("  {}", nested_loops());
    println!("assign");
    let mut v = vec![d("v", 0), d("v", 1)];
    v[1] = d("v", 2);
    let mut b = Box::new(d("b", 0));
    *b = d("b", 1);
    b = Box::new(d("b", 2));
    let mut t = (d("t", 0), d("t", 1));
    t.0 = d("t", 2);
    drop(t.1);
    t.1 = d("t", 3);
    let r = &mut t.0;
    *r = d("t", 4);
    let moved = *b;
    b = Box::new(d("b", 3));
    let mut later: D;
    if v.len() == 2 {
        later = d("later", 0);
        later = d("later", 1);
    }
    let mut o = Some(d("o", 0));
    o = None;
    let taken = std::mem::replace(&mut o, Some(d("o", 1)));
    println!("  {:?} {}", taken.is_none(), moved.1);
    println!("end {}", x.1);
}
