//! What compiles and is likely a mistake is an error where the program says so.
#![deny(unused, nonstandard_style, while_true)]
#![forbid(unsafe_code)]

use std::collections::{BTreeMap, HashMap}; //~ ERROR unused import: `BTreeMap`
use std::fmt::Write as _; // its method is called
use std::io::*; //~ ERROR unused import: `std::io::*`

mod shapes {
    pub enum Shape {
        Dot,
        Line(u32), //~ ERROR variants `Line` and `Area` are never constructed
        Area { of: u32 },
    }
    pub struct Named {
        pub name: String,
        pub id: u32, //~ ERROR field `id` is never read
        pub kind: std::marker::PhantomData<u8>,
    }
    impl Named {
        pub fn new() -> Named {
            Named { name: String::new(), id: 1, kind: std::marker::PhantomData }
        }
        pub fn first(&self) {} //~ ERROR methods `first` and `second` are never used
        pub fn second(&self) {}
    }
    pub fn never() {} //~ ERROR function `never` is never used
    pub trait Never {} //~ ERROR trait `Never` is never used
    #[allow(dead_code)]
    pub fn left_alone() {}
}

#[must_use]
fn important() -> i32 {
    1
}

#[must_use = "it opens"]
struct Token;

fn opens() -> Token {
    Token
}

struct lower_case; //~ ERROR type `lower_case` should have an upper camel case name
const small: i32 = 1; //~ ERROR constant `small` should have an upper case name
fn CamelCase() {} //~ ERROR function `CamelCase` should have a snake case name

fn variables(used: i32, unused: i32) -> i32 {
    //~^ ERROR unused variable: `unused`
    let mut fixed = used; //~ ERROR variable does not need to be mutable
    let mut written; //~ ERROR variable `written` is assigned to, but never used
    //~^ ERROR variable does not need to be mutable
    written = 1; //~ ERROR value assigned to `written` is never read
    let mut twice = 1; //~ ERROR value assigned to `twice` is never read
    twice = 2;
    let captured = 3;
    let add = |x: i32| x + captured;
    let (_, _left) = (1, 2);
    #[allow(unused_variables)]
    let allowed = 4;
    fixed + add(twice)
}

fn flow(n: i32) -> i32 {
    match n {
        0..=9 => return 1,
        5 => return 2, //~ ERROR unreachable pattern
        _ => {}
    }
    while true { //~ ERROR denote infinite loops with `loop { ... }`
        break;
    }
    if n > 3 {
        return 4;
        println!("never"); //~ ERROR unreachable statement
    }
    let mut mended = 0;
    for i in 0..n {
        mended += i;
    }
    mended
}

fn values() {
    important(); //~ ERROR unused return value of `important` that must be used
    opens(); //~ ERROR unused `Token` that must be used
    "1".parse::<i32>(); //~ ERROR unused `Result` that must be used
    [1].iter().map(|x| x + 1); //~ ERROR unused `Map` that must be used
    flow(1) == 2; //~ ERROR unused comparison that must be used
    let kept = 1;
    kept; //~ ERROR path statement with no effect
    let _ = opens();
    async {}; //~ ERROR unused
}

#[allow(unsafe_code)] //~ ERROR allow(unsafe_code) incompatible with previous forbid
fn needless() {
    unsafe { values() } //~ ERROR unnecessary `unsafe` block
    //~^ ERROR usage of an `unsafe` block
}

fn main() {
    let mut text = String::new();
    write!(text, "{}", variables(1, 2) + small).unwrap();
    let seen: HashMap<i32, shapes::Shape> = [(1, shapes::Shape::Dot)].into();
    match seen[&1] {
        shapes::Shape::Dot | shapes::Shape::Area { .. } => {}
        shapes::Shape::Line(length) => println!("{length}"),
    }
    let named = shapes::Named::new();
    println!("{text} {} {}", named.name, flow(2));
    let lower_case = lower_case;
    let _ = lower_case;
    CamelCase();
    needless();
}
