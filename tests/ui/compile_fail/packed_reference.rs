#[repr(C, packed)]
#[derive(Clone, Copy, Debug)]
struct Packed {
    a: u8,
    b: u32,
    c: [u8; 4],
}

fn main() {
    let p = Packed { a: 1, b: 2, c: [0; 4] };
    let _ = (&p.a, &p.c, &raw const p.b, { p.b });
    let _x = &p.b; //~ ERROR reference to field of packed struct is unaligned
    println!("{}", p.b); //~ ERROR reference to field of packed struct is unaligned
}
