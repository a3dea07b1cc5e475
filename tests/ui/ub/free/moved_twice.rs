fn main() {
    let s = String::from("x");
    let t = unsafe { std::ptr::read(&s) };
    drop(t);
    drop(s); //~ ERROR has been freed, so this pointer is dangling
}
