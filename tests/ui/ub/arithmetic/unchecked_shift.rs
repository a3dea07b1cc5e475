fn main() {
    let by = 32u32;
    println!("{}", unsafe { 1u32.unchecked_shl(by) }); //~ ERROR overflowing shift by 32 in `unchecked_shl`
}
