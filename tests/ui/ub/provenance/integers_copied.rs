//! An array of integers that was made of references holds addresses only.
fn main() {
    let x = 5;
    let ints: [usize; 3] = unsafe { std::mem::transmute([&x, &x, &x]) };
    let back: [&i32; 3] = unsafe { std::mem::transmute(ints) }; //~ ERROR constructing invalid value of type [&i32; 3]: at [0], encountered a dangling reference
    println!("{}", back[0]);
}
