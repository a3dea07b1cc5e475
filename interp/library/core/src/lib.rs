//! The core of the library: what needs no heap and no operating system.
//!
//! Written from the documented behaviour of Rust's `core`, at the same paths. Only `intrinsics`
//! has functions without bodies; the rest is ordinary Rust. The code runs in a checking machine:
//! hot paths are flat, and nothing is done that the language does not allow.
//!
//! To add a module, put it at std's path and name it here; to add an item, put it at std's path.

#![no_core]

extern crate self as core;

#[prelude_import]
#[allow(unused_imports)]
use prelude::rust_2021::*;

#[macro_use]
mod macros;

#[macro_use]
mod internal_macros;

pub mod intrinsics;

pub mod marker;
pub mod ops;
pub mod cmp;
pub mod clone;
pub mod default;
pub mod convert;
pub mod borrow;

pub mod option;
pub mod result;
mod bool;
mod tuple;
mod unit;

pub mod mem;
pub mod ptr;
pub mod cell;
pub mod pin;
pub mod any;
pub mod hint;

pub mod num;
#[path = "num/modules.rs"]
mod num_modules;
pub use num_modules::{f32, f64};
pub use num_modules::{i128, i16, i32, i64, i8, isize, u128, u16, u32, u64, u8, usize};

pub mod char;
pub mod unicode;
pub mod ascii;
pub mod str;
pub mod slice;
pub mod array;
pub mod iter;

pub mod fmt;
pub mod hash;
pub mod error;

pub mod panic;
pub mod panicking;

pub mod alloc;
pub mod sync;
pub mod time;
pub mod future;
pub mod task;
pub mod ffi;
pub mod net;

pub mod prelude;
