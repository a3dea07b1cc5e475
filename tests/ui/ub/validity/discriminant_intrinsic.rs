#[repr(u8)]
enum E { A, B }
fn main() {
    let b = 7u8;
    let e = (&raw const b).cast::<E>();
    println!("{:?}", std::mem::discriminant(unsafe { &*e })); //~ ERROR enum value has invalid tag
    let _ = (E::A, E::B);
}
