// The vtable behind a raw pointer is of another trait than the pointer says.
trait Shape {
    fn area(&self) -> i32 {
        1
    }
}
trait Square: Shape {
    fn side(&self) -> i32 {
        2
    }
}
trait Named: Square {
    fn name(&self) -> i32 {
        3
    }
}
impl Shape for i32 {}
impl Square for i32 {}
impl Named for i32 {}

fn main() {
    let named: &dyn Named = &1;
    println!("{} {} {}", named.area(), named.side(), named.name());
    let whole = named as *const dyn Named as *const dyn Shape;
    println!("{}", unsafe { (*whole).area() });
    let _wrong: *const dyn Square = unsafe { std::mem::transmute(named) }; //~ ERROR wrong trait in wide pointer vtable
}
