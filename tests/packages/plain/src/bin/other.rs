fn main() {
    println!("the other program of {}", env!("CARGO_PKG_NAME"));
    let none: Option<u8> = None;
    helper::unwrap_here(none);
}
