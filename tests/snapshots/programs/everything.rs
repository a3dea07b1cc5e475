// What a checkpoint may find half done: waits, sleeps, locks, channels, panics in flight, destructors, thread locals.
use std::cell::RefCell;
use std::panic;
use std::sync::{mpsc, Arc, Condvar, Mutex};
use std::thread;
use std::time::Duration;

thread_local! {
    static SEEN: RefCell<Vec<u32>> = const { RefCell::new(Vec::new()) };
}

static mut COUNTER: u64 = 5;

struct Noted(u32);

impl Drop for Noted {
    fn drop(&mut self) {
        SEEN.with(|seen| seen.borrow_mut().push(self.0));
    }
}

fn deep(n: u32) -> u32 {
    if n == 0 {
        panic!("at the bottom");
    }
    let _noted = Noted(n);
    deep(n - 1) + 1
}

fn work(i: u32, shared: &(Mutex<u32>, Condvar), done: &mpsc::Sender<u32>) -> u32 {
    for k in 0..10 {
        thread::sleep(Duration::from_micros(50 * (u64::from(i) + 1)));
        *shared.0.lock().unwrap() += k;
        shared.1.notify_all();
        done.send(i * 100 + k).unwrap();
        SEEN.with(|seen| seen.borrow_mut().push(k));
    }
    assert!(panic::catch_unwind(|| deep(20 + i)).is_err());
    SEEN.with(|seen| seen.borrow().iter().sum())
}

fn main() {
    let shared = Arc::new((Mutex::new(0), Condvar::new()));
    let (sender, receiver) = mpsc::channel();
    let threads: Vec<_> = (0..4)
        .map(|i| {
            let (shared, sender) = (shared.clone(), sender.clone());
            thread::spawn(move || work(i, &shared, &sender))
        })
        .collect();
    drop(sender);
    let mut sum = shared.0.lock().unwrap();
    while *sum < 60 {
        sum = shared.1.wait_timeout(sum, Duration::from_millis(5)).unwrap().0;
    }
    drop(sum);
    let mut all: Vec<u32> = receiver.iter().collect();
    all.sort();
    println!("{} {:?}", all.len(), &all[..3]);
    for thread in threads {
        println!("{}", thread.join().unwrap());
    }
    let called: fn(u32) -> u32 = deep;
    unsafe { COUNTER += 1 };
    println!("{} {}", unsafe { COUNTER }, called as usize != 0);
}
