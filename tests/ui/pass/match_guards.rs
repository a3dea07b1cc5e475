// Guards and bindings: by move, by reference, by copy, in or-patterns, with `@`.
#[derive(Debug, Clone, PartialEq)]
struct D(u32);
impl Drop for D {
    fn drop(&mut self) {
        println!("  drop {}", self.0);
    }
}
#[derive(Debug)]
enum E {
    A(D, u32),
    B(u32, D),
    C { d: Option<D>, n: Box<E> },
    N,
}
use E::*;
fn noisy(s: &str, b: bool) -> bool {
    println!("  guard {s}");
    b
}
fn by_move(e: E) -> u32 {
    match e {
        A(d, 1) | B(1, d) if noisy("first", d.0 > 10) => d.0,
        A(d, n) | B(n, d) if noisy("second", n > 5) => {
            let keep = d;
            println!("  keep {}", keep.0);
            n
        }
        A(ref d, ref n) if noisy("third", *n == 3 && d.0 == 3) => 33,
        C { d: Some(d) , n } if matches!(*n, N) && noisy("boxed", true) => d.0 + 1000,
        C { d, n } => {
            println!("  c {:?}", d.is_some());
            by_move(*n)
        }
        A(..) | B(..) => 1,
        N => 0,
    }
}
fn product(a: (Option<u32>, Option<u32>)) -> u32 {
    match a {
        (Some(x), _) | (_, Some(x)) if x > 10 => x,
        (Some(1 | 3) | None, Some(y @ (2 | 4)) | Some(y @ 6)) if noisy("y", y != 4) => y * 100,
        _ => 0,
    }
}
fn if_let_guardless(v: &mut Vec<D>) -> Option<D> {
    match v.pop() {
        Some(d) if d.0 % 2 == 0 => Some(d),
        Some(mut d) if { d.0 > 2 } => {
            d.0 += 100;
            Some(d)
        }
        other => {
            println!("  other {:?}", other.as_ref().map(|d| d.0));
            None
        }
    }
}
fn ref_mut(e: &mut E) {
    match e {
        A(d, n) if *n > 0 => {
            d.0 += 1;
            *n -= 1;
        }
        whole @ A(..) => *whole = B(9, D(99)),
        B(n, _) => *n += 1,
        C { d: d @ Some(_), .. } => *d = None,
        C { d, n } => {
            *d = Some(D(50));
            **n = N;
        }
        N => {}
    }
}
fn early(e: Option<D>) -> Option<u32> {
    let n = match e {
        Some(d) if d.0 == 0 => return None,
        Some(d) if d.0 == 1 => {
            let _d2 = d;
            return Some(1);
        }
        Some(ref d) => d.0,
        None => 5,
    };
    println!("  after match");
    Some(n)
}
fn chars(s: &str) -> Vec<String> {
    let mut it = s.chars().peekable();
    let mut out = vec![];
    while let Some(c) = it.next() {
        match c {
            c @ '0'..='9' => {
                let mut n = c.to_digit(10).unwrap();
                while let Some(d) = it.peek().and_then(|c| c.to_digit(10)) {
                    n = n * 10 + d;
                    it.next();
                }
                out.push(format!("n{n}"));
            }
            ' ' | '\t' => continue,
            '=' | '<' | '>' if it.peek() == Some(&'=') => {
                it.next();
                out.push(format!("{c}="));
            }
            '#' => break,
            c if c.is_alphabetic() || c == '_' => out.push(format!("i{c}")),
            c => out.push(c.to_string()),
        }
    }
    out
}
fn main() {
    let tests = [
        A(D(20), 1), B(1, D(5)), B(6, D(7)), A(D(3), 3), A(D(4), 4), N,
        C { d: Some(D(8)), n: Box::new(N) }, C { d: Some(D(9)), n: Box::new(A(D(30), 1)) },
    ];
    for e in tests {
        println!("by_move");
        println!("  = {}", by_move(e));
    }
    for a in [(Some(1), Some(20)), (Some(1), Some(2)), (None, Some(4)), (None, Some(6)), (Some(2), Some(2)), (Some(30), None)] {
        println!("{}", product(a));
    }
    let mut v = vec![D(1), D(3), D(2)];
    while !v.is_empty() {
        println!("pop");
        let r = if_let_guardless(&mut v);
        println!("  {:?}", r.as_ref().map(|d| d.0));
    }
    let mut e = C { d: Some(D(40)), n: Box::new(A(D(41), 0)) };
    for _ in 0..2 {
        println!("ref_mut");
        ref_mut(&mut e);
    }
    if let C { n, d } = &mut e {
        println!("{:?} {:?}", n, d);
    }
    let mut a = A(D(60), 1);
    for _ in 0..3 {
        println!("ref_mut");
        ref_mut(&mut a);
    }
    println!("{a:?}");
    for n in [Some(0), Some(1), Some(2), None] {
        println!("early");
        println!("  {:?}", early(n.map(D)));
    }
    println!("{:?}", chars("x1 = 23 >= 4_<#z"));
}
