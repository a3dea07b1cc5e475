//! Zero is no `NonZero`, in memory or in a slot.
use std::num::NonZeroU32;

fn main() {
    let fine: [NonZeroU32; 3] = unsafe { std::mem::transmute([1u32, 2, 3]) };
    println!("{fine:?}");
    let zero = [0u32; 3];
    let bad = unsafe { (&raw const zero).cast::<[NonZeroU32; 3]>().read() }; //~ ERROR at [0], encountered 0, but expected something greater or equal to 1
    println!("{bad:?}");
}
