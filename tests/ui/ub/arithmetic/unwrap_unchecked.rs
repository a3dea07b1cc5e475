fn main() {
    let x: Option<i32> = None;
    println!("{}", unsafe { x.unwrap_unchecked() }); //~ ERROR entering unreachable code
}
