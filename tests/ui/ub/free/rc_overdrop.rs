use std::rc::Rc;
fn main() {
    let a = Rc::new(1);
    let p = Rc::as_ptr(&a);
    unsafe { Rc::decrement_strong_count(p) };
    println!("{}", a); //~ ERROR has been freed, so this pointer is dangling
}
