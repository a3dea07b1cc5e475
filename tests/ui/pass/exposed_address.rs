//@ flags: --fn-address-policy unreachable --provenance-gc 10
// A cast to an integer exposes the address: it is never let go, whatever becomes of the pointer.
fn answer() -> u32 {
    42
}

fn main() {
    let address = answer as fn() -> u32 as usize;
    for i in 0..100 {
        std::hint::black_box(i);
    }
    let f: fn() -> u32 = unsafe { std::mem::transmute(address as *const ()) };
    println!("{} {}", f(), f == f);
}
