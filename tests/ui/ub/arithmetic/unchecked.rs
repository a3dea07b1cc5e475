fn main() {
    let x = i32::MAX;
    let y = unsafe { x.unchecked_add(1) }; //~ ERROR overflow
    println!("{y}");
}
