//! The vtable of a trait object, even behind a raw pointer, and the length of a slice.
use std::fmt::Debug;

struct Watched<T>(T, u64, u64);

fn main() {
    let raw: *const dyn Debug = &5u8;
    let mut words: [usize; 4] = unsafe { std::mem::transmute(Watched(raw, 1, 2)) };
    let at = words.iter().position(|&w| w != 1 && w != 2).unwrap();
    words[at + 1] = 0;
    let back: Watched<*const dyn Debug> = unsafe { std::mem::transmute(words) }; //~ ERROR constructing invalid value of type Watched<*const dyn std::fmt::Debug>: at .0, encountered null pointer, but expected a vtable pointer
    println!("{} {}", back.1, back.2);
}
