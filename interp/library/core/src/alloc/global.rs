//! The trait of a program's allocator.

use crate::alloc::Layout;
use crate::ptr;

/// An allocator that can be made the program's own.
pub unsafe trait GlobalAlloc {
    /// A new block, or null.
    unsafe fn alloc(&self, layout: Layout) -> *mut u8;

    /// Gives a block back.
    unsafe fn dealloc(&self, ptr: *mut u8, layout: Layout);

    /// A new block of zeros, or null.
    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        let size = layout.size();
        unsafe {
            let ptr = self.alloc(layout);
            if !ptr.is_null() {
                ptr::write_bytes(ptr, 0, size);
            }
            ptr
        }
    }

    /// A block of another size with the same contents, or null.
    unsafe fn realloc(&self, ptr: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
        unsafe {
            let new_layout = Layout::from_size_align_unchecked(new_size, layout.align());
            let new_ptr = self.alloc(new_layout);
            if !new_ptr.is_null() {
                let count = if layout.size() < new_size { layout.size() } else { new_size };
                ptr::copy_nonoverlapping(ptr as *const u8, new_ptr, count);
                self.dealloc(ptr, layout);
            }
            new_ptr
        }
    }
}
