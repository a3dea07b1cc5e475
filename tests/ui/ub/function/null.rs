fn main() {
    let g: fn() = unsafe { std::mem::transmute(0usize) }; //~ ERROR null function pointer
    g();
}
