fn main() {
    if true {
        println!("{}", (1 + 2);
        //~^ ERROR mismatched closing delimiter: `}`
    }
}
