//! The macros that need a machine: printing and panicking.
//!
//! To add a macro, export it here with `$crate` paths only.

/// Panics with a formatted message.
#[rustc_builtin_macro(std_panic)]
#[macro_export]
macro_rules! panic {
    ($($arg:tt)*) => {{}};
}

/// Prints to the standard output.
#[macro_export]
macro_rules! print {
    ($($arg:tt)*) => {
        $crate::io::_print($crate::format_args!($($arg)*))
    };
}

/// Prints to the standard output, with a newline.
#[macro_export]
macro_rules! println {
    () => {
        $crate::print!("\n")
    };
    ($($arg:tt)*) => {
        $crate::io::_print(core::format_args_nl!($($arg)*))
    };
}

/// Prints to the standard error.
#[macro_export]
macro_rules! eprint {
    ($($arg:tt)*) => {
        $crate::io::_eprint($crate::format_args!($($arg)*))
    };
}

/// Prints to the standard error, with a newline.
#[macro_export]
macro_rules! eprintln {
    () => {
        $crate::eprint!("\n")
    };
    ($($arg:tt)*) => {
        $crate::io::_eprint(core::format_args_nl!($($arg)*))
    };
}

/// Prints an expression with its value and place, and gives the value back.
#[macro_export]
macro_rules! dbg {
    () => {
        $crate::eprintln!("[{}:{}:{}]", $crate::file!(), $crate::line!(), $crate::column!())
    };
    ($val:expr $(,)?) => {
        match $val {
            tmp => {
                $crate::eprintln!(
                    "[{}:{}:{}] {} = {:#?}",
                    $crate::file!(),
                    $crate::line!(),
                    $crate::column!(),
                    $crate::stringify!($val),
                    &tmp
                );
                tmp
            }
        }
    };
    ($($val:expr),+ $(,)?) => {
        ($($crate::dbg!($val)),+,)
    };
}

/// Declares variables that each thread has of its own.
#[macro_export]
macro_rules! thread_local {
    () => {};
    ($(#[$attr:meta])* $vis:vis static $name:ident: $t:ty = const $init:block; $($rest:tt)*) => {
        $crate::thread_local_inner!([$(#[$attr])*] $vis $name, $t, {
            const __VALUE: $t = $init;
            __VALUE
        });
        $crate::thread_local!($($rest)*);
    };
    ($(#[$attr:meta])* $vis:vis static $name:ident: $t:ty = const $init:block) => {
        $crate::thread_local_inner!([$(#[$attr])*] $vis $name, $t, {
            const __VALUE: $t = $init;
            __VALUE
        });
    };
    ($(#[$attr:meta])* $vis:vis static $name:ident: $t:ty = $init:expr; $($rest:tt)*) => {
        $crate::thread_local_inner!([$(#[$attr])*] $vis $name, $t, $init);
        $crate::thread_local!($($rest)*);
    };
    ($(#[$attr:meta])* $vis:vis static $name:ident: $t:ty = $init:expr) => {
        $crate::thread_local_inner!([$(#[$attr])*] $vis $name, $t, $init);
    };
}

/// One variable of `thread_local!`.
#[macro_export]
macro_rules! thread_local_inner {
    ([$($attr:tt)*] $vis:vis $name:ident, $t:ty, $init:expr) => {
        $($attr)*
        $vis const $name: $crate::thread::LocalKey<$t> = {
            fn __init() -> $t {
                $init
            }
            fn __get(init: core::option::Option<&mut core::option::Option<$t>>) -> *const $t {
                #[thread_local]
                static VALUE: $crate::thread::local_impl::Storage<$t> = $crate::thread::local_impl::Storage::new();
                VALUE.get_or_init(init, __init)
            }
            unsafe { $crate::thread::LocalKey::new(__get) }
        };
    };
}
