//! The operator `?`.

use crate::ops::ControlFlow;

/// Types `?` can be applied to.
#[lang = "Try"]
pub trait Try: FromResidual<<Self as Try>::Residual> {
    /// What `?` gives when it goes on.
    type Output;
    /// What is carried when it returns early.
    type Residual;

    /// Wraps an output.
    #[lang = "from_output"]
    fn from_output(output: Self::Output) -> Self;

    /// Decides whether to go on.
    #[lang = "branch"]
    fn branch(self) -> ControlFlow<Self::Residual, Self::Output>;
}

/// How a function's return type is made from what `?` carries.
pub trait FromResidual<R = <Self as Try>::Residual> {
    /// Makes the value to return.
    #[lang = "from_residual"]
    #[track_caller]
    fn from_residual(residual: R) -> Self;
}

/// The `Try` type of a residual for another output type.
pub trait Residual<O> {
    /// That type.
    type TryType: Try<Output = O, Residual = Self>;
}

/// A `Try` type whose residual is its very value: closures that cannot fail.
#[repr(transparent)]
pub(crate) struct NeverShortCircuit<T>(pub T);

pub(crate) enum NeverShortCircuitResidual {}

impl<T> Try for NeverShortCircuit<T> {
    type Output = T;
    type Residual = NeverShortCircuitResidual;

    fn branch(self) -> ControlFlow<NeverShortCircuitResidual, T> {
        ControlFlow::Continue(self.0)
    }

    fn from_output(x: T) -> Self {
        NeverShortCircuit(x)
    }
}

impl<T> FromResidual<NeverShortCircuitResidual> for NeverShortCircuit<T> {
    fn from_residual(residual: NeverShortCircuitResidual) -> Self {
        match residual {}
    }
}

impl<T> Residual<T> for NeverShortCircuitResidual {
    type TryType = NeverShortCircuit<T>;
}
