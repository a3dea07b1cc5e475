fn call<F: Fn()>(f: F) {
    f()
}

fn call_mut<F: FnMut()>(f: F) {
    f() //~ ERROR cannot borrow `f` as mutable, as it is not declared as mutable
}

fn main() {
    let x = 1;
    let mut c = || x = 2; //~ ERROR cannot assign to `x`, as it is not declared as mutable
    c();
    let y = vec![1];
    let mut d = move || y.push(1); //~ ERROR cannot borrow `y` as mutable, as it is not declared as mutable
    d();
    let mut z = 1;
    call(|| z = 2); //~ ERROR cannot assign to `z`, as it is a captured variable in a `Fn` closure
    let e = || z += 1;
    e(); //~ ERROR cannot borrow `e` as mutable, as it is not declared as mutable
    call_mut(|| ());
}
