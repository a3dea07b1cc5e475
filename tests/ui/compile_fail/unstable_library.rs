fn main() {
    println!("{}", 7i32.div_floor(2)); //~ E0658
    let words = ["a", "b"].into_iter().intersperse(" "); //~ E0658
    println!("{}", words.count());
}
