fn main() {
    let (mut a, mut b) = (2u8, 1u8);
    let (p, q) = ((&raw mut a).cast::<bool>(), (&raw mut b).cast::<bool>());
    unsafe { std::ptr::swap(p, q) };
    println!("{a} {b}");
    unsafe { std::mem::swap(&mut *p, &mut *q) }; //~ ERROR expected a boolean
}
