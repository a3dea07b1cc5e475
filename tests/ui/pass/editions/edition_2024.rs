//@ flags: --edition 2024
use std::cell::RefCell;
struct D(&'static str);
impl Drop for D {
    fn drop(&mut self) {
        println!("drop {}", self.0);
    }
}
impl D {
    fn get(&self) -> Option<u8> {
        if self.0 == "n" { None } else { Some(1) }
    }
    fn v(&self) -> u8 {
        7
    }
}
fn tail() -> usize {
    let c = RefCell::new(vec![1]);
    c.borrow().len()
}
fn tail2() -> u8 {
    let _x = D("local");
    D("temp").v()
}
fn caps<'a>(x: &'a str, y: &str) -> impl Sized {
    (x.len(), y.len())
}

#[unsafe(no_mangle)]
pub extern "C" fn my_sym() -> i32 {
    5
}
fn chain(o: Option<Option<i32>>) -> &'static str {
    if let Some(x) = o
        && let Some(y) = x
        && y > 3
    {
        "big"
    } else if let Some(None) = o {
        "none"
    } else {
        "small"
    }
}
fn main() {
    println!("{}", tail());
    println!("{}", tail2());
    if let Some(_) = D("n").get() {
        println!("some");
    } else {
        println!("else");
    }
    if let Some(_) = D("s").get() {
        println!("some");
    } else {
        println!("else");
    }
    match D("m").get() {
        Some(_) => println!("arm"),
        None => {}
    }
    let r#gen = 3;
    println!("{}", r#gen);
    let _ = caps("a", "b");
    println!(
        "{} {} {}",
        chain(Some(Some(5))),
        chain(Some(None)),
        chain(None)
    );
    for x in [1, 2, 3].into_iter() {
        print!("{x}");
    }
    println!();
    let b: Box<[i32]> = vec![4, 5].into_boxed_slice();
    for x in b {
        print!("{x} ");
    }
    println!();
    while let Some(x) = D("w").get() {
        println!("{x}");
        break;
    }
    let v: Result<u8, std::num::TryFromIntError> = 300u32.try_into();
    println!("{v:?}");
    println!("{}", my_sym());
}
