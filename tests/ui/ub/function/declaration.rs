// A foreign function is called as it was declared; its definition says otherwise.
use std::mem::transmute;

#[unsafe(no_mangle)]
extern "C" fn takes_two(a: i32, b: i32) -> i32 {
    a + b
}

mod elsewhere {
    unsafe extern "C" {
        pub fn takes_two(a: i32) -> i32;
    }
}

fn main() {
    let real: extern "C" fn(i32, i32) -> i32 = takes_two;
    println!("{}", real(1, 2));
    // compatible: pointers to sized types, a transparent wrapper, what has no size
    let f: fn(*const u8, ()) = |_, _| {};
    let f: fn(&u64, std::marker::PhantomData<u32>) = unsafe { transmute(f) };
    f(&1, std::marker::PhantomData);
    println!("{}", unsafe { elsewhere::takes_two(1) }); //~ ERROR calling a function with fewer arguments than it requires
}
