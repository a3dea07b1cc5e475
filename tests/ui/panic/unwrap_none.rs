struct Loud(&'static str);

impl Drop for Loud {
    fn drop(&mut self) {
        println!("dropping {}", self.0);
    }
}

fn main() {
    let _a = Loud("a");
    let _b = Loud("b");
    let nothing: Option<i32> = None;
    println!("{}", nothing.unwrap());
}
