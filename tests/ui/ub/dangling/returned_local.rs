fn escape() -> *const [u32; 4] {
    let a = [1, 2, 3, 4];
    &raw const a
}

fn main() {
    let p = escape();
    let sum: u32 = unsafe { (*p)[2] }; //~ ERROR dangling
    println!("{sum}");
}
