// Partial and conditional moves: what is left is dropped once, in order.
#[derive(Debug)]
struct D(u32);
impl Drop for D {
    fn drop(&mut self) {
        println!("  drop {}", self.0);
    }
}
fn eat(d: D) {
    println!("  eat {}", d.0);
}
struct S {
    a: D,
    b: D,
    c: (D, D),
}
fn s(n: u32) -> S {
    S { a: D(n), b: D(n + 1), c: (D(n + 2), D(n + 3)) }
}
enum E {
    One(D),
    Two(D, D),
    Three { x: D, y: Option<D> },
    Four,
}
fn partial(k: u32) {
    println!("partial {k}");
    let v = s(10);
    if k == 0 {
        eat(v.b);
    } else if k == 1 {
        eat(v.c.1);
        eat(v.a);
    } else if k == 2 {
        let S { b, c: (p, _), .. } = v;
        println!("  took {} {}", b.0, p.0);
    } else if k == 3 {
        eat(v.c.0);
        let w = v.c.1;
        println!("  w {}", w.0);
    }
    println!("  end");
}
fn boxed(k: u32) {
    println!("boxed {k}");
    let b = Box::new(s(20));
    match k {
        0 => eat(b.a),
        1 => {
            let x = *b;
            eat(x.b);
        }
        2 => {
            let (_p, _q) = b.c;
            println!("  pq");
        }
        _ => drop(b),
    }
    println!("  end");
}
fn enums(e: E) {
    match e {
        E::One(d) => eat(d),
        E::Two(_, d) => println!("  second {}", d.0),
        E::Three { y: Some(d), .. } => println!("  y {}", d.0),
        E::Three { x, y: None } => println!("  x {}", x.0),
        E::Four => println!("  four"),
    }
    println!("  after");
}
fn enum_cond(c: bool, e: Option<E>) {
    println!("enum_cond {c}");
    let slot;
    if c {
        slot = e;
        if let Some(E::Two(a, _)) = slot {
            println!("  a {}", a.0);
        }
    } else {
        println!("  not");
    }
    println!("  out");
}
fn arrays(k: u32) {
    println!("arrays {k}");
    let a = [D(30), D(31), D(32), D(33), D(34)];
    match k {
        0 => {
            let [x, .., y] = a;
            println!("  {} {}", x.0, y.0);
        }
        1 => {
            let [_, rest @ .., _] = a;
            println!("  {}", rest.len());
        }
        2 => {
            let [x, y, ..] = a;
            println!("  {} {}", x.0, y.0);
            let [.., p, q] = a;
            println!("  {} {}", p.0, q.0);
        }
        3 => {
            let [first, mid @ .., _last] = a;
            drop(mid);
            println!("  {}", first.0);
        }
        _ => {}
    }
    println!("  end");
}
fn loops() {
    println!("loops");
    let mut d = D(40);
    for i in 0..3 {
        if i == 1 {
            eat(d);
            d = D(41);
        } else {
            d = D(42 + i);
        }
        println!("  i {i}");
    }
    let mut o;
    let mut n = 0;
    loop {
        o = D(50 + n);
        n += 1;
        if n == 2 {
            continue;
        }
        if n == 4 {
            break;
        }
        eat(o);
    }
    println!("  done {}", n);
}
fn maybe(c: bool) {
    println!("maybe {c}");
    let x = D(60);
    let y;
    let z = D(61);
    if c {
        eat(x);
        y = z;
    } else {
        y = x;
    }
    println!("  y {}", y.0);
}
fn main() {
    (0..5).for_each(partial);
    (0..4).for_each(boxed);
    enums(E::One(D(1)));
    enums(E::Two(D(2), D(3)));
    enums(E::Three { x: D(4), y: Some(D(5)) });
    enums(E::Three { x: D(6), y: None });
    enums(E::Four);
    enum_cond(true, Some(E::Two(D(7), D(8))));
    enum_cond(true, Some(E::One(D(9))));
    enum_cond(false, None);
    (0..5).for_each(arrays);
    loops();
    maybe(true);
    maybe(false);
}
