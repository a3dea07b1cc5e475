fn consume(s: String) -> usize {
    s.len()
}

fn main() {
    let s = String::from("x");
    println!("{}", consume(s));
    println!("{s}"); //~ ERROR borrow of moved value: `s`
    let n: i32;
    println!("{n}"); //~ ERROR used binding `n` isn't initialized
}
