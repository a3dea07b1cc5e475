fn main() {
    let b = Box::new(5);
    let p: *const i32 = &*b;
    drop(b);
    println!("{}", unsafe { *p });
}
