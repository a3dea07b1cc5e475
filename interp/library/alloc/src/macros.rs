//! The macros that make heap values: `vec!` and `format!`.
//!
//! To add a macro, export it here with `$crate` paths only.

/// A `Vec` of the listed values, or of `n` clones of one value.
#[macro_export]
macro_rules! vec {
    () => {
        $crate::vec::Vec::new()
    };
    ($elem:expr; $n:expr) => {
        $crate::vec::from_elem($elem, $n)
    };
    ($($x:expr),+ $(,)?) => {
        $crate::vec::from_array([$($x),+])
    };
}

/// A `String` of formatted text.
#[macro_export]
macro_rules! format {
    ($($arg:tt)*) => {{
        let res = $crate::fmt::format(core::format_args!($($arg)*));
        res
    }};
}
