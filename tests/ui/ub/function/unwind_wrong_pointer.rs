extern "C-unwind" fn f() {
    panic!("out of here");
}
fn main() {
    let g: extern "C" fn() = unsafe { std::mem::transmute(f as extern "C-unwind" fn()) };
    g(); //~ ERROR calling a function with calling convention "C-unwind" using calling convention "C"
}
