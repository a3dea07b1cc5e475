//! N casts by eight threads, which write the pointers into tables of their own, call through them and hand them on.
use std::sync::{Arc, Mutex};

type F = fn(usize) -> usize;

fn f<const N: usize>(x: usize) -> usize {
    x ^ N
}

fn work(n: u64, shared: Arc<Mutex<Vec<F>>>) -> usize {
    let mut table: [F; 16] = [f::<0>; 16];
    let (mut i, mut sum) = (0usize, 0);
    while (i as u64) < n {
        table[i % 16] = f::<1>;
        table[(i + 1) % 16] = f::<2>;
        table[(i + 2) % 16] = f::<3>;
        table[(i + 3) % 16] = f::<4>;
        sum ^= table[(i + 7) % 16](i);
        if i % 256 == 0 {
            let mut all = shared.lock().unwrap();
            let at = i / 256 % 8;
            all[at] = table[i % 16];
            sum ^= all[(at + 3) % 8](i);
        }
        i += 4;
    }
    sum
}

fn main() {
    let n: u64 = std::env::args().nth(1).map_or(1_000_000, |s| s.parse().unwrap());
    let shared = Arc::new(Mutex::new(vec![f::<5> as F; 8]));
    let threads: Vec<_> = (0..8)
        .map(|_| {
            let shared = shared.clone();
            std::thread::spawn(move || work(n / 8, shared))
        })
        .collect();
    let sum = threads.into_iter().fold(0, |sum, t| sum ^ t.join().unwrap());
    std::hint::black_box(sum);
}
