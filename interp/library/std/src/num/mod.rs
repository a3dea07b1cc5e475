//! Numbers: everything is `core`'s, but for the float functions in `f32.rs` and `f64.rs`.

pub use core::num::*;
