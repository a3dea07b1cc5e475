use std::fmt::Debug;
fn main() {
    let x = 3;
    let d: Option<&dyn Debug> = unsafe { std::mem::transmute((&raw const x, 16usize)) }; //~ ERROR expected a vtable pointer
    println!("{}", d.is_some());
}
