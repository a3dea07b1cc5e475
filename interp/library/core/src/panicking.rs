//! Where panics begin. The compiler calls these by their lang items; `std` defines what happens then.

use crate::fmt;
use crate::panic::{Location, PanicInfo};

extern "Rust" {
    /// What `std` does with a panic.
    #[lang = "panic_impl"]
    fn rust_panic_impl(info: &PanicInfo<'_>) -> !;
}

/// Panics with a formatted message.
#[cold]
#[inline(never)]
#[track_caller]
#[lang = "panic_fmt"]
pub const fn panic_fmt(fmt: fmt::Arguments<'_>) -> ! {
    let info = PanicInfo::new(&fmt, Location::caller(), true, false);
    unsafe { rust_panic_impl(&info) }
}

/// As `panic_fmt`, and nothing unwinds.
#[cold]
#[inline(never)]
#[track_caller]
pub const fn panic_nounwind_fmt(fmt: fmt::Arguments<'_>, force_no_backtrace: bool) -> ! {
    let info = PanicInfo::new(&fmt, Location::caller(), false, force_no_backtrace);
    unsafe { rust_panic_impl(&info) }
}

/// Panics with a message.
#[cold]
#[inline(never)]
#[track_caller]
#[lang = "panic"]
pub const fn panic(expr: &'static str) -> ! {
    panic_fmt(fmt::Arguments::new_const(&[expr]))
}

/// As `panic`, and nothing unwinds.
#[cold]
#[inline(never)]
#[track_caller]
#[lang = "panic_nounwind"]
pub const fn panic_nounwind(expr: &'static str) -> ! {
    panic_nounwind_fmt(fmt::Arguments::new_const(&[expr]), false)
}

/// `panic!()`
#[cold]
#[inline(never)]
#[track_caller]
pub const fn panic_explicit() -> ! {
    panic("explicit panic")
}

/// `panic!("{}", x)` of a string that may not live for ever.
#[cold]
#[inline(never)]
#[track_caller]
#[lang = "panic_display"]
pub const fn panic_display<T: fmt::Display>(x: &T) -> ! {
    panic_fmt(format_args!("{}", *x))
}

/// `panic!(s)` of the older editions.
#[cold]
#[inline(never)]
#[track_caller]
pub const fn panic_str_2015(expr: &str) -> ! {
    panic_display(&expr)
}

/// `unreachable!(x)` of the older editions.
#[cold]
#[inline(never)]
#[track_caller]
pub fn unreachable_display<T: fmt::Display>(x: &T) -> ! {
    panic_fmt(format_args!("internal error: entered unreachable code: {}", *x))
}

/// An index is out of bounds.
#[cold]
#[inline(never)]
#[track_caller]
#[lang = "panic_bounds_check"]
pub const fn panic_bounds_check(index: usize, len: usize) -> ! {
    panic!("index out of bounds: the len is {len} but the index is {index}")
}

/// A pointer is not aligned.
#[cold]
#[inline(never)]
#[track_caller]
#[lang = "panic_misaligned_pointer_dereference"]
pub fn panic_misaligned_pointer_dereference(required: usize, found: usize) -> ! {
    panic_nounwind_fmt(
        format_args!("misaligned pointer dereference: address must be a multiple of {required:#x} but is {found:#x}"),
        false,
    )
}

/// A pointer is null.
#[cold]
#[inline(never)]
#[track_caller]
#[lang = "panic_null_pointer_dereference"]
pub fn panic_null_pointer_dereference() -> ! {
    panic_nounwind_fmt(format_args!("null pointer dereference occurred"), false)
}

/// A number is no variant of an enum.
#[cold]
#[inline(never)]
#[track_caller]
#[lang = "panic_invalid_enum_construction"]
pub fn panic_invalid_enum_construction(source: u128) -> ! {
    panic_nounwind_fmt(format_args!("trying to construct an enum from an invalid value {source:#x}"), false)
}

/// A panic would leave a function that must not unwind.
#[cold]
#[inline(never)]
#[lang = "panic_cannot_unwind"]
pub fn panic_cannot_unwind() -> ! {
    panic_nounwind("panic in a function that cannot unwind")
}

/// A panic would leave a destructor that runs because of a panic.
#[cold]
#[inline(never)]
#[lang = "panic_in_cleanup"]
pub fn panic_in_cleanup() -> ! {
    panic_nounwind_fmt(format_args!("panic in a destructor during cleanup"), true)
}

/// What an assertion compared.
#[derive(Debug)]
#[doc(hidden)]
pub enum AssertKind {
    /// `==`
    Eq,
    /// `!=`
    Ne,
    /// A pattern.
    Match,
}

/// An `assert_eq!` or `assert_ne!` failed.
#[cold]
#[inline(never)]
#[track_caller]
#[doc(hidden)]
pub fn assert_failed<T, U>(kind: AssertKind, left: &T, right: &U, args: Option<fmt::Arguments<'_>>) -> !
where
    T: fmt::Debug + ?Sized,
    U: fmt::Debug + ?Sized,
{
    assert_failed_inner(kind, &left, &right, args)
}

/// An `assert_matches!` failed.
#[cold]
#[inline(never)]
#[track_caller]
#[doc(hidden)]
pub fn assert_matches_failed<T: fmt::Debug + ?Sized>(left: &T, right: &str, args: Option<fmt::Arguments<'_>>) -> ! {
    assert_failed_inner(AssertKind::Match, &left, &fmt::from_fn(|f| f.write_str(right)), args)
}

#[inline(never)]
#[track_caller]
fn assert_failed_inner(
    kind: AssertKind,
    left: &dyn fmt::Debug,
    right: &dyn fmt::Debug,
    args: Option<fmt::Arguments<'_>>,
) -> ! {
    let op = match kind {
        AssertKind::Eq => "==",
        AssertKind::Ne => "!=",
        AssertKind::Match => "matches",
    };
    match args {
        Some(args) => panic!("assertion `left {op} right` failed: {args}\n  left: {left:?}\n right: {right:?}"),
        None => panic!("assertion `left {op} right` failed\n  left: {left:?}\n right: {right:?}"),
    }
}

/// The panics of checked operators, one lang item each.
pub mod panic_const {
    use super::panic;

    #[doc = "attempt to add with overflow"]
    #[cold]
    #[inline(never)]
    #[track_caller]
    #[lang = "panic_const_add_overflow"]
    pub const fn panic_const_add_overflow() -> ! {
        panic("attempt to add with overflow")
    }

    #[doc = "attempt to subtract with overflow"]
    #[cold]
    #[inline(never)]
    #[track_caller]
    #[lang = "panic_const_sub_overflow"]
    pub const fn panic_const_sub_overflow() -> ! {
        panic("attempt to subtract with overflow")
    }

    #[doc = "attempt to multiply with overflow"]
    #[cold]
    #[inline(never)]
    #[track_caller]
    #[lang = "panic_const_mul_overflow"]
    pub const fn panic_const_mul_overflow() -> ! {
        panic("attempt to multiply with overflow")
    }

    #[doc = "attempt to divide with overflow"]
    #[cold]
    #[inline(never)]
    #[track_caller]
    #[lang = "panic_const_div_overflow"]
    pub const fn panic_const_div_overflow() -> ! {
        panic("attempt to divide with overflow")
    }

    #[doc = "attempt to calculate the remainder with overflow"]
    #[cold]
    #[inline(never)]
    #[track_caller]
    #[lang = "panic_const_rem_overflow"]
    pub const fn panic_const_rem_overflow() -> ! {
        panic("attempt to calculate the remainder with overflow")
    }

    #[doc = "attempt to negate with overflow"]
    #[cold]
    #[inline(never)]
    #[track_caller]
    #[lang = "panic_const_neg_overflow"]
    pub const fn panic_const_neg_overflow() -> ! {
        panic("attempt to negate with overflow")
    }

    #[doc = "attempt to shift right with overflow"]
    #[cold]
    #[inline(never)]
    #[track_caller]
    #[lang = "panic_const_shr_overflow"]
    pub const fn panic_const_shr_overflow() -> ! {
        panic("attempt to shift right with overflow")
    }

    #[doc = "attempt to shift left with overflow"]
    #[cold]
    #[inline(never)]
    #[track_caller]
    #[lang = "panic_const_shl_overflow"]
    pub const fn panic_const_shl_overflow() -> ! {
        panic("attempt to shift left with overflow")
    }

    #[doc = "attempt to divide by zero"]
    #[cold]
    #[inline(never)]
    #[track_caller]
    #[lang = "panic_const_div_by_zero"]
    pub const fn panic_const_div_by_zero() -> ! {
        panic("attempt to divide by zero")
    }

    #[doc = "attempt to calculate the remainder with a divisor of zero"]
    #[cold]
    #[inline(never)]
    #[track_caller]
    #[lang = "panic_const_rem_by_zero"]
    pub const fn panic_const_rem_by_zero() -> ! {
        panic("attempt to calculate the remainder with a divisor of zero")
    }

    #[doc = "coroutine resumed after completion"]
    #[cold]
    #[inline(never)]
    #[track_caller]
    #[lang = "panic_const_coroutine_resumed"]
    pub const fn panic_const_coroutine_resumed() -> ! {
        panic("coroutine resumed after completion")
    }

    #[doc = "coroutine resumed after panicking"]
    #[cold]
    #[inline(never)]
    #[track_caller]
    #[lang = "panic_const_coroutine_resumed_panic"]
    pub const fn panic_const_coroutine_resumed_panic() -> ! {
        panic("coroutine resumed after panicking")
    }

    #[doc = "`async fn` resumed after completion"]
    #[cold]
    #[inline(never)]
    #[track_caller]
    #[lang = "panic_const_async_fn_resumed"]
    pub const fn panic_const_async_fn_resumed() -> ! {
        panic("`async fn` resumed after completion")
    }

    #[doc = "`async fn` resumed after panicking"]
    #[cold]
    #[inline(never)]
    #[track_caller]
    #[lang = "panic_const_async_fn_resumed_panic"]
    pub const fn panic_const_async_fn_resumed_panic() -> ! {
        panic("`async fn` resumed after panicking")
    }
}
