#[repr(C, packed)]
struct P { a: u8, b: u32 }
fn main() {
    let p = P { a: 1, b: 2 };
    let b = &raw const p.b;
    let b = unsafe { &*b }; //~ ERROR encountered an unaligned reference (required 4 byte alignment but found 1)
    println!("{} {}", b, p.a);
}
