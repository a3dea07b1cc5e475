// Slices, boxes, references and niches in patterns.
use std::num::NonZeroU8;
struct D(u32);
impl Drop for D { fn drop(&mut self) { println!("  drop {}", self.0); } }
enum Tree { Leaf, Node(Box<Tree>, i32, Box<Tree>) }
use Tree::*;
impl Tree {
    fn insert(self, v: i32) -> Tree {
        match self {
            Leaf => Node(Box::new(Leaf), v, Box::new(Leaf)),
            Node(l, x, r) if v < x => Node(Box::new(l.insert(v)), x, r),
            Node(l, x, r) => Node(l, x, Box::new(r.insert(v))),
        }
    }
    fn insert_mut(&mut self, v: i32) {
        match self {
            Leaf => *self = Node(Box::new(Leaf), v, Box::new(Leaf)),
            Node(l, x, r) => if v < *x { l.insert_mut(v) } else { r.insert_mut(v) },
        }
    }
    fn sum(&self) -> i32 { match *self { Leaf => 0, Node(ref l, x, ref r) => l.sum() + x + r.sum() } }
    fn rotate(self) -> Tree {
        match self {
            Node(l, x, r) => match *l {
                Node(ll, y, lr) => Node(ll, y, Box::new(Node(lr, x, r))),
                Leaf => Node(Box::new(Leaf), x, r),
            },
            t => t,
        }
    }
    fn min(&self) -> Option<i32> {
        let mut t = self;
        let mut best = None;
        while let Node(l, x, _) = t { best = Some(*x); t = l; }
        best
    }
}
struct List { head: Option<Box<Cell>> }
struct Cell { val: D, next: Option<Box<Cell>> }
impl List {
    fn push(&mut self, n: u32) { let next = self.head.take(); self.head = Some(Box::new(Cell { val: D(n), next })); }
    fn pop(&mut self) -> Option<D> {
        match self.head.take() { None => None, Some(c) => { let c = *c; self.head = c.next; Some(c.val) } }
    }
    fn reverse(&mut self) {
        let (mut cur, mut prev) = (self.head.take(), None);
        while let Some(mut c) = cur { cur = c.next.take(); c.next = prev; prev = Some(c); }
        self.head = prev;
    }
    fn last(&mut self) -> Option<&mut u32> {
        let mut cur = self.head.as_mut()?;
        while cur.next.is_some() { cur = cur.next.as_mut().unwrap(); }
        Some(&mut cur.val.0)
    }
}
fn niche(x: Option<Option<bool>>, n: Option<NonZeroU8>, r: Result<&str, ()>) -> u32 {
    match (x, n, r) {
        (Some(Some(true)), ..) => 1,
        (Some(None), Some(k), _) => k.get() as u32,
        (None, None, Ok(s)) => s.len() as u32,
        (_, None, Err(())) => 50,
        (Some(Some(false)) | None, Some(_), Ok("x" | "y")) => 60,
        _ => 70,
    }
}
fn split(v: &mut [i32]) -> i32 {
    match v {
        [] => 0,
        [a] => { *a += 1; *a }
        [a, b] => { std::mem::swap(a, b); *a }
        [a, mid @ .., z] => { *a += mid.len() as i32; *z += split(mid); *a + *z }
    }
}
fn main() {
    let mut t = Leaf;
    for v in [5, 2, 8, 1, 9, 3] { t = if v % 2 == 0 { t.insert(v) } else { t.insert_mut(v); t }; }
    println!("{} {:?}", t.sum(), t.min());
    let t = t.rotate();
    if let Node(_, root, ref r) = t { println!("{root} {}", r.sum()); }
    let mut l = List { head: None };
    (0..5).for_each(|i| l.push(i));
    l.reverse();
    if let Some(n) = l.last() { *n += 40; }
    println!("{:?}", l.pop().map(|d| d.0));
    let Some(d) = l.pop() else { return };
    println!("{}", d.0);
    drop(l);
    let nz = NonZeroU8::new;
    println!("{} {} {} {} {} {}", niche(Some(Some(true)), None, Ok("")), niche(Some(None), nz(7), Ok("")), niche(None, None, Ok("abc")),
        niche(Some(None), None, Err(())), niche(None, nz(1), Ok("y")), niche(None, nz(1), Ok("z")));
    let mut a = [1, 2, 3, 4, 5];
    println!("{} {:?}", split(&mut a), a);
    let [first, .., last] = &mut a;
    std::mem::swap(first, last);
    println!("{a:?}");
    let v = vec![(1, "a"), (2, "b"), (3, "c")];
    if let [(1, x), rest @ .., (n @ 2.., _)] = &v[..] { println!("{x} {} {n}", rest.len()); }
    let &[(p, _), ref q @ ..] = v.as_slice() else { return };
    println!("{p} {q:?}");
    let b = Box::new((D(1), Some(D(2))));
    match *b { (ref x, Some(D(3))) => println!("{}", x.0), (x, Some(y)) => println!("{} {}", x.0, y.0), (_, None) => {} }
    let arr = [[1, 2], [3, 4]];
    let [[a, _], [.., d2]] = arr;
    let s = match arr { [[1, x], y] if y[0] == x + 1 => x + y[1], _ => 0 };
    println!("{a} {d2} {s} {}", d.0);
}
