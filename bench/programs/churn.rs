// Half a minute of small allocations that come and go, over a table that lives.
use std::collections::HashMap;

fn main() {
    let mut table: HashMap<u64, Vec<u64>> = HashMap::new();
    let mut x = 88172645463325252u64;
    for i in 0..3_000_000u64 {
        x ^= x << 13;
        x ^= x >> 7;
        x ^= x << 17;
        let kept = table.entry(x % 20_000).or_default();
        kept.push(i);
        if kept.len() > 8 {
            kept.clear();
            kept.shrink_to_fit();
        }
    }
    println!("{}", table.values().map(|v| v.len()).sum::<usize>());
}
