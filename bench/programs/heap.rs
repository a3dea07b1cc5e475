// 256 MiB of integers; then, round by round, one word in a hundredth of its pages changes.
const WORDS: usize = 32 << 20;
const PAGE: usize = 512;

fn main() {
    let mut heap: Vec<u64> = vec![1; WORDS];
    let mut round = 0;
    loop {
        let mut page = round % 100;
        while page < WORDS / PAGE {
            heap[page * PAGE + round % PAGE] += page as u64 * 0x9E37_79B9;
            page += 100;
        }
        round += 1;
        println!("{round}");
    }
}
