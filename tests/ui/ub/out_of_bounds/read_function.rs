fn main() {
    let code = main as fn() as *const u8;
    println!("{}", unsafe { *code }); //~ ERROR which contains a function
}
