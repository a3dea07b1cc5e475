// The temporaries of a `for` loop's head are dropped where the loop ends, at the end of a block too.
use std::cell::RefCell;
use std::fmt::Debug;
use std::pin::Pin;

struct Loud(&'static str);

impl Drop for Loud {
    fn drop(&mut self) {
        println!("drop {}", self.0);
    }
}

impl Loud {
    fn items(&self) -> std::ops::Range<u8> {
        0..2
    }
}

fn at_the_end() {
    let _local = Loud("local");
    for i in Loud("head").items() {
        println!("{i}");
    }
}

fn borrowed_at_the_end() {
    let cell = RefCell::new(vec![1, 2]);
    for x in cell.borrow().iter() {
        println!("{x} {}", cell.try_borrow_mut().is_err());
    }
}

fn in_an_arm(yes: bool) {
    let _guard = Loud("guard");
    match yes {
        true => for i in Loud("arm").items() {
            println!("{i}");
        },
        false => (),
    }
}

fn main() {
    at_the_end();
    borrowed_at_the_end();
    in_an_arm(true);
    let boxed: Box<dyn Debug> = Box::new(5);
    let pinned: Pin<Box<_>> = Box::into_pin(boxed); // the types are known to be equal when it is coerced
    println!("{pinned:?}");
    let _last = Loud("last");
    for i in Loud("of main").items() {
        println!("{i}");
    }
}
