fn main() {
    let text = std::env::args().skip(1).collect::<Vec<_>>().join(" ");
    for (word, times) in counter::count(&text) {
        println!("{times} {word}");
    }
}
