//! A typed copy wants its numbers initialised; `MaybeUninit` does not.
use std::mem::MaybeUninit;

struct Sample {
    left: [u32; 4],
    right: (u64, f64),
}

fn main() {
    let mut made = MaybeUninit::<Sample>::uninit();
    unsafe {
        (&raw mut (*made.as_mut_ptr()).left).write([1; 4]);
        (&raw mut (*made.as_mut_ptr()).right.0).write(2);
    }
    let moved = made; // nothing is asked of it
    let sample: Sample = unsafe { moved.as_ptr().read() }; //~ ERROR constructing invalid value of type Sample: at .right.1, encountered uninitialized memory, but expected a floating point number
    println!("{} {}", sample.left[0], sample.right.0);
}
