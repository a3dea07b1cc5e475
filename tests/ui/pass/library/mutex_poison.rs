// `Mutex`, `RwLock`, `Condvar` and poisoning.
use std::sync::{Arc, Condvar, Mutex, RwLock, TryLockError};
use std::thread;
use std::time::Duration;

fn main() {
    std::panic::set_hook(Box::new(|_| {}));
    let m = Arc::new(Mutex::new(0u64));
    let threads: Vec<_> = (0..4)
        .map(|i| {
            let m = Arc::clone(&m);
            thread::spawn(move || {
                for _ in 0..25 {
                    *m.lock().unwrap() += i;
                }
            })
        })
        .collect();
    for t in threads {
        t.join().unwrap();
    }
    println!("{} {m:?} {}", m.lock().unwrap(), Arc::strong_count(&m));
    {
        let guard = m.lock().unwrap();
        println!("{:?}", m.try_lock().map(|g| *g));
        println!("{guard:?} {:?} {m:?}", matches!(m.try_lock(), Err(TryLockError::WouldBlock)));
    }
    let m2 = Arc::clone(&m);
    let failed = thread::spawn(move || {
        let _guard = m2.lock().unwrap();
        panic!("poison");
    })
    .join();
    println!("{:?} {}", failed.is_err(), m.is_poisoned());
    match m.lock() {
        Ok(_) => println!("not poisoned"),
        Err(e) => println!("{e} {e:?} {}", e.get_ref()),
    }
    println!("{m:?} {:?}", m.try_lock().map(|g| *g));
    m.clear_poison();
    println!("{} {:?}", m.is_poisoned(), Arc::try_unwrap(m).unwrap().into_inner());

    let rw = Arc::new(RwLock::new(vec![1]));
    {
        let a = rw.read().unwrap();
        let b = rw.read().unwrap();
        println!("{} {} {}", a.len(), b[0], rw.try_write().is_err());
    }
    rw.write().unwrap().push(2);
    println!("{rw:?} {:?}", rw.try_read().map(|g| g.len()));
    let writers: Vec<_> = (10..13)
        .map(|i| {
            let rw = Arc::clone(&rw);
            thread::spawn(move || {
                rw.write().unwrap().push(i);
                rw.read().unwrap().iter().filter(|x| **x == i).count()
            })
        })
        .collect();
    println!("{}", writers.into_iter().map(|t| t.join().unwrap()).sum::<usize>());
    let mut v = rw.read().unwrap().clone();
    v.sort();
    println!("{v:?}");

    let pair = Arc::new((Mutex::new(Vec::new()), Condvar::new()));
    let other = Arc::clone(&pair);
    let consumer = thread::spawn(move || {
        let (lock, cv) = &*other;
        let mut got = Vec::new();
        while got.len() < 5 {
            let mut queue = cv.wait_while(lock.lock().unwrap(), |q: &mut Vec<i32>| q.is_empty()).unwrap();
            got.append(&mut queue);
        }
        got
    });
    for i in 0..5 {
        pair.0.lock().unwrap().push(i);
        pair.1.notify_one();
    }
    println!("{:?}", consumer.join().unwrap());
    let (guard, timeout) = pair.1.wait_timeout(pair.0.lock().unwrap(), Duration::from_millis(5)).unwrap();
    println!("{} {}", guard.len(), timeout.timed_out());
}
