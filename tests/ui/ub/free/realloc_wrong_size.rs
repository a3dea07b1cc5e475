use std::alloc::{alloc, dealloc, realloc, Layout};
fn main() {
    unsafe {
        let p = alloc(Layout::from_size_align(8, 8).unwrap());
        let q = realloc(p, Layout::from_size_align(4, 8).unwrap(), 16); //~ ERROR has size 8 and alignment 8, but gave size 4 and alignment 8
        dealloc(q, Layout::from_size_align(16, 8).unwrap());
    }
}
