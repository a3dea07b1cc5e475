fn main() {
    let mut x = 250u8;
    for i in 0..10 {
        println!("{x}");
        x += i;
    }
}
