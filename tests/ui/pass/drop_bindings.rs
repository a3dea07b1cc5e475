// Variables of a pattern are dropped in reverse order of their being written, whatever is tested first.
#[derive(Clone, Debug)]
struct D(&'static str);
impl Drop for D {
    fn drop(&mut self) {
        println!("  drop {}", self.0);
    }
}
struct S {
    a: D,
    b: D,
    c: Option<D>,
}
enum E {
    L(D, D),
    R(D, D),
}
fn s() -> S {
    S { a: D("a"), b: D("b"), c: Some(D("c")) }
}
fn l(x: &'static str, y: &'static str) -> E {
    E::L(D(x), D(y))
}
fn r(x: &'static str, y: &'static str) -> E {
    E::R(D(x), D(y))
}
fn or(e: E) {
    println!("or");
    match e {
        E::L(x, y) | E::R(y, x) => println!("  {} {}", x.0, y.0),
    }
}
fn or_guard(e: E) {
    println!("or_guard");
    match e {
        E::L(x, y) | E::R(y, x) if x.0 > "f" => println!("  {} {}", x.0, y.0),
        E::R(x, y) | E::L(x, y) => println!("  other {} {}", x.0, y.0),
    }
}
fn param(S { c, b, a }: S, (x, y): (D, D)) {
    println!("  {} {} {} {} {}", a.0, b.0, c.is_some(), x.0, y.0);
}
fn main() {
    println!("match");
    match (Some(D("1")), D("2"), Some((D("3"), D("4")))) {
        (Some(x), y, Some((z, w))) => println!("  {} {} {} {}", x.0, y.0, z.0, w.0),
        _ => {}
    }
    println!("struct");
    let S { c, a, b } = s();
    println!("  {} {} {}", a.0, b.0, c.is_some());
    println!("if let");
    if let S { b, c: Some(c), a } = s() {
        println!("  {} {} {}", a.0, b.0, c.0);
    }
    println!("let else");
    let (Some(x), y, [z, _, w]) = (Some(D("5")), D("6"), [D("7"), D("8"), D("9")]) else { return };
    println!("  {} {} {} {}", x.0, y.0, z.0, w.0);
    println!("guard");
    match (Some(D("p")), D("q")) {
        (Some(x), ref y) if x.0 > y.0 => println!("no"),
        (Some(x), y) if x.0 < y.0 => println!("  {} {}", x.0, y.0),
        _ => {}
    }
    or(l("1", "2"));
    or(r("1", "2"));
    or_guard(l("a", "b"));
    or_guard(r("a", "z"));
    or_guard(l("x", "y"));
    param(s(), (D("x"), D("y")));
    println!("while let");
    let mut v = vec![(D("1"), Some(D("2"))), (D("3"), Some(D("4")))];
    while let Some((x, Some(y))) = v.pop() {
        println!("  {} {}", x.0, y.0);
    }
    println!("for");
    for (i, (x, y)) in vec![(D("m"), D("n")), (D("o"), D("p"))].into_iter().enumerate() {
        if i == 1 {
            break;
        }
        println!("  {} {}", x.0, y.0);
    }
    println!("closure");
    let f = |(x, _): (D, D), S { b, .. }: S| println!("  {} {}", x.0, b.0);
    f((D("g"), D("h")), s());
    println!("box");
    let bx = Box::new((D("i"), Some(D("j"))));
    if let (x, Some(y)) = *bx {
        println!("  {} {}", x.0, y.0);
    }
    println!("end");
}
