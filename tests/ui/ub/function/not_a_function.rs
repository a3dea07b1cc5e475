fn main() {
    let data = 5u64;
    let f: fn() = unsafe { std::mem::transmute(&raw const data) };
    f(); //~ ERROR as function pointer but it does not point to a function
}
