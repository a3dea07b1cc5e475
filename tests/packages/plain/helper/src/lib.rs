//! An older edition, with macros that speak of their own crate.

use std::fmt;

pub const LOUD: bool = cfg!(feature = "loud");
pub const TEST: bool = cfg!(test);

#[macro_export]
macro_rules! twice_with {
    ($value:expr, $f:expr) => {
        $crate::apply($value, $value, $f)
    };
}

pub fn apply<T, R>(a: T, b: T, f: impl Fn(T, T) -> R) -> R {
    f(a, b)
}

pub struct Shown(pub u8);

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "shown {}", self.0)
    }
}

pub trait Sized2 {
    fn anonymous(&self, _: u8) {}
}

#[track_caller]
pub fn unwrap_here<T>(value: Option<T>) -> T {
    value.unwrap()
}
