//! The async call operators: whatever can be called and gives a future has them.
//!
//! An async closure may lend: its future borrows from it. Called once, by value, such a closure is kept beside the future.

use crate::future::Future;
use crate::intrinsics::closure_lends;
use crate::marker::Tuple;
use crate::pin::Pin;
use crate::task::{Context, Poll};

/// Callable through a shared reference, with a future as the result.
#[lang = "async_fn"]
#[rustc_paren_sugar]
pub trait AsyncFn<Args: Tuple>: AsyncFnMut<Args> {
    /// Calls it.
    extern "rust-call" fn async_call(&self, args: Args) -> Self::CallRefFuture;
}

/// Callable through a mutable reference, with a future as the result.
#[lang = "async_fn_mut"]
#[rustc_paren_sugar]
pub trait AsyncFnMut<Args: Tuple>: AsyncFnOnce<Args> {
    /// The future of a call.
    type CallRefFuture: Future<Output = Self::Output>;

    /// Calls it.
    extern "rust-call" fn async_call_mut(&mut self, args: Args) -> Self::CallRefFuture;
}

/// Callable once, by value, with a future as the result.
#[lang = "async_fn_once"]
#[rustc_paren_sugar]
pub trait AsyncFnOnce<Args: Tuple> {
    /// What the future of a call gives.
    type Output;

    /// The future of a call.
    type CallOnceFuture: Future<Output = Self::Output>;

    /// Calls it.
    extern "rust-call" fn async_call_once(self, args: Args) -> Self::CallOnceFuture;
}

impl<A: Tuple, F: ?Sized + Fn<A>> AsyncFn<A> for F
where
    F::Output: Future,
{
    extern "rust-call" fn async_call(&self, args: A) -> F::Output {
        self.call(args)
    }
}

impl<A: Tuple, F: ?Sized + FnMut<A>> AsyncFnMut<A> for F
where
    F::Output: Future,
{
    type CallRefFuture = F::Output;

    extern "rust-call" fn async_call_mut(&mut self, args: A) -> F::Output {
        self.call_mut(args)
    }
}

impl<A: Tuple, F: FnOnce<A>> AsyncFnOnce<A> for F
where
    F::Output: Future,
{
    type Output = <F::Output as Future>::Output;
    type CallOnceFuture = CallOnce<A, F>;

    extern "rust-call" fn async_call_once(self, args: A) -> CallOnce<A, F> {
        if closure_lends::<F>() {
            CallOnce::Lent { future: None, args: Some(args), closure: self }
        } else {
            CallOnce::Given(self.call_once(args))
        }
    }
}

/// The future of a call by value: `future` borrows from `closure`, and is dropped before it.
#[doc(hidden)]
pub enum CallOnce<A: Tuple, F: FnOnce<A>> {
    Given(F::Output),
    Lent { future: Option<F::Output>, args: Option<A>, closure: F },
}

impl<A: Tuple, F: FnOnce<A>> Future for CallOnce<A, F>
where
    F::Output: Future,
{
    type Output = <F::Output as Future>::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        match unsafe { self.get_unchecked_mut() } {
            CallOnce::Given(future) => unsafe { Pin::new_unchecked(future) }.poll(cx),
            CallOnce::Lent { future, args, closure } => {
                if let Some(args) = args.take() {
                    *future = Some(closure.call_borrowed(args));
                }
                match future {
                    Some(future) => unsafe { Pin::new_unchecked(future) }.poll(cx),
                    None => panic!("`async fn` resumed after panicking"),
                }
            }
        }
    }
}
