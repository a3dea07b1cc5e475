//! `#[global_allocator]`: the whole heap goes through the program's own allocator.
use std::alloc::{alloc, dealloc, realloc, GlobalAlloc, Layout, System};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

struct Counting {
    blocks: AtomicUsize,
    bytes: AtomicUsize,
    calls: AtomicUsize,
}

unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        self.blocks.fetch_add(1, Relaxed);
        self.bytes.fetch_add(layout.size(), Relaxed);
        self.calls.fetch_add(1, Relaxed);
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        self.blocks.fetch_sub(1, Relaxed);
        self.bytes.fetch_sub(layout.size(), Relaxed);
        unsafe { System.dealloc(block, layout) }
    }
}

#[global_allocator]
static HEAP: Counting =
    Counting { blocks: AtomicUsize::new(0), bytes: AtomicUsize::new(0), calls: AtomicUsize::new(0) };

/// What `work` leaves behind: blocks and bytes.
fn kept<T>(work: impl FnOnce() -> T) -> (isize, isize, T) {
    let (blocks, bytes) = (HEAP.blocks.load(Relaxed), HEAP.bytes.load(Relaxed));
    let made = work();
    let now = (HEAP.blocks.load(Relaxed), HEAP.bytes.load(Relaxed));
    (now.0 as isize - blocks as isize, now.1 as isize - bytes as isize, made)
}

fn main() {
    let (blocks, bytes, boxed) = kept(|| Box::new(5u64));
    println!("{blocks} {bytes} {boxed}");
    let (blocks, bytes, _) = kept(|| drop(boxed));
    println!("{blocks} {bytes}");
    let (blocks, bytes, vec) = kept(|| Vec::<u32>::with_capacity(10));
    println!("{blocks} {bytes} {}", vec.capacity());
    let (blocks, bytes, mut text) = kept(|| String::from("twelve bytes"));
    println!("{blocks} {bytes}");
    let (blocks, _, _) = kept(|| text.push_str(" and more, so that it grows"));
    println!("{blocks} {}", text.capacity() >= text.len());
    let (blocks, _, shared) = kept(|| Rc::new([1u8; 100]));
    println!("{blocks} {}", shared.len());
    let (blocks, _, map) = kept(|| (0..5).map(|i| (i, i * i)).collect::<BTreeMap<u32, u32>>());
    println!("{blocks} {}", map.len());
    let (blocks, bytes, ()) = kept(|| unsafe {
        let layout = Layout::from_size_align(48, 16).unwrap();
        let block = realloc(alloc(layout), layout, 96);
        dealloc(block, Layout::from_size_align(96, 16).unwrap());
    });
    println!("{blocks} {bytes}");
    let before = HEAP.calls.load(Relaxed);
    let zeros = vec![0u8; 32];
    println!("{} {}", HEAP.calls.load(Relaxed) - before, zeros[31]);
}
