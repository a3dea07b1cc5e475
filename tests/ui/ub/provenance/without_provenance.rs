fn main() {
    let x = 3;
    let p: *const i32 = std::ptr::without_provenance((&raw const x).addr());
    println!("{}", unsafe { *p }); //~ ERROR memory access failed: attempting to access 4 bytes, but got
}
