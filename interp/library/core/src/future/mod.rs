//! Futures: values that are there later.

use crate::fmt;
use crate::ops::{Deref, DerefMut};
use crate::pin::Pin;
use crate::ptr::NonNull;
use crate::task::{Context, Poll};

/// A value that is there later.
#[lang = "future_trait"]
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub trait Future {
    /// The value.
    #[lang = "future_output"]
    type Output;

    /// Goes on, until the value is there or something must be waited for.
    #[lang = "poll"]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output>;
}

impl<F: ?Sized + Future + Unpin> Future for &mut F {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        F::poll(Pin::new(&mut **self), cx)
    }
}

impl<P> Future for Pin<P>
where
    P: DerefMut<Target: Future>,
{
    type Output = <<P as Deref>::Target as Future>::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let inner = unsafe { self.get_unchecked_mut() };
        inner.as_mut().poll(cx)
    }
}

/// What `.await` can be applied to.
pub trait IntoFuture {
    /// The value.
    type Output;
    /// The future.
    type IntoFuture: Future<Output = Self::Output>;

    /// The future.
    #[lang = "into_future"]
    fn into_future(self) -> Self::IntoFuture;
}

impl<F: Future> IntoFuture for F {
    type Output = F::Output;
    type IntoFuture = F;

    fn into_future(self) -> F {
        self
    }
}

/// The context as an `async` body keeps it.
#[lang = "ResumeTy"]
#[doc(hidden)]
#[derive(Debug, Copy, Clone)]
pub struct ResumeTy(NonNull<Context<'static>>);

unsafe impl Send for ResumeTy {}
unsafe impl Sync for ResumeTy {}

/// The context an `async` body was resumed with.
#[lang = "get_context"]
#[doc(hidden)]
pub unsafe fn get_context<'a, 'b>(cx: ResumeTy) -> &'a mut Context<'b> {
    unsafe { &mut *(cx.0.as_ptr() as *mut Context<'b>) }
}

/// A future that is never ready.
pub struct Pending<T> {
    marker: crate::marker::PhantomData<fn() -> T>,
}

/// A future that is never ready.
pub fn pending<T>() -> Pending<T> {
    Pending { marker: crate::marker::PhantomData }
}

impl<T> Future for Pending<T> {
    type Output = T;

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<T> {
        Poll::Pending
    }
}

impl<T> fmt::Debug for Pending<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pending").finish()
    }
}

impl<T> Clone for Pending<T> {
    fn clone(&self) -> Pending<T> {
        pending()
    }
}

/// A future that is ready at once.
#[derive(Debug, Clone)]
pub struct Ready<T>(Option<T>);

/// A future that is ready at once.
pub fn ready<T>(t: T) -> Ready<T> {
    Ready(Some(t))
}

impl<T> Ready<T> {
    /// The value.
    pub fn into_inner(self) -> T {
        self.0.expect("Called `into_inner()` on `Ready` after completion")
    }
}

impl<T> Unpin for Ready<T> {}

impl<T> Future for Ready<T> {
    type Output = T;

    fn poll(mut self: Pin<&mut Self>, _cx: &mut Context<'_>) -> Poll<T> {
        Poll::Ready(self.0.take().expect("`Ready` polled after completion"))
    }
}

/// A future of a function that is polled.
pub struct PollFn<F> {
    f: F,
}

/// A future of a function that is polled.
pub fn poll_fn<T, F: FnMut(&mut Context<'_>) -> Poll<T>>(f: F) -> PollFn<F> {
    PollFn { f }
}

impl<F: Unpin> Unpin for PollFn<F> {}

impl<F> fmt::Debug for PollFn<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PollFn").finish()
    }
}

impl<T, F: FnMut(&mut Context<'_>) -> Poll<T>> Future for PollFn<F> {
    type Output = T;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<T> {
        (unsafe { &mut self.get_unchecked_mut().f })(cx)
    }
}
