use std::alloc::{alloc, dealloc, Layout};
fn main() {
    unsafe {
        let l = Layout::from_size_align(0, 8).unwrap();
        let p = alloc(l); //~ ERROR unsafe precondition violated: a block of the heap must have a size: creating an allocation of size 0
        dealloc(p, l);
    }
}
