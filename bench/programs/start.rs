use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::thread;

fn main() {
    let found = Arc::new(Mutex::new(HashMap::new()));
    let workers: Vec<_> = (0..4)
        .map(|i| {
            let found = found.clone();
            thread::spawn(move || {
                found.lock().unwrap().insert(format!("key {i}"), i * 2);
            })
        })
        .collect();
    for worker in workers {
        worker.join().unwrap();
    }
    let found = found.lock().unwrap();
    let mut pairs: Vec<_> = found.iter().collect();
    pairs.sort();
    println!("{pairs:?} {:>8.3} {:#?}", 1.5f64, pairs.len());
}
