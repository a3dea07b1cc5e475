//! The hash table below maps and sets: open addressing, eight slots looked at a time.
//!
//! Invariants: one block holds `n = mask + 1` slots (a power of two), backwards from `ctrl`, and at
//! `ctrl` a control byte per slot and then the first eight once more (in a table of four: behind
//! four that stay `EMPTY`). A control byte is `EMPTY`, `DELETED`, or the top seven bits of the hash
//! of what is in the slot. Probing goes in steps of 8, 16, 24, ... and ends at an `EMPTY`; at least
//! one slot is. `left` is how many `EMPTY` slots may still be filled. A table without memory has
//! the control bytes `NOTHING`.

use core::intrinsics::{align_of, cttz, host, needs_drop, offset, read_via_copy, size_of, write_via_move};
use core::marker::PhantomData;
use core::ptr;

pub(super) const EMPTY: u8 = 0xff;
const DELETED: u8 = 0x80;
/// How many slots are looked at together.
const GROUP: usize = 8;
/// The top bit of each byte.
const TOPS: u64 = 0x8080_8080_8080_8080;
/// The bottom bit of each byte.
const ONES: u64 = 0x0101_0101_0101_0101;

/// The control bytes of all tables without memory.
#[repr(align(8))]
struct Nothing([u8; 16]);
static NOTHING: Nothing = Nothing([EMPTY; 16]);

pub(super) struct Table<T> {
    ctrl: *const u8,
    mask: usize,
    left: usize,
    items: usize,
    marker: PhantomData<T>,
}

unsafe impl<T: Send> Send for Table<T> {}
unsafe impl<T: Sync> Sync for Table<T> {}

/// How many items `mask + 1` slots may hold.
fn capacity_of(mask: usize) -> usize {
    if mask < 8 {
        mask
    } else {
        (mask + 1) / 8 * 7
    }
}

/// How many slots are needed for `cap` items; none if there can't be so many.
fn slots_for(cap: usize) -> Option<usize> {
    if cap < 4 {
        Some(4)
    } else if cap < 8 {
        Some(8)
    } else {
        cap.checked_mul(8).map(|n| (n / 7).next_power_of_two())
    }
}

/// The eight control bytes at `$at`.
macro_rules! group {
    ($ctrl:expr, $at:expr) => {
        unsafe { ptr::read_unaligned(offset($ctrl, $at) as *const u64) }
    };
}

/// The slot number `$i`.
macro_rules! slot {
    ($table:expr, $i:expr) => {
        offset($table.ctrl as *mut T, -1 - $i as isize)
    };
}

impl<T> Table<T> {
    pub(super) const fn new() -> Table<T> {
        Table { ctrl: &raw const NOTHING as *const u8, mask: 0, left: 0, items: 0, marker: PhantomData }
    }

    #[track_caller]
    pub(super) fn with_capacity(cap: usize) -> Table<T> {
        if cap == 0 {
            return Table::new();
        }
        let slots = match slots_for(cap) {
            Some(slots) => slots,
            None => panic!("Hash table capacity overflow"),
        };
        let size = match slots.checked_mul(size_of::<T>()) {
            Some(size) if size <= isize::MAX as usize - slots - 16 => size,
            _ => panic!("Hash table capacity overflow"),
        };
        unsafe {
            let block = host::alloc(size + slots + GROUP, block_align::<T>());
            if block.is_null() {
                crate::alloc::handle_alloc_error(crate::alloc::Layout::from_size_align_unchecked(
                    size + slots + GROUP,
                    block_align::<T>(),
                ));
            }
            let ctrl = offset(block, size);
            ptr::write_bytes(ctrl, EMPTY, slots + GROUP);
            Table { ctrl, mask: slots - 1, left: capacity_of(slots - 1), items: 0, marker: PhantomData }
        }
    }

    pub(super) fn len(&self) -> usize {
        self.items
    }

    pub(super) fn capacity(&self) -> usize {
        self.items + self.left
    }

    /// Whether there is a block of memory. (A table without one has no room left and one slot.)
    fn has_block(&self) -> bool {
        self.mask != 0
    }

    /// The item at `i`.
    pub(super) unsafe fn at(&self, i: usize) -> *mut T {
        unsafe { slot!(self, i) }
    }

    /// Where the item is that has this hash and for which `eq` says so.
    pub(super) fn find<F: FnMut(&T) -> bool>(&self, hash: u64, mut eq: F) -> Option<usize> {
        let ctrl = self.ctrl;
        let mask = self.mask;
        let tag = (hash >> 57) * ONES;
        let mut pos = hash as usize & mask;
        let mut stride = 0;
        loop {
            let bytes = group!(ctrl, pos);
            let differ = bytes ^ tag;
            let mut matches = core::intrinsics::wrapping_sub(differ, ONES) & !differ & TOPS;
            while matches != 0 {
                let i = (pos + (cttz(matches) / 8) as usize) & mask;
                if eq(unsafe { &*slot!(self, i) }) {
                    return Some(i);
                }
                matches = matches & (matches - 1);
            }
            if bytes & (bytes << 1) & TOPS != 0 {
                return None;
            }
            stride += GROUP;
            pos = (pos + stride) & mask;
        }
    }

