//! The state both halves of a channel share.
//!
//! Invariants: `taken` counts the values ever received, `sent` those ever queued, so a sender of a
//! channel with bound 0 knows when its own value is gone. Whoever changes something others wait for
//! notifies `changed_for_senders` or `changed_for_receiver`.

use super::{RecvTimeoutError, SendError, TryRecvError, TrySendError};
use crate::collections::VecDeque;
use crate::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use crate::time::Instant;

pub(super) struct Shared<T> {
    state: Mutex<State<T>>,
    bound: Option<usize>,
    changed_for_senders: Condvar,
    changed_for_receiver: Condvar,
}

struct State<T> {
    queue: VecDeque<T>,
    senders: usize,
    receiver: bool,
    receiver_waits: bool,
    sent: u64,
    taken: u64,
}

impl<T> State<T> {
    /// Adds a value; returns its number.
    fn push(&mut self, t: T) -> u64 {
        self.queue.push_back(t);
        self.sent += 1;
        self.sent
    }

    fn pop(&mut self) -> Option<T> {
        let t = self.queue.pop_front()?;
        self.taken += 1;
        Some(t)
    }
}

impl<T> Shared<T> {
    pub(super) fn new(bound: Option<usize>) -> Shared<T> {
        let state = State {
            queue: VecDeque::new(),
            senders: 1,
            receiver: true,
            receiver_waits: false,
            sent: 0,
            taken: 0,
        };
        Shared {
            state: Mutex::new(state),
            bound,
            changed_for_senders: Condvar::new(),
            changed_for_receiver: Condvar::new(),
        }
    }

    fn lock(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn add_sender(&self) {
        self.lock().senders += 1;
    }

    pub(super) fn remove_sender(&self) {
        let mut state = self.lock();
        state.senders -= 1;
        if state.senders == 0 {
            drop(state);
            self.changed_for_receiver.notify_all();
        }
    }

    pub(super) fn remove_receiver(&self) {
        let queue = {
            let mut state = self.lock();
            state.receiver = false;
            if self.bound == Some(0) {
                VecDeque::new()
            } else {
                crate::mem::take(&mut state.queue)
            }
        };
        self.changed_for_senders.notify_all();
        drop(queue);
    }

    pub(super) fn send(&self, t: T) -> Result<(), SendError<T>> {
        let mut state = self.lock();
        match self.bound {
            None => {}
            Some(0) => return self.hand_over(state, t),
            Some(bound) => {
                while state.receiver && state.queue.len() >= bound {
                    state = self.changed_for_senders.wait(state).unwrap_or_else(PoisonError::into_inner);
                }
            }
        }
        if !state.receiver {
            return Err(SendError(t));
        }
        state.push(t);
        drop(state);
        self.changed_for_receiver.notify_one();
        Ok(())
    }

    /// Queues a value and waits until it was received.
    fn hand_over(&self, mut state: MutexGuard<'_, State<T>>, t: T) -> Result<(), SendError<T>> {
        if !state.receiver {
            return Err(SendError(t));
        }
        let number = state.push(t);
        self.changed_for_receiver.notify_one();
        while state.taken < number {
            if !state.receiver {
                let index = (number - state.taken - 1) as usize;
                let mine = if index < state.queue.len() { state.queue.remove(index) } else { state.queue.pop_back() };
                return match mine {
                    Some(t) => Err(SendError(t)),
                    None => Ok(()),
                };
            }
            state = self.changed_for_senders.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        Ok(())
    }

    pub(super) fn try_send(&self, t: T) -> Result<(), TrySendError<T>> {
        let mut state = self.lock();
        if !state.receiver {
            return Err(TrySendError::Disconnected(t));
        }
        let room = match self.bound {
            None => true,
            Some(0) => state.receiver_waits && state.queue.is_empty(),
            Some(bound) => state.queue.len() < bound,
        };
        if !room {
            return Err(TrySendError::Full(t));
        }
        state.push(t);
        drop(state);
        self.changed_for_receiver.notify_one();
        Ok(())
    }

    pub(super) fn try_recv(&self) -> Result<T, TryRecvError> {
        let mut state = self.lock();
        match state.pop() {
            Some(t) => {
                let bounded = self.bound.is_some();
                drop(state);
                if bounded {
                    self.changed_for_senders.notify_all();
                }
                Ok(t)
            }
            None if state.senders == 0 => Err(TryRecvError::Disconnected),
            None => Err(TryRecvError::Empty),
        }
    }

    pub(super) fn recv(&self, deadline: Option<Instant>) -> Result<T, RecvTimeoutError> {
        let mut state = self.lock();
        loop {
            if let Some(t) = state.pop() {
                drop(state);
                if self.bound.is_some() {
                    self.changed_for_senders.notify_all();
                }
                return Ok(t);
            }
            if state.senders == 0 {
                return Err(RecvTimeoutError::Disconnected);
            }
            state.receiver_waits = true;
            state = match deadline {
                None => self.changed_for_receiver.wait(state).unwrap_or_else(PoisonError::into_inner),
                Some(deadline) => {
                    let left = deadline.saturating_duration_since(Instant::now());
                    if left.is_zero() {
                        state.receiver_waits = false;
                        return Err(RecvTimeoutError::Timeout);
                    }
                    self.changed_for_receiver.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0
                }
            };
            state.receiver_waits = false;
        }
    }
}
