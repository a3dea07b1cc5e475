//! The macros of `core`: the builtin ones are declared here and expanded by the compiler.
//!
//! To add a macro, write it with `$crate` paths and `#[macro_export]`; a builtin one also needs an
//! expander in the compiler under its name.

/// Panics with a formatted message.
#[rustc_builtin_macro(core_panic)]
#[macro_export]
macro_rules! panic {
    ($($arg:tt)*) => {{}};
}

/// Marks code that can't be reached: panics.
#[rustc_builtin_macro(unreachable)]
#[macro_export]
macro_rules! unreachable {
    ($($arg:tt)*) => {{}};
}

/// Panics unless the condition is true.
#[rustc_builtin_macro]
#[macro_export]
macro_rules! assert {
    ($($arg:tt)*) => {{}};
}

/// The arguments of a formatting, ready to be written.
#[rustc_builtin_macro]
#[macro_export]
macro_rules! format_args {
    ($($arg:tt)*) => {{}};
}

/// As `format_args!` with a newline at the end.
#[rustc_builtin_macro]
#[macro_export]
macro_rules! format_args_nl {
    ($($arg:tt)*) => {{}};
}

/// As `format_args!`, constant where possible.
#[rustc_builtin_macro]
#[macro_export]
macro_rules! const_format_args {
    ($($arg:tt)*) => {{}};
}

/// Literals joined into one string.
#[rustc_builtin_macro]
#[macro_export]
macro_rules! concat {
    ($($arg:tt)*) => {{}};
}

/// The tokens as a string.
#[rustc_builtin_macro]
#[macro_export]
macro_rules! stringify {
    ($($arg:tt)*) => {{}};
}

/// The line of the outermost call.
#[rustc_builtin_macro]
#[macro_export]
macro_rules! line {
    () => {{}};
}

/// The column of the outermost call.
#[rustc_builtin_macro]
#[macro_export]
macro_rules! column {
    () => {{}};
}

/// The file of the outermost call.
#[rustc_builtin_macro]
#[macro_export]
macro_rules! file {
    () => {{}};
}

/// The path of the current module.
#[rustc_builtin_macro]
#[macro_export]
macro_rules! module_path {
    () => {{}};
}

/// Whether a configuration predicate holds.
#[rustc_builtin_macro]
#[macro_export]
macro_rules! cfg {
    ($($arg:tt)*) => {{}};
}

/// What stands behind the first configuration predicate that holds.
#[rustc_builtin_macro]
#[macro_export]
macro_rules! cfg_select {
    ($($arg:tt)*) => {{}};
}

/// An environment variable at compile time.
#[rustc_builtin_macro]
#[macro_export]
macro_rules! env {
    ($($arg:tt)*) => {{}};
}

/// An environment variable at compile time, if it is set.
#[rustc_builtin_macro]
#[macro_export]
macro_rules! option_env {
    ($($arg:tt)*) => {{}};
}

/// A file's tokens.
#[rustc_builtin_macro]
#[macro_export]
macro_rules! include {
    ($($arg:tt)*) => {{}};
}

/// A file's text.
#[rustc_builtin_macro]
#[macro_export]
macro_rules! include_str {
    ($($arg:tt)*) => {{}};
}

/// A file's bytes.
#[rustc_builtin_macro]
#[macro_export]
macro_rules! include_bytes {
    ($($arg:tt)*) => {{}};
}

/// Fails to compile with a message.
#[rustc_builtin_macro]
#[macro_export]
macro_rules! compile_error {
    ($($arg:tt)*) => {{}};
}

