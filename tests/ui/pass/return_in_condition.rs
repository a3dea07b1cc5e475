// `return` in the head of an `if` takes the block behind it as its value, `break` leaves it to the `if`.

struct Point {
    x: i32,
}

fn returned() {
    if return { println!("returned") } {
        println!("not reached");
    }
}

fn broken() {
    loop {
        if break { println!("not reached") } {
            println!("not reached");
        }
    }
}

fn parenthesised() {
    loop {
        if (break { println!("broken") }) {
            println!("not reached");
        }
    }
}

fn made(deep: bool) -> Point {
    if deep && return Point { x: 1 } {
        println!("not reached");
    }
    Point { x: 2 }
}

fn main() {
    returned();
    broken();
    parenthesised();
    println!("{} {}", made(true).x, made(false).x);
}
