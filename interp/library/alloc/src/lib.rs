//! Our own `alloc`: everything of the standard library that needs a heap and no operating system.
//!
//! Invariants: memory comes from `core::intrinsics::host` only and goes back with the layout it was
//! asked with; hot paths (push, index, push_str, insert) call no other library function.
//! To add a type, give it the file std has it in and re-export it from `std/src/lib.rs`.

#![no_std]

#[macro_use]
mod macros;

mod raw_vec;

pub mod alloc;
pub mod borrow;
pub mod boxed;
pub mod collections;
pub mod ffi;
pub mod fmt;
pub mod rc;
pub mod slice;
pub mod str;
pub mod string;
pub mod sync;
pub mod task;
pub mod vec;
