//! Channels of many senders and one receiver.
//!
//! Invariants: values are received in the order they were sent; a channel is disconnected when all
//! senders, or the receiver, are gone; then what is queued can still be received. To add a way to
//! wait, see `Shared` in `shared.rs`.

mod error;
mod shared;

pub use self::error::{RecvError, RecvTimeoutError, SendError, TryRecvError, TrySendError};

use self::shared::Shared;
use crate::fmt;
use crate::sync::Arc;
use crate::time::{Duration, Instant};

/// What kind of channel it is; std's halves have one such word and a pointer, and are as large here.
#[derive(Clone, Copy)]
#[repr(usize)]
enum Flavor {
    Bounded,
    Unbounded,
    Rendezvous,
}

/// The receiving half.
pub struct Receiver<T> {
    _flavor: Flavor,
    shared: Arc<Shared<T>>,
}

/// The sending half of a channel without bounds.
pub struct Sender<T> {
    flavor: Flavor,
    shared: Arc<Shared<T>>,
}

/// The sending half of a channel with a bound.
pub struct SyncSender<T> {
    flavor: Flavor,
    shared: Arc<Shared<T>>,
}

unsafe impl<T: Send> Send for Receiver<T> {}
impl<T> !Sync for Receiver<T> {}
unsafe impl<T: Send> Send for Sender<T> {}
unsafe impl<T: Send> Sync for Sender<T> {}
unsafe impl<T: Send> Send for SyncSender<T> {}
unsafe impl<T: Send> Sync for SyncSender<T> {}

/// A channel that holds any number of values.
pub fn channel<T>() -> (Sender<T>, Receiver<T>) {
    let shared = Arc::new(Shared::new(None));
    let flavor = Flavor::Unbounded;
    (Sender { flavor, shared: shared.clone() }, Receiver { _flavor: flavor, shared })
}

/// A channel that holds `bound` values; with 0, each value is handed over.
pub fn sync_channel<T>(bound: usize) -> (SyncSender<T>, Receiver<T>) {
    let shared = Arc::new(Shared::new(Some(bound)));
    let flavor = if bound == 0 { Flavor::Rendezvous } else { Flavor::Bounded };
    (SyncSender { flavor, shared: shared.clone() }, Receiver { _flavor: flavor, shared })
}

impl<T> Sender<T> {
    pub fn send(&self, t: T) -> Result<(), SendError<T>> {
        self.shared.send(t)
    }
}

impl<T> SyncSender<T> {
    pub fn send(&self, t: T) -> Result<(), SendError<T>> {
        self.shared.send(t)
    }

    pub fn try_send(&self, t: T) -> Result<(), TrySendError<T>> {
        self.shared.try_send(t)
    }
}

macro_rules! sender {
    ($name:ident $text:literal) => {
        impl<T> Clone for $name<T> {
            fn clone(&self) -> $name<T> {
                self.shared.add_sender();
                $name { flavor: self.flavor, shared: self.shared.clone() }
            }
        }

        impl<T> Drop for $name<T> {
            fn drop(&mut self) {
                self.shared.remove_sender();
            }
        }

        impl<T> fmt::Debug for $name<T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct($text).finish_non_exhaustive()
            }
        }
    };
}

sender!(Sender "Sender");
sender!(SyncSender "SyncSender");

impl<T> Receiver<T> {
    pub fn try_recv(&self) -> Result<T, TryRecvError> {
        self.shared.try_recv()
    }

    pub fn recv(&self) -> Result<T, RecvError> {
        match self.shared.recv(None) {
            Ok(t) => Ok(t),
            Err(_) => Err(RecvError),
        }
    }

    pub fn recv_timeout(&self, timeout: Duration) -> Result<T, RecvTimeoutError> {
        match Instant::now().checked_add(timeout) {
            Some(deadline) => self.recv_deadline(deadline),
            None => self.recv().map_err(RecvTimeoutError::from),
        }
    }

    #[unstable(feature = "deadline_api")]
    pub fn recv_deadline(&self, deadline: Instant) -> Result<T, RecvTimeoutError> {
        self.shared.recv(Some(deadline))
    }

    pub fn iter(&self) -> Iter<'_, T> {
        Iter { rx: self }
    }

    pub fn try_iter(&self) -> TryIter<'_, T> {
        TryIter { rx: self }
    }
}

impl<T> Drop for Receiver<T> {
    fn drop(&mut self) {
        self.shared.remove_receiver();
    }
}

impl<T> fmt::Debug for Receiver<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Receiver").finish_non_exhaustive()
    }
}

/// The values as they come, until the channel is disconnected.
#[derive(Debug)]
pub struct Iter<'a, T: 'a> {
    rx: &'a Receiver<T>,
}

/// The values that are there already.
#[derive(Debug)]
pub struct TryIter<'a, T: 'a> {
    rx: &'a Receiver<T>,
}

/// As `Iter`, owning the receiver.
#[derive(Debug)]
pub struct IntoIter<T> {
    rx: Receiver<T>,
}

impl<'a, T> Iterator for Iter<'a, T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        self.rx.recv().ok()
    }
}

impl<'a, T> Iterator for TryIter<'a, T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        self.rx.try_recv().ok()
    }
}

impl<T> Iterator for IntoIter<T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        self.rx.recv().ok()
    }
}

impl<'a, T> IntoIterator for &'a Receiver<T> {
    type Item = T;
    type IntoIter = Iter<'a, T>;

    fn into_iter(self) -> Iter<'a, T> {
        self.iter()
    }
}

impl<T> IntoIterator for Receiver<T> {
    type Item = T;
    type IntoIter = IntoIter<T>;

    fn into_iter(self) -> IntoIter<T> {
        IntoIter { rx: self }
    }
}
