#[repr(u8)]
#[derive(Clone, Copy)]
enum E { A = 1, B = 3 }
fn main() {
    let bytes = [2u8];
    let e = unsafe { *bytes.as_ptr().cast::<Option<E>>() }; //~ ERROR at .<enum-variant(Some)>.0.<enum-tag>, encountered 0x02, but expected a valid enum tag
    println!("{}", e.is_some());
    let _ = (E::A, E::B);
}
