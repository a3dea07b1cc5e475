//! Up to twenty elements are sorted by insertion: a comparison that counts or prints sees what it sees natively.
fn main() {
    let mut pairs = Vec::new();
    let mut list = [10, 3, 7, 1];
    list.sort_by(|a, b| {
        pairs.push((*a, *b));
        a.cmp(b)
    });
    println!("{list:?} {pairs:?}");
    let mut calls = 0;
    let mut words = ["pear", "fig", "banana", "kiwi", "date"];
    words.sort_by_key(|w| {
        calls += 1;
        w.len()
    });
    println!("{words:?} {calls}");
    let mut seen = 0;
    let mut numbers: Vec<u32> = (0..20).map(|i| i * 7 % 20).collect();
    numbers.sort_unstable_by(|a, b| {
        seen += 1;
        b.cmp(a)
    });
    println!("{numbers:?} {seen}");
}