    /// A slot that is free for this hash.
    fn free_slot(&self, hash: u64) -> usize {
        let mask = self.mask;
        let mut pos = hash as usize & mask;
        let mut stride = 0;
        loop {
            let free = group!(self.ctrl, pos) & TOPS;
            if free != 0 {
                let i = (pos + (cttz(free) / 8) as usize) & mask;
                if unsafe { *offset(self.ctrl, i) } & DELETED != 0 {
                    return i;
                }
                return (cttz(group!(self.ctrl, 0usize) & TOPS) / 8) as usize;
            }
            stride += GROUP;
            pos = (pos + stride) & mask;
        }
    }

    unsafe fn set_ctrl(&mut self, i: usize, byte: u8) {
        unsafe {
            *offset(self.ctrl as *mut u8, i) = byte;
            let mirror = (core::intrinsics::wrapping_sub(i, GROUP) & self.mask) + GROUP;
            *offset(self.ctrl as *mut u8, mirror) = byte;
        }
    }

    /// Adds an item whose like is not there; returns where it is.
    pub(super) fn insert<F: FnMut(&T) -> u64>(&mut self, hash: u64, value: T, hasher: F) -> usize {
        let mut i = self.free_slot(hash);
        let mut old = unsafe { *offset(self.ctrl, i) };
        if self.left == 0 && old & 1 != 0 {
            self.reserve(1, hasher);
            i = self.free_slot(hash);
            old = unsafe { *offset(self.ctrl, i) };
        }
        self.left -= (old & 1) as usize;
        self.items += 1;
        unsafe {
            self.set_ctrl(i, (hash >> 57) as u8);
            write_via_move(slot!(self, i), value);
        }
        i
    }

    /// Takes the item at `i` out.
    pub(super) unsafe fn remove(&mut self, i: usize) -> T {
        unsafe {
            self.erase(i);
            read_via_copy(slot!(self, i) as *const T)
        }
    }

    /// Marks slot `i` as free: as `EMPTY` if no probe can have passed over it.
    unsafe fn erase(&mut self, i: usize) {
        let before = core::intrinsics::wrapping_sub(i, GROUP) & self.mask;
        let empty_before = group!(self.ctrl, before);
        let empty_before = empty_before & (empty_before << 1) & TOPS;
        let empty_after = group!(self.ctrl, i);
        let empty_after = empty_after & (empty_after << 1) & TOPS;
        let full_run = (empty_before.leading_zeros() / 8 + empty_after.trailing_zeros() / 8) as usize;
        let byte = if full_run >= GROUP {
            DELETED
        } else {
            self.left += 1;
            EMPTY
        };
        self.items -= 1;
        unsafe { self.set_ctrl(i, byte) };
    }

    /// Makes room for `additional` more items.
    #[track_caller]
    pub(super) fn reserve<F: FnMut(&T) -> u64>(&mut self, additional: usize, hasher: F) {
        if additional <= self.left {
            return;
        }
        let wanted = match self.items.checked_add(additional) {
            Some(wanted) => wanted,
            None => panic!("Hash table capacity overflow"),
        };
        let full = capacity_of(self.mask);
        if wanted <= full / 2 {
            self.resize(full, hasher);
        } else {
            self.resize(if wanted > full { wanted } else { full + 1 }, hasher);
        }
    }

    pub(super) fn shrink_to<F: FnMut(&T) -> u64>(&mut self, min: usize, hasher: F) {
        let wanted = if self.items > min { self.items } else { min };
        if wanted == 0 {
            *self = Table::new();
            return;
        }
        match slots_for(wanted) {
            Some(slots) if slots < self.mask + 1 => self.resize(wanted, hasher),
            _ => {}
        }
    }

    /// Moves all items to a new block with room for `cap`.
    #[track_caller]
    fn resize<F: FnMut(&T) -> u64>(&mut self, cap: usize, mut hasher: F) {
        let mut new: Table<T> = Table::with_capacity(cap);
        let mut walk = self.walk();
        loop {
            let i = walk.next();
            if i == usize::MAX {
                break;
            }
            unsafe {
                let from = slot!(self, i);
                let hash = hasher(&*from);
                let to = new.free_slot(hash);
                new.set_ctrl(to, (hash >> 57) as u8);
                ptr::copy_nonoverlapping(from as *const T, slot!(new, to), 1);
            }
        }
        new.left -= self.items;
        new.items = self.items;
        self.items = 0;
        core::mem::swap(self, &mut new);
    }

    /// The numbers of the slots that are taken.
    pub(super) fn walk(&self) -> Walk {
        Walk { ctrl: self.ctrl, base: 0, full: !group!(self.ctrl, 0usize) & TOPS, items: self.items }
    }

    /// The end of the slots: item `i` is `i + 1` before it.
    pub(super) fn slots(&self) -> *mut T {
        self.ctrl as *mut T
    }

    /// Says that the table is empty; a walk that has begun still finds the items.
    pub(super) fn hide_items(&mut self) {
        self.items = 0;
    }

