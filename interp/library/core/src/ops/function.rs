//! The traits of what can be called.
//!
//! Closures, function items and function pointers have them by the compiler.

use crate::marker::Tuple;

/// Callable through a shared reference.
#[lang = "fn"]
#[rustc_paren_sugar]
pub trait Fn<Args: Tuple>: FnMut<Args> {
    /// Calls it.
    #[unstable(feature = "fn_traits")]
    extern "rust-call" fn call(&self, args: Args) -> Self::Output;
}

/// Callable through a mutable reference.
#[lang = "fn_mut"]
#[rustc_paren_sugar]
pub trait FnMut<Args: Tuple>: FnOnce<Args> {
    /// Calls it.
    #[unstable(feature = "fn_traits")]
    extern "rust-call" fn call_mut(&mut self, args: Args) -> Self::Output;
}

/// Callable once, by value.
#[lang = "fn_once"]
#[rustc_paren_sugar]
pub trait FnOnce<Args: Tuple> {
    /// What a call returns.
    #[lang = "fn_once_output"]
    type Output;

    /// Calls it.
    #[unstable(feature = "fn_traits")]
    extern "rust-call" fn call_once(self, args: Args) -> Self::Output;

    /// Calls a closure that lends (`closure_lends`), without consuming it.
    #[doc(hidden)]
    #[lang = "call_borrowed"]
    extern "rust-call" fn call_borrowed(&mut self, _args: Args) -> Self::Output {
        unreachable!()
    }
}

impl<A: Tuple, F: ?Sized + Fn<A>> Fn<A> for &F {
    extern "rust-call" fn call(&self, args: A) -> F::Output {
        (**self).call(args)
    }
}

impl<A: Tuple, F: ?Sized + Fn<A>> FnMut<A> for &F {
    extern "rust-call" fn call_mut(&mut self, args: A) -> F::Output {
        (**self).call(args)
    }
}

impl<A: Tuple, F: ?Sized + Fn<A>> FnOnce<A> for &F {
    type Output = F::Output;

    extern "rust-call" fn call_once(self, args: A) -> F::Output {
        (*self).call(args)
    }
}

impl<A: Tuple, F: ?Sized + FnMut<A>> FnMut<A> for &mut F {
    extern "rust-call" fn call_mut(&mut self, args: A) -> F::Output {
        (*self).call_mut(args)
    }
}

impl<A: Tuple, F: ?Sized + FnMut<A>> FnOnce<A> for &mut F {
    type Output = F::Output;

    extern "rust-call" fn call_once(self, args: A) -> F::Output {
        (*self).call_mut(args)
    }
}
