#[derive(Debug)]
#[repr(u8)]
enum E { A, B }
fn main() {
    let b = 7u8;
    let e = (&raw const b).cast::<E>();
    match unsafe { &*e } { //~ ERROR enum value has invalid tag
        E::A => println!("a"),
        E::B => println!("b"),
    }
}
