fn main() {
    let p: *const i32 = std::ptr::null();
    let r = unsafe { &*p }; //~ ERROR null
    println!("{r}");
}
