// E0507, E0508, E0509: what may not be moved out of.
use std::rc::Rc;
struct D {
    s: String,
}
impl Drop for D {
    fn drop(&mut self) {}
}
struct S {
    a: String,
    o: Option<String>,
}
static G: Option<String> = None;
fn take<T>(_: T) {}
fn by_ref(s: &S) -> String {
    s.a //~ ERROR cannot move out of `s.a` which is behind a shared reference
}
fn by_mut(s: &mut S) -> Option<String> {
    s.o //~ ERROR cannot move out of `s.o` which is behind a mutable reference
}
fn deref(s: &String) {
    let t = *s; //~ ERROR cannot move out of `*s` which is behind a shared reference
    take(t);
}
fn unwrap(s: &S) -> String {
    s.o.unwrap() //~ ERROR cannot move out of `s.o` which is behind a shared reference
}
fn rc(r: Rc<S>) -> String {
    r.a //~ ERROR cannot move out of an `Rc`
}
fn index(v: Vec<String>) -> String {
    v[0] //~ ERROR cannot move out of index of `Vec<String>`
}
fn stat() {
    take(G); //~ ERROR cannot move out of static item `G`
}
fn slice(v: &[String]) -> String {
    v[0] //~ ERROR cannot move out of type `[String]`, a non-copy slice
}
fn array(v: [String; 2], i: usize) -> String {
    v[i] //~ ERROR cannot move out of type `[String; 2]`, a non-copy array
}
fn slice_pat(v: Box<[String]>) {
    match *v { //~ ERROR cannot move out of type `[String]`, a non-copy slice
        [a, ..] => take(a),
        _ => {}
    }
}
fn dropper(d: D) -> String {
    d.s //~ ERROR cannot move out of type `D`, which implements the `Drop` trait
}
fn update(d: D) -> D {
    let D { s } = d; //~ ERROR cannot move out of type `D`, which implements the `Drop` trait
    D { s }
}
fn pattern(o: &Option<String>) {
    match *o { //~ ERROR cannot move out of `o` as enum variant `Some` which is behind a shared reference
        Some(s) => take(s),
        None => {}
    }
    let &Some(ref s) = o else { return };
    take(s);
}
fn main() {}
