union U { a: u8, b: u32 }
fn main() {
    let u = U { a: 1 };
    println!("{}", unsafe { u.b }); //~ ERROR memory is uninitialized at [0x1..0x4]
}
