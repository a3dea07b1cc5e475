//! `ControlFlow`: go on, or stop with a value.

use crate::convert::Infallible;
use crate::ops::{FromResidual, Residual, Try};

/// Tells an operation to go on or to stop early.
#[lang = "ControlFlow"]
#[must_use]
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ControlFlow<B, C = ()> {
    /// Go on to the next step.
    #[lang = "Continue"]
    Continue(C),
    /// Stop with this value.
    #[lang = "Break"]
    Break(B),
}

impl<B, C> Try for ControlFlow<B, C> {
    type Output = C;
    type Residual = ControlFlow<B, Infallible>;

    #[inline]
    fn from_output(output: C) -> Self {
        ControlFlow::Continue(output)
    }

    #[inline]
    fn branch(self) -> ControlFlow<ControlFlow<B, Infallible>, C> {
        match self {
            ControlFlow::Continue(c) => ControlFlow::Continue(c),
            ControlFlow::Break(b) => ControlFlow::Break(ControlFlow::Break(b)),
        }
    }
}

impl<B, C> FromResidual<ControlFlow<B, Infallible>> for ControlFlow<B, C> {
    #[inline]
    fn from_residual(residual: ControlFlow<B, Infallible>) -> Self {
        match residual {
            ControlFlow::Break(b) => ControlFlow::Break(b),
            ControlFlow::Continue(never) => match never {},
        }
    }
}

impl<B, C> Residual<C> for ControlFlow<B, Infallible> {
    type TryType = ControlFlow<B, C>;
}

impl<B, C> ControlFlow<B, C> {
    /// Whether this is `Break`.
    pub const fn is_break(&self) -> bool {
        match self {
            ControlFlow::Break(_) => true,
            ControlFlow::Continue(_) => false,
        }
    }

    /// Whether this is `Continue`.
    pub const fn is_continue(&self) -> bool {
        match self {
            ControlFlow::Break(_) => false,
            ControlFlow::Continue(_) => true,
        }
    }

    /// The value of `Break`.
    pub fn break_value(self) -> Option<B> {
        match self {
            ControlFlow::Break(b) => Some(b),
            ControlFlow::Continue(_) => None,
        }
    }

    /// The value of `Continue`.
    pub fn continue_value(self) -> Option<C> {
        match self {
            ControlFlow::Break(_) => None,
            ControlFlow::Continue(c) => Some(c),
        }
    }

    /// `Ok` for `Break`, `Err` for `Continue`.
    #[unstable(feature = "control_flow_ok")]
    pub fn break_ok(self) -> Result<B, C> {
        match self {
            ControlFlow::Break(b) => Ok(b),
            ControlFlow::Continue(c) => Err(c),
        }
    }

    /// `Ok` for `Continue`, `Err` for `Break`.
    #[unstable(feature = "control_flow_ok")]
    pub fn continue_ok(self) -> Result<C, B> {
        match self {
            ControlFlow::Break(b) => Err(b),
            ControlFlow::Continue(c) => Ok(c),
        }
    }

    /// Applies a function to the value of `Break`.
    pub fn map_break<T, F: FnOnce(B) -> T>(self, f: F) -> ControlFlow<T, C> {
        match self {
            ControlFlow::Break(b) => ControlFlow::Break(f(b)),
            ControlFlow::Continue(c) => ControlFlow::Continue(c),
        }
    }

    /// Applies a function to the value of `Continue`.
    pub fn map_continue<T, F: FnOnce(C) -> T>(self, f: F) -> ControlFlow<B, T> {
        match self {
            ControlFlow::Break(b) => ControlFlow::Break(b),
            ControlFlow::Continue(c) => ControlFlow::Continue(f(c)),
        }
    }
}

impl<T> ControlFlow<T, T> {
    /// The value, whichever it is.
    #[unstable(feature = "control_flow_into_value")]
    pub fn into_value(self) -> T {
        match self {
            ControlFlow::Continue(x) | ControlFlow::Break(x) => x,
        }
    }
}
