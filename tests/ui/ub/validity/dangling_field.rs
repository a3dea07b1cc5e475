//! A struct with a reference that dangles is not read by value.
struct Token<'a> {
    text: &'a u32,
    line: u64,
    column: u64,
}

fn main() {
    let boxed = Box::new(5u32);
    let text: &u32 = unsafe { &*(&raw const *boxed) };
    let token = Token { text, line: 1, column: 2 };
    drop(boxed);
    let copy = unsafe { std::ptr::read(&raw const token) }; //~ ERROR constructing invalid value of type Token: at .text, encountered a dangling reference (use-after-free)
    println!("{} {} {}", copy.text, copy.line, copy.column);
}
