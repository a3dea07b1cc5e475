fn main() {
    let mut x = 3;
    let b = unsafe { Box::from_raw(&raw mut x) };
    drop(b); //~ ERROR which is stack variable memory, using Rust heap deallocation operation
}