/// Panics unless both are equal, showing both.
#[macro_export]
macro_rules! assert_eq {
    ($left:expr, $right:expr $(,)?) => {
        match (&$left, &$right) {
            (left_val, right_val) => {
                if !(*left_val == *right_val) {
                    let kind = $crate::panicking::AssertKind::Eq;
                    $crate::panicking::assert_failed(kind, &*left_val, &*right_val, $crate::option::Option::None);
                }
            }
        }
    };
    ($left:expr, $right:expr, $($arg:tt)+) => {
        match (&$left, &$right) {
            (left_val, right_val) => {
                if !(*left_val == *right_val) {
                    let kind = $crate::panicking::AssertKind::Eq;
                    $crate::panicking::assert_failed(
                        kind,
                        &*left_val,
                        &*right_val,
                        $crate::option::Option::Some($crate::format_args!($($arg)+)),
                    );
                }
            }
        }
    };
}

/// Panics if both are equal, showing both.
#[macro_export]
macro_rules! assert_ne {
    ($left:expr, $right:expr $(,)?) => {
        match (&$left, &$right) {
            (left_val, right_val) => {
                if *left_val == *right_val {
                    let kind = $crate::panicking::AssertKind::Ne;
                    $crate::panicking::assert_failed(kind, &*left_val, &*right_val, $crate::option::Option::None);
                }
            }
        }
    };
    ($left:expr, $right:expr, $($arg:tt)+) => {
        match (&$left, &$right) {
            (left_val, right_val) => {
                if *left_val == *right_val {
                    let kind = $crate::panicking::AssertKind::Ne;
                    $crate::panicking::assert_failed(
                        kind,
                        &*left_val,
                        &*right_val,
                        $crate::option::Option::Some($crate::format_args!($($arg)+)),
                    );
                }
            }
        }
    };
}

/// `assert!` in debug builds.
#[macro_export]
macro_rules! debug_assert {
    ($($arg:tt)*) => {
        if $crate::cfg!(debug_assertions) {
            $crate::assert!($($arg)*);
        }
    };
}

/// `assert_eq!` in debug builds.
#[macro_export]
macro_rules! debug_assert_eq {
    ($($arg:tt)*) => {
        if $crate::cfg!(debug_assertions) {
            $crate::assert_eq!($($arg)*);
        }
    };
}

/// `assert_ne!` in debug builds.
#[macro_export]
macro_rules! debug_assert_ne {
    ($($arg:tt)*) => {
        if $crate::cfg!(debug_assertions) {
            $crate::assert_ne!($($arg)*);
        }
    };
}

/// Whether an expression matches a pattern (and a guard).
#[macro_export]
macro_rules! matches {
    ($expression:expr, $pattern:pat $(if $guard:expr)? $(,)?) => {
        match $expression {
            $pattern $(if $guard)? => true,
            _ => false,
        }
    };
}

/// Unwraps a result or returns its error; the older spelling of `?`.
#[macro_export]
macro_rules! r#try {
    ($expr:expr $(,)?) => {
        match $expr {
            $crate::result::Result::Ok(val) => val,
            $crate::result::Result::Err(err) => {
                return $crate::result::Result::Err($crate::convert::From::from(err));
            }
        }
    };
}

/// Writes formatted text to anything with `write_fmt`.
#[macro_export]
macro_rules! write {
    ($dst:expr, $($arg:tt)*) => {
        $dst.write_fmt($crate::format_args!($($arg)*))
    };
}

/// As `write!` with a newline at the end.
#[macro_export]
macro_rules! writeln {
    ($dst:expr $(,)?) => {
        $crate::write!($dst, "\n")
    };
    ($dst:expr, $($arg:tt)*) => {
        $dst.write_fmt($crate::format_args_nl!($($arg)*))
    };
}

/// Marks what will never be written: panics.
#[macro_export]
macro_rules! unimplemented {
    () => {
        $crate::panicking::panic("not implemented")
    };
    ($($arg:tt)+) => {
        $crate::panic!("not implemented: {}", $crate::format_args!($($arg)+))
    };
}

/// Marks what is not written yet: panics.
#[macro_export]
macro_rules! todo {
    () => {
        $crate::panicking::panic("not yet implemented")
    };
    ($($arg:tt)+) => {
        $crate::panic!("not yet implemented: {}", $crate::format_args!($($arg)+))
    };
}
