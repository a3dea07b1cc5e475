//! References and closures that leave the function whose variables they borrow.
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::thread;

fn local() -> &'static i32 {
    let x = 1;
    &x //~ ERROR cannot return reference to local variable `x`
}
fn parameter<'a>(x: i32, y: &'a i32) -> &'a i32 {
    if *y > 1 {
        return y;
    }
    &x //~ ERROR cannot return reference to function parameter `x`
}
fn part() -> &'static str {
    let pair = (String::from("a"), 1);
    let text = &pair.1; // not this one
    let _ = text;
    let first = &pair;
    let _ = first;
    "ok"
}
fn temporary() -> &'static String {
    &String::from("a") //~ ERROR cannot return reference to temporary value
}
fn boxed() -> Box<dyn Fn(u32) -> u32> {
    let x = 0;
    Box::new(|y| x + y) //~ ERROR closure may outlive the current function, but it borrows `x`
}
fn shared(text: String) -> Rc<dyn Fn() -> usize> {
    let len = move || text.len();
    let _ = len();
    Rc::new(len)
}
fn opaque(text: String) -> impl Fn() -> usize {
    || text.len() //~ ERROR closure may outlive the current function, but it borrows `text`
}
fn future() -> Pin<Box<dyn Future<Output = i32>>> {
    let x = 1;
    Box::pin(async { x }) //~ ERROR async block may outlive the current function, but it borrows `x`
}
fn keep<F>(_: F)
where
    F: Fn() + 'static,
{
}
fn use_now<F: Fn()>(f: F) {
    f()
}

fn main() {
    let (a, b, c) = (vec![1], String::new(), 3);
    use_now(|| println!("{a:?}"));
    keep(|| println!("{b}")); //~ ERROR closure may outlive the current function, but it borrows `b`
    thread::spawn(|| println!("{c}")); //~ ERROR closure may outlive the current function, but it borrows `c`
    thread::scope(|s| {
        s.spawn(|| println!("{a:?}"));
    });
    thread::spawn(move || println!("{a:?} {c}"));
    let _ = (local(), parameter(1, &2), part(), temporary(), boxed(), shared(String::new()), opaque(String::new())(), future());
}
