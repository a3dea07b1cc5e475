enum Void {}
fn main() {
    let x = 3;
    let r: &(i32, Void) = unsafe { std::mem::transmute(&x) }; //~ ERROR encountered a reference pointing to uninhabited type `(i32, Void)`
    let _ = r;
}
