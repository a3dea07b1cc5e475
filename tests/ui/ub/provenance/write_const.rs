fn main() {
    let p: *const u32 = &3;
    unsafe { p.cast_mut().write(4) }; //~ ERROR which is read-only
    println!("{}", unsafe { *p });
}
