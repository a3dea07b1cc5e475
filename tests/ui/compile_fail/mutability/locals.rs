use std::rc::Rc;

struct S {
    f: i32,
    v: Vec<i32>,
}

static COUNT: i32 = 1;
static NAMES: Vec<i32> = Vec::new();

fn arguments(x: i32, (a, b): (i32, i32)) -> i32 {
    x = 2; //~ ERROR cannot assign to immutable argument `x`
    a = 1; //~ ERROR cannot assign twice to immutable variable `a`
    let _q = &mut x; //~ ERROR cannot borrow `x` as mutable, as it is not declared as mutable
    b
}

fn variables() {
    let x = 1;
    x += 1; //~ ERROR cannot assign twice to immutable variable `x`
    let y;
    y = 1;
    y = 2; //~ ERROR cannot assign twice to immutable variable `y`
    loop {
        let z;
        z = 1;
        if z == 1 {
            break;
        }
    }
    let w;
    loop {
        w = 1; //~ ERROR cannot assign twice to immutable variable `w`
    }
}

fn parts() {
    let b = Box::new(S { f: 1, v: vec![] });
    b.f = 2; //~ ERROR cannot assign to `b.f`, as `b` is not declared as mutable
    b.v.push(1); //~ ERROR cannot borrow `b.v` as mutable, as `b` is not declared as mutable
    let s = S { f: 1, v: vec![] }; //~ ERROR cannot borrow `s.v` as mutable, as `s` is not declared as mutable
    s.v.push(3);
    s.v.push(4);
    let rc = Rc::new(1);
    *rc = 2; //~ ERROR cannot assign to data in an `Rc`
    let a = [1];
    a[0] = 2; //~ ERROR cannot assign to `a[_]`, as `a` is not declared as mutable
    let t = (1, S { f: 1, v: vec![] });
    let (ref mut _p, _) = t; //~ ERROR cannot borrow `t.0` as mutable, as `t` is not declared as mutable
}

fn references(r: &S) {
    r.f = 3; //~ ERROR cannot assign to `r.f`, which is behind a `&` reference
    r.v.push(1); //~ ERROR cannot borrow `r.v` as mutable, as it is behind a `&` reference
    let s = &1;
    *s = 2; //~ ERROR cannot assign to `*s`, which is behind a `&` reference
    COUNT = 3; //~ ERROR cannot assign to immutable static item `COUNT`
    NAMES.push(1); //~ ERROR cannot borrow immutable static item `NAMES` as mutable
}

impl S {
    fn by_ref(&self) {
        self.f = 1; //~ ERROR cannot assign to `self.f`, which is behind a `&` reference
    }

    fn by_value(self) {
        self.f = 1; //~ ERROR cannot assign to `self.f`, as `self` is not declared as mutable
    }
}

fn patterns(o: Option<i32>) {
    if let Some(n) = o {
        n += 1; //~ ERROR cannot assign twice to immutable variable `n`
    }
    match o {
        Some(k)
            if {
                k = 2; //~ ERROR cannot assign to `k`, as it is immutable for the pattern guard
                true
            } => {}
        _ => {}
    }
}

fn main() {
    arguments(1, (2, 3));
    variables();
    parts();
    references(&S { f: 1, v: vec![] });
    S { f: 1, v: vec![] }.by_ref();
    S { f: 1, v: vec![] }.by_value();
    patterns(None);
}
