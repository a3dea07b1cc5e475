fn main() {
    let mut v = Vec::with_capacity(4);
    v.push(1u8);
    unsafe { v.set_len(v.capacity() + 1) }; //~ ERROR unsafe precondition violated: `Vec::set_len` requires that new_len <= capacity()
    println!("{}", v.len());
}