    pub(super) fn clear(&mut self) {
        if self.items == 0 && !self.has_block() {
            return;
        }
        self.drop_items();
        self.forget_items();
    }

    /// The table is empty, whatever is in its slots.
    pub(super) fn forget_items(&mut self) {
        self.items = 0;
        if self.has_block() {
            unsafe { ptr::write_bytes(self.ctrl as *mut u8, EMPTY, self.mask + 1 + GROUP) };
            self.left = capacity_of(self.mask);
        }
    }

    fn drop_items(&mut self) {
        if needs_drop::<T>() && self.items != 0 {
            let walk = self.walk();
            unsafe { drop_walk::<T>(walk, self.ctrl) };
        }
    }

    unsafe fn free(&mut self) {
        if self.has_block() {
            let slots = self.mask + 1;
            let size = slots * size_of::<T>();
            unsafe {
                let block = offset(self.ctrl as *mut u8, -(size as isize));
                host::dealloc(block, size + slots + GROUP, block_align::<T>());
            }
        }
    }
}

impl<T: Clone> Clone for Table<T> {
    fn clone(&self) -> Table<T> {
        if self.items == 0 && !self.has_block() {
            return Table::new();
        }
        let mut new: Table<T> = Table::with_capacity(capacity_of(self.mask));
        let mut walk = self.walk();
        loop {
            let i = walk.next();
            if i == usize::MAX {
                break;
            }
            unsafe {
                let value = T::clone(&*slot!(self, i));
                write_via_move(slot!(new, i), value);
                new.set_ctrl(i, *offset(self.ctrl, i));
                new.items += 1;
            }
        }
        unsafe { ptr::copy_nonoverlapping(self.ctrl, new.ctrl as *mut u8, self.mask + 1 + GROUP) };
        new.left = self.left;
        new
    }
}

/// The alignment of a block: control bytes lie behind the items, which need at most this.
fn block_align<T>() -> usize {
    if align_of::<T>() > GROUP {
        align_of::<T>()
    } else {
        GROUP
    }
}

/// Drops the items a walk still has, also when a `drop` unwinds.
pub(super) unsafe fn drop_walk<T>(walk: Walk, ctrl: *const u8) {
    struct Rest<T>(Walk, *const u8, PhantomData<T>);
    impl<T> Rest<T> {
        fn run(&mut self) {
            loop {
                let i = self.0.next();
                if i == usize::MAX {
                    return;
                }
                unsafe { ptr::drop_in_place(offset(self.1 as *mut T, -1 - i as isize)) };
            }
        }
    }
    impl<T> Drop for Rest<T> {
        fn drop(&mut self) {
            self.run();
        }
    }
    let mut rest: Rest<T> = Rest(walk, ctrl, PhantomData);
    rest.run();
}

unsafe impl<#[may_dangle] T> Drop for Table<T> {
    fn drop(&mut self) {
        struct Free<'a, T>(&'a mut Table<T>);
        impl<T> Drop for Free<'_, T> {
            fn drop(&mut self) {
                unsafe { self.0.free() };
            }
        }
        let free = Free(self);
        free.0.drop_items();
    }
}

/// The numbers of the slots that are taken, in rising order.
#[derive(Clone)]
pub(super) struct Walk {
    ctrl: *const u8,
    base: usize,
    full: u64,
    items: usize,
}

impl Walk {
    /// A walk that is at its end.
    pub(super) const fn done() -> Walk {
        Walk { ctrl: ptr::null(), base: 0, full: 0, items: 0 }
    }

    pub(super) fn len(&self) -> usize {
        self.items
    }

    /// The next number, or `usize::MAX`.
    pub(super) fn next(&mut self) -> usize {
        if self.items == 0 {
            return usize::MAX;
        }
        self.items -= 1;
        let mut full = self.full;
        while full == 0 {
            self.base += GROUP;
            full = !group!(self.ctrl, self.base) & TOPS;
        }
        self.full = full & (full - 1);
        self.base + (cttz(full) / 8) as usize
    }
}

/// All items of a table, by move; the block is freed in the end.
pub(super) struct Drainer<T> {
    table: Table<T>,
    walk: Walk,
}

impl<T> Drainer<T> {
    pub(super) fn new(mut table: Table<T>) -> Drainer<T> {
        let walk = table.walk();
        table.items = 0;
        Drainer { table, walk }
    }

    pub(super) fn len(&self) -> usize {
        self.walk.items
    }

    pub(super) fn next(&mut self) -> Option<T> {
        let i = self.walk.next();
        if i == usize::MAX {
            return None;
        }
        Some(unsafe { read_via_copy(slot!(self.table, i) as *const T) })
    }

    /// The slots that are still taken, and the table they are in.
    pub(super) fn rest(&self) -> (Walk, &Table<T>) {
        (self.walk.clone(), &self.table)
    }
}

impl<T> Drop for Drainer<T> {
    fn drop(&mut self) {
        if needs_drop::<T>() && self.walk.items != 0 {
            unsafe { drop_walk::<T>(self.walk.clone(), self.table.ctrl) };
        }
    }
}
