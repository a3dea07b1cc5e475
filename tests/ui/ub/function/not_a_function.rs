fn main() {
    let data = 5u64;
    let f: fn() = unsafe { std::mem::transmute(&raw const data) }; //~ ERROR function pointer
    f();
}
