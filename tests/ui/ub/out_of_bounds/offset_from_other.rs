fn main() {
    let (a, b) = ([1u32], [2u32]);
    println!("{}", unsafe { a.as_ptr().offset_from(b.as_ptr()) }); //~ ERROR `ptr_offset_from` called on two different pointers that are not both derived from the same allocation
}
