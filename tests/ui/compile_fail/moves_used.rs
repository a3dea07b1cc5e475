// E0382: uses of moved values.
struct S {
    a: String,
    b: String,
}
fn take<T>(_: T) {}
fn twice(s: String) {
    take(s);
    take(s); //~ ERROR use of moved value: `s`
}
fn branch(c: bool, s: String) -> usize {
    if c {
        take(s);
    }
    s.len() //~ ERROR borrow of moved value: `s`
}
fn in_loop(s: String) {
    for _ in 0..2 {
        take(s); //~ ERROR use of moved value: `s`
    }
}
fn part(s: S) {
    take(s.a);
    take(s.b);
    take(s.a); //~ ERROR use of moved value: `s.a`
}
fn whole(s: S) {
    take(s.a);
    take(s); //~ ERROR use of partially moved value: `s`
}
fn method(v: Vec<u32>) -> usize {
    let n = v.into_iter().count();
    n + v.len() //~ ERROR borrow of moved value: `v`
}
fn closure(s: String) {
    let f = move || s.len();
    f();
    take(s); //~ ERROR use of moved value: `s`
}
fn once(s: String) {
    let f = || take(s);
    f();
    f(); //~ ERROR use of moved value: `f`
}
fn pattern(o: Option<String>) -> bool {
    match o {
        Some(s) => take(s),
        None => {}
    }
    o.is_some() //~ ERROR borrow of partially moved value: `o`
}
fn reborrow(v: &mut Vec<u32>) {
    let w = v;
    w.push(1);
    v.push(2); //~ ERROR borrow of moved value: `v`
}
fn assign(mut s: S) {
    take(s);
    s.a = String::new(); //~ ERROR assign to part of moved value: `s`
}
fn boxed(b: Box<(String, u32)>) {
    let (s, _) = *b;
    take(s);
    println!("{}", b.0); //~ ERROR borrow of moved value: `b.0`
}
fn fmt(s: String) {
    take(s);
    println!("{s}"); //~ ERROR borrow of moved value: `s`
}
fn arr() {
    let a = [String::new(), String::new()];
    let [x, ..] = a;
    take(x);
    take(a); //~ ERROR use of partially moved value: `a`
}
fn main() {}
