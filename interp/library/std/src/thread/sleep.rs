//! Waiting: sleeping, parking, yielding.

use super::current;
use crate::time::{saturating_nanos, Duration, Instant};
use core::intrinsics::host;

pub fn sleep(dur: Duration) {
    host::sleep_nanos(saturating_nanos(dur));
}

pub fn sleep_ms(ms: u32) {
    sleep(Duration::from_millis(ms as u64));
}

pub fn sleep_until(deadline: Instant) {
    sleep(deadline.saturating_duration_since(Instant::now()));
}

pub fn yield_now() {
    host::thread_yield();
}

pub fn park() {
    current().park(u64::MAX);
}

pub fn park_timeout(dur: Duration) {
    current().park(saturating_nanos(dur));
}

pub fn park_timeout_ms(ms: u32) {
    park_timeout(Duration::from_millis(ms as u64));
}
