extern crate plain_package as package;

fn main() {
    println!("example: {}", package::square(3));
}
