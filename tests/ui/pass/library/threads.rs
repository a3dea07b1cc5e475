// Threads: names, results, scopes, parking, local keys.
use std::cell::{Cell, RefCell};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

struct Loud(&'static str);

impl Drop for Loud {
    fn drop(&mut self) {
        println!("drop {}", self.0);
    }
}

thread_local! {
    static COUNTER: Cell<u32> = const { Cell::new(1) };
    static LIST: RefCell<Vec<u32>> = RefCell::new(vec![0]);
    static LOUD: RefCell<Option<Loud>> = RefCell::new(None);
}

fn main() {
    std::panic::set_hook(Box::new(|_| {}));
    let t = thread::Builder::new().name("worker".into()).stack_size(1 << 16).spawn(|| {
        COUNTER.set(COUNTER.get() + 10);
        LIST.with_borrow_mut(|l| l.push(COUNTER.get()));
        LOUD.replace(Some(Loud("worker's")));
        (thread::current().name().map(String::from), LIST.take())
    });
    println!("{:?}", t.unwrap().join().unwrap());
    println!("{} {:?} {:?}", COUNTER.get(), LIST.take(), thread::current().name());
    LOUD.set(Some(Loud("main's")));
    println!("{}", LOUD.with(|l| l.borrow().is_some()));
    println!("{}", thread::current().id() == thread::spawn(|| thread::current().id()).join().unwrap());
    let payload = thread::spawn(|| -> u8 { panic!("thrown {}", 1) }).join().unwrap_err();
    println!("{:?}", payload.downcast_ref::<String>());
    let payload = thread::spawn(|| std::panic::panic_any(7u8)).join().unwrap_err();
    println!("{:?}", payload.downcast::<u8>());

    let mut data = vec![1, 2, 3, 4, 5, 6];
    let total = AtomicU32::new(0);
    let sums = thread::scope(|s| {
        let handles: Vec<_> = data
            .chunks_mut(2)
            .map(|chunk| {
                let total = &total;
                s.spawn(move || {
                    chunk.iter_mut().for_each(|x| *x *= 10);
                    let sum: u32 = chunk.iter().sum();
                    total.fetch_add(sum, Ordering::Relaxed);
                    sum
                })
            })
            .collect();
        handles.into_iter().map(|h| h.join().unwrap()).collect::<Vec<_>>()
    });
    println!("{sums:?} {data:?} {total:?}");
    let failed = std::panic::catch_unwind(|| {
        thread::scope(|s| {
            s.spawn(|| panic!("inside"));
        })
    });
    println!("{:?}", failed.unwrap_err().downcast_ref::<&str>());

    let ready = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&ready);
    let parked = thread::spawn(move || {
        let mut spins = 0;
        while !flag.load(Ordering::Acquire) {
            thread::park();
            spins += 1;
        }
        spins >= 1
    });
    thread::sleep(Duration::from_millis(10));
    ready.store(true, Ordering::Release);
    parked.thread().unpark();
    println!("{}", parked.join().unwrap());
    let start = Instant::now();
    thread::park_timeout(Duration::from_millis(4));
    thread::sleep(Duration::from_millis(6)); // a token that a scope left over may end the line above at once
    println!("{}", start.elapsed() >= Duration::from_millis(6));
    thread::yield_now();
    let t = thread::spawn(|| ());
    while !t.is_finished() {
        thread::yield_now();
    }
    println!("{:?} {}", t.join(), thread::available_parallelism().is_ok());
    println!("{:?}", LIST.try_with(|l| l.borrow().len()));
}
