//! The heap as programs see it.
//!
//! To add an allocator, implement `GlobalAlloc` for it.

pub use alloc_crate::alloc::*;

/// The machine's own heap.
#[derive(Debug, Default, Copy, Clone)]
pub struct System;

unsafe impl GlobalAlloc for System {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        unsafe { alloc_crate::alloc::alloc(layout) }
    }

    unsafe fn dealloc(&self, ptr: *mut u8, layout: Layout) {
        unsafe { alloc_crate::alloc::dealloc(ptr, layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        unsafe { alloc_crate::alloc::alloc_zeroed(layout) }
    }

    unsafe fn realloc(&self, ptr: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
        unsafe { alloc_crate::alloc::realloc(ptr, layout, new_size) }
    }
}
