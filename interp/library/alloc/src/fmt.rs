//! Formatting into a `String`.
//!
//! To add a way of formatting, see `core::fmt`, all of which is re-exported here.

pub use core::fmt::*;

use crate::string::String;

/// The text of `args`: what `format!` calls.
pub fn format(args: Arguments<'_>) -> String {
    match args.as_str() {
        Some(s) => String::from(s),
        None => {
            let mut output = String::with_capacity(args.estimated_capacity());
            match output.write_fmt(args) {
                Ok(()) => output,
                Err(_) => panic!("a formatting trait implementation returned an error when the underlying stream did not"),
            }
        }
    }
}
