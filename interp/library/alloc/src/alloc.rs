//! The heap: `alloc`, `dealloc`, `realloc`, `alloc_zeroed` and what happens when memory is out.
//!
//! Invariant: a block is given back with the size and alignment it was asked with; the machine
//! reports anything else. To add an allocator function, build it on `core::intrinsics::host`.

pub use core::alloc::*;
use core::intrinsics::{host, precondition_violated};

/// A new block of `layout`, uninitialised; null if memory is out.
pub unsafe fn alloc(layout: Layout) -> *mut u8 {
    unsafe { require_size(layout.size()) };
    unsafe { host::alloc(layout.size(), layout.align()) }
}

/// Frees the block `ptr` that was allocated with `layout`.
pub unsafe fn dealloc(ptr: *mut u8, layout: Layout) {
    unsafe { host::dealloc(ptr, layout.size(), layout.align()) }
}

/// Moves the block `ptr` of `layout` to one of `new_size` bytes.
pub unsafe fn realloc(ptr: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
    unsafe { require_size(new_size) };
    unsafe { host::realloc(ptr, layout.size(), layout.align(), new_size) }
}

/// As `alloc`, filled with zeros.
pub unsafe fn alloc_zeroed(layout: Layout) -> *mut u8 {
    unsafe { require_size(layout.size()) };
    unsafe { host::alloc_zeroed(layout.size(), layout.align()) }
}

/// A block has at least one byte.
unsafe fn require_size(size: usize) {
    if size == 0 {
        unsafe { precondition_violated("a block of the heap must have a size: creating an allocation of size 0") }
    }
}

/// Ends the program because memory is out.
pub fn handle_alloc_error(layout: Layout) -> ! {
    core::panicking::panic_nounwind_fmt(
        format_args!("memory allocation of {} bytes failed", layout.size()),
        false,
    )
}
