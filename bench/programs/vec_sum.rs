//! Writes and then sums a `Vec<u8>` of 10 million: indexing, bounds checks, iterators.

fn main() {
    let n = 10_000_000;
    let mut v = vec![0u8; n];
    for i in 0..n {
        v[i] = i as u8;
    }
    let mut sum = 0u64;
    for x in &v {
        sum += *x as u64;
    }
    println!("{sum}");
}
