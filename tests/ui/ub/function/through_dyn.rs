trait A { fn a(&self) -> u8; }
trait B { fn b(&self) -> u8; }
impl A for u8 { fn a(&self) -> u8 { 1 } }
impl B for u8 { fn b(&self) -> u8 { 2 } }
fn main() {
    let a: &dyn A = &3u8;
    let b: &dyn B = unsafe { std::mem::transmute(a) }; //~ ERROR wrong trait in wide pointer vtable: expected `B`, but encountered `A`
    println!("{} {}", a.a(), b.b());
}
