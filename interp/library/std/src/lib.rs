//! Our own `std`: `core` and `alloc` under one name, and what needs a machine around it: input and
//! output, threads, time, the hashing collections, panics, the start of the program.
//!
//! Invariants: everything the machine does for a program goes through `core::intrinsics::host`;
//! files and the network are `Unsupported`. To add a module, put it at std's path and name it here.

#![no_std]

#[macro_use]
extern crate alloc as alloc_crate;
extern crate self as std;

#[prelude_import]
#[allow(unused_imports)]
use crate::prelude::rust_2021::*;

#[macro_use]
mod macros;

pub use alloc_crate::borrow;
pub use alloc_crate::boxed;
pub use alloc_crate::fmt;
pub use alloc_crate::rc;
pub use alloc_crate::slice;
pub use alloc_crate::str;
pub use alloc_crate::string;
pub use alloc_crate::task;
pub use alloc_crate::vec;
pub use core::any;
pub use core::array;
pub use core::cell;
pub use core::char;
pub use core::clone;
pub use core::cmp;
pub use core::convert;
pub use core::default;
pub use core::f32;
pub use core::f64;
pub use core::future;
pub use core::hint;
pub use core::i128;
pub use core::i16;
pub use core::i32;
pub use core::i64;
pub use core::i8;
pub use core::intrinsics;
pub use core::isize;
pub use core::iter;
pub use core::marker;
pub use core::mem;
pub use core::num;
pub use core::ops;
pub use core::option;
pub use core::pin;
pub use core::ptr;
pub use core::result;
pub use core::u128;
pub use core::u16;
pub use core::u32;
pub use core::u64;
pub use core::u8;
pub use core::usize;

pub mod alloc;
pub mod ascii;
pub mod backtrace;
pub mod collections;
pub mod env;
pub mod error;
pub mod ffi;
pub mod fs;
pub mod hash;
pub mod io;
pub mod net;
pub mod os;
pub mod panic;
pub mod panicking;
pub mod path;
pub mod prelude;
pub mod process;
pub mod rt;
pub mod sync;
mod sys;
pub mod thread;
pub mod time;

pub mod primitive {
    //! The primitive types under their names, for macros.
    pub use core::primitive::*;
}

pub use alloc_crate::format;
pub use core::{
    assert, assert_eq, assert_ne, cfg, cfg_select, column, compile_error, concat, debug_assert, debug_assert_eq, debug_assert_ne,
    env, file, format_args, include, include_bytes, include_str, line, matches, module_path, option_env, r#try, stringify, todo,
    unimplemented, unreachable, write, writeln,
};
