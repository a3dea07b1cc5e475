//! What signatures and paths may not say.
#![allow(dead_code, unused_variables)]

extern "C" {
    fn generic<T>(x: T); //~ ERROR foreign items may not have type parameters
    fn pattern((a, b): (u32, u32)); //~ ERROR patterns aren't allowed in foreign function declarations
    fn printf(format: *const i8, ...) -> i32;
}
extern "Rust" {
    fn variadic(x: u8, ...); //~ ERROR C-variadic functions with the "Rust" calling convention are not supported
}

struct One<'a>(&'a str);
struct Two<'a, 'b>(&'a str, &'b str);
fn counted<'a>(x: One<'a, 'a>) {} //~ ERROR struct takes 1 lifetime argument but 2 lifetime arguments were supplied
fn counted_too<'a>(x: &Two<'a>) {} //~ ERROR struct takes 2 lifetime arguments but 1 lifetime argument was supplied
fn named<'a, 'b, 'a>(x: &'a str, y: &'b str) {} //~ ERROR the name `'a` is already used for a generic parameter
fn object<'a, 'b>(x: Box<dyn Fn() + 'a + 'b>) {} //~ ERROR only a single explicit lifetime bound is permitted

trait Bounded {
    fn bounded<'a, 'b: 'a>(x: &'a str, y: &'b str);
}
impl Bounded for u8 {
    fn bounded<'a, 'b>(x: &'a str, y: &'b str) {} //~ ERROR lifetime parameters do not match the trait definition
}

enum Method {
    Get,
    Post,
}
fn name(method: &Method) -> &'static str {
    match method {
        Get => "get", //~ ERROR pattern binding `Get` is named the same as one of the variants of the type `Method`
    }
}

fn arguments() {
    let a: Vec(u8) = Vec::new(); //~ ERROR parenthesized type parameters may only be used with a `Fn` trait
    let b: Vec<u8, Item = u8> = Vec::new(); //~ ERROR associated item constraints are not allowed here
    unsafe { printf() }; //~ ERROR this function takes at least 1 argument but 0 arguments were supplied
}

fn main() {}
