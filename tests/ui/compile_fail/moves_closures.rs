// E0507 in closures and methods; E0382 in closures.
use std::cell::RefCell;
use std::rc::Rc;
fn take<T>(_: T) {}
fn call(f: impl Fn()) { f() }
fn callm(mut f: impl FnMut()) { f() }
fn captured(s: String) -> impl Fn() -> String {
    move || s //~ ERROR cannot move out of `s`, a captured variable in an `Fn` closure
}
fn captured_call(s: String) {
    call(|| take(s)); //~ ERROR cannot move out of `s`, a captured variable in an `Fn` closure
}
fn captured_mut(s: (String, u32)) {
    callm(move || take(s.0)); //~ ERROR cannot move out of `s.0`, a captured variable in an `FnMut` closure
}
fn by_ref(s: &String) {
    let f = || { let t = *s; take(t) }; //~ ERROR cannot move out of `*s` which is behind a shared reference
    f();
}
struct Node { next: Option<Box<Node>>, v: String }
impl Node {
    fn next(&self) -> Box<Node> {
        self.next.unwrap() //~ ERROR cannot move out of `self.next` which is behind a shared reference
    }
    fn into(&mut self) -> String {
        let n = self; 
        n.v //~ ERROR cannot move out of `n.v` which is behind a mutable reference
    }
    fn m(&self) -> String {
        match self.next { //~ ERROR cannot move out of `self.next` as enum variant `Some` which is behind a shared reference
            Some(n) => n.v,
            None => String::new(),
        }
    }
    fn il(&mut self) {
        if let Some(n) = self.next { //~ ERROR cannot move out of `self.next` as enum variant `Some` which is behind a mutable reference
            take(n);
        }
        let Node { v, .. } = *self; //~ ERROR cannot move out of `self.v` which is behind a mutable reference
        take(v);
    }
}
fn cell(c: Rc<RefCell<Node>>) {
    take(c.borrow().v); //~ ERROR cannot move out of dereference of `Ref<'_, Node>`
}
fn vec(v: &Vec<Node>) {
    for i in 0..v.len() {
        take(v[i].v); //~ ERROR cannot move out of index of `Vec<Node>`
    }
    let n = v[0].next; //~ ERROR cannot move out of index of `Vec<Node>`
    for x in v {
        take(*x); //~ ERROR cannot move out of `*x` which is behind a shared reference
    }
}
fn raw(p: *const String) {
    unsafe { take(*p) } //~ ERROR cannot move out of `*p` which is behind a raw pointer
}
fn arr(a: &[String; 2]) {
    let [x, _] = *a; //~ ERROR cannot move out of type `[String; 2]`, a non-copy array
    take(x);
}
fn moved_into(s: String) {
    let f = move || println!("{}", s);
    f();
    println!("{}", s); //~ ERROR borrow of moved value: `s`
}
fn inner_loop(v: Vec<String>) {
    let mut n = 0;
    while n < 2 {
        for s in v { //~ ERROR use of moved value: `v`
            n += s.len();
        }
    }
}
fn in_closure() {
    let f = |s: String| {
        take(s);
        s.len() //~ ERROR borrow of moved value: `s`
    };
    f(String::new());
}
fn gen<T>(x: T) -> (T, T) {
    (x, x) //~ ERROR use of moved value: `x`
}
fn gen_ref<T: Clone>(x: &T) -> T {
    *x //~ ERROR cannot move out of `*x` which is behind a shared reference
}
fn let_else(o: Option<String>) {
    let Some(s) = o else { return };
    take(s);
    take(o); //~ ERROR use of partially moved value: `o`
}
fn self_ref(mut v: Vec<String>) {
    let w = v;
    v.push(w[0].clone()); //~ ERROR borrow of moved value: `v`
}
fn main() {}
