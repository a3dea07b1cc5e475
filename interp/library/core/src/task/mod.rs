//! What polls futures.

mod poll;
mod wake;

pub use self::poll::Poll;
pub use self::wake::{Context, RawWaker, RawWakerVTable, Waker};

/// The value of `Poll::Ready`; returns `Pending` otherwise.
#[macro_export]
#[doc(hidden)]
macro_rules! __core_ready {
    ($e:expr $(,)?) => {
        match $e {
            $crate::task::Poll::Ready(t) => t,
            $crate::task::Poll::Pending => {
                return $crate::task::Poll::Pending;
            }
        }
    };
}

pub use crate::__core_ready as ready;
