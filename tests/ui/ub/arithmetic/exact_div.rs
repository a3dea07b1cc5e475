fn main() {
    let x: i32 = i32::MIN;
    println!("{}", unsafe { x.unchecked_neg() }); //~ ERROR arithmetic overflow in `unchecked_sub`
}
