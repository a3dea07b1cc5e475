trait Animal {
    fn baby_name() -> String;
}

struct Dog;

impl Animal for Dog {
    fn baby_name() -> String {
        String::from("puppy")
    }
}

fn main() {
    println!("{}", <Dog as Animal>::baby_name());
    println!("{}", Animal::baby_name()); //~ ERROR cannot call associated function on trait without specifying
}
