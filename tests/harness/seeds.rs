//! A test that fails under some seeds only.

use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

#[test]
fn lost_update() {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let bump = || {
        let seen = COUNT.load(SeqCst);
        std::thread::yield_now();
        COUNT.store(seen + 1, SeqCst);
    };
    let other = std::thread::spawn(bump);
    bump();
    other.join().unwrap();
    assert_eq!(COUNT.load(SeqCst), 2);
}

#[test]
fn never_fails() {}
