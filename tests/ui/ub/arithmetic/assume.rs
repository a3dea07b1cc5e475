fn small(x: u32) -> bool {
    unsafe { std::hint::assert_unchecked(x < 10) }; //~ ERROR `assume` called with `false`
    x < 10
}
fn main() {
    println!("{}", small(10));
}
