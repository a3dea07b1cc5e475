//@ flags: --fn-address-policy unreachable --provenance-gc 10
// An integer keeps nothing alive, unless the cast that made it exposed the address.
fn answer() -> u32 {
    42
}

fn forget() -> usize {
    let f: fn() -> u32 = answer;
    unsafe { std::mem::transmute(f) }
}

fn main() {
    let address = forget();
    for i in 0..100 {
        std::hint::black_box(i);
    }
    let f: fn() -> u32 = unsafe { std::mem::transmute(address as *const ()) };
    println!("{}", f()); //~ ERROR as function pointer but it does not point to a function
}
