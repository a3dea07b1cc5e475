fn main() {
    let mut v = vec![1, 2, 3];
    let p: *const i32 = &v[0];
    v.reserve(100);
    println!("{}", unsafe { *p }); //~ ERROR has been freed, so this pointer is dangling
}
