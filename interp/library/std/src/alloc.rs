//! The heap as programs see it.
//!
//! To add an allocator, implement `GlobalAlloc` for it.

pub use alloc_crate::alloc::*;
use core::intrinsics::host;

/// The machine's own heap.
#[derive(Debug, Default, Copy, Clone)]
pub struct System;

unsafe impl GlobalAlloc for System {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        unsafe { host::system_alloc(layout.size(), layout.align()) }
    }

    unsafe fn dealloc(&self, ptr: *mut u8, layout: Layout) {
        unsafe { host::system_dealloc(ptr, layout.size(), layout.align()) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        unsafe { host::system_alloc_zeroed(layout.size(), layout.align()) }
    }

    unsafe fn realloc(&self, ptr: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
        unsafe { host::system_realloc(ptr, layout.size(), layout.align(), new_size) }
    }
}
