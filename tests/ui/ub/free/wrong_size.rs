use std::alloc::{alloc, dealloc, Layout};
fn main() {
    unsafe {
        let p = alloc(Layout::from_size_align(8, 8).unwrap());
        dealloc(p, Layout::from_size_align(16, 8).unwrap()); //~ ERROR has size 8 and alignment 8, but gave size 16 and alignment 8
    }
}
