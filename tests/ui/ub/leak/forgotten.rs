fn main() {
    let b = Box::new([0u8; 100]);
    std::mem::forget(b);
}
//~^^^ ERROR memory leaked
