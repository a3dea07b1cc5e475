fn main() {
    println!("{}", 7i32.div_floor(2)); //~ ERROR use of unstable library feature
    let words = ["a", "b"].into_iter().intersperse(" "); //~ ERROR use of unstable library feature
    println!("{}", words.count());
}
