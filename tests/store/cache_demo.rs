//! Casts functions and makes trait objects; keeps one pointer, exposes another.
use std::hint::black_box;

fn a() -> u32 {
    1
}

fn b() -> u32 {
    2
}

fn g<T>() -> u32 {
    std::mem::size_of::<T>() as u32
}

trait Shape {
    fn area(&self) -> u32;
}

struct Square(u32);

impl Shape for Square {
    fn area(&self) -> u32 {
        self.0 * self.0
    }
}

fn main() {
    let kept: fn() -> u32 = a;
    let exposed = b as usize;
    let mut sum = 0u32;
    for i in 0..400 {
        let f: fn() -> u32 = match i % 4 {
            0 => a,
            1 => g::<u64>,
            2 => g::<[u8; 3]>,
            _ => b,
        };
        sum = sum.wrapping_add(black_box(f)());
        let s: Box<dyn Shape> = Box::new(Square(i % 7));
        sum = sum.wrapping_add(s.area());
    }
    let again: fn() -> u32 = unsafe { std::mem::transmute(exposed as *const ()) };
    println!("{} {}", sum, kept() + again());
}
