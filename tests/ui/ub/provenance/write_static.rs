static X: u32 = 3;
fn main() {
    unsafe { (&raw const X).cast_mut().write(4) }; //~ ERROR which is read-only
    println!("{X}");
}
