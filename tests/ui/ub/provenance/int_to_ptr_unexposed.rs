fn main() {
    let x = 3;
    let address = (&raw const x).addr();
    let p = address as *const i32;
    println!("{}", unsafe { *p }); //~ ERROR memory access failed: attempting to access 4 bytes, but got
}
