use std::alloc::Layout;
fn main() {
    let l = unsafe { Layout::from_size_align_unchecked(8, 3) }; //~ ERROR `Layout::from_size_align_unchecked` requires that align is a power of 2
    println!("{}", l.size());
}
