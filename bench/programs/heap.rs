// 256 MiB of noise; then, round by round, 1 % of its pages change: in one piece first, then scattered.
fn main() {
    const WORDS: usize = 32 << 20;
    const PAGE: usize = 512; // words
    let mut heap: Vec<u64> = Vec::with_capacity(WORDS);
    let p = heap.as_mut_ptr();
    let mut x = 88172645463325252u64;
    for i in 0..WORDS {
        x ^= x << 13;
        x ^= x >> 7;
        x ^= x << 17;
        unsafe { p.add(i).write(x) };
    }
    unsafe { heap.set_len(WORDS) };
    println!("filled");
    for round in 0..4 {
        let scattered = round % 2 == 1;
        for k in 0..WORDS / PAGE / 100 {
            let page = if scattered { k * 97 + round } else { k + 1000 * round };
            for i in 64..448 {
                x ^= x << 13;
                x ^= x >> 7;
                x ^= x << 17;
                unsafe { p.add(page * PAGE + i).write(x) };
            }
        }
        println!("{}", if scattered { "scattered" } else { "in a row" });
    }
    println!("{}", heap.iter().fold(0u64, |a, b| a.rotate_left(1) ^ b));
}
