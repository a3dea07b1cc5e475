//! The methods of `VecDeque` that insert, remove and move values about.
//!
//! Values move one slot at a time, from the side with fewer of them. To add a method, keep the
//! queue whole while a caller's closure runs.

use super::{slot, VecDeque};
use core::intrinsics::{copy, copy_nonoverlapping, offset, read_via_copy, write_via_move};
use core::ptr;

impl<T> VecDeque<T> {
    /// Copies the value in slot number `from` to slot number `to`.
    pub(super) unsafe fn shift(&mut self, from: usize, to: usize) {
        let base = self.ptr as *mut T;
        unsafe { copy_nonoverlapping(offset(base as *const T, slot!(self, from)), offset(base, slot!(self, to)), 1) };
    }

    #[track_caller]
    pub fn insert(&mut self, index: usize, value: T) {
        assert!(index <= self.len(), "index out of bounds");
        if self.len == self.cap.0 {
            self.grow(1);
        }
        let len = self.len;
        unsafe {
            if len - index < index {
                let mut i = len;
                while i > index {
                    self.shift(i - 1, i);
                    i -= 1;
                }
            } else {
                self.head = if self.head == 0 { self.cap.0 - 1 } else { self.head - 1 };
                let mut i = 0;
                while i < index {
                    self.shift(i + 1, i);
                    i += 1;
                }
            }
            write_via_move(offset(self.ptr as *mut T, slot!(self, index)), value);
        }
        self.len = len + 1;
    }

    #[track_caller]
    pub fn insert_mut(&mut self, index: usize, value: T) -> &mut T {
        self.insert(index, value);
        unsafe { &mut *offset(self.ptr as *mut T, slot!(self, index)) }
    }

    pub fn remove(&mut self, index: usize) -> Option<T> {
        let len = self.len;
        if index >= len {
            return None;
        }
        unsafe {
            let value = read_via_copy(offset(self.ptr, slot!(self, index)));
            if len - index - 1 < index {
                let mut i = index;
                while i + 1 < len {
                    self.shift(i + 1, i);
                    i += 1;
                }
            } else {
                let mut i = index;
                while i > 0 {
                    self.shift(i - 1, i);
                    i -= 1;
                }
                self.head = slot!(self, 1);
            }
            self.len = len - 1;
            Some(value)
        }
    }

    pub fn swap_remove_front(&mut self, index: usize) -> Option<T> {
        if index >= self.len {
            return None;
        }
        self.swap(index, 0);
        self.pop_front()
    }

    pub fn swap_remove_back(&mut self, index: usize) -> Option<T> {
        let len = self.len;
        if index >= len {
            return None;
        }
        self.swap(index, len - 1);
        self.pop_back()
    }

    #[track_caller]
    pub fn split_off(&mut self, at: usize) -> VecDeque<T> {
        let len = self.len;
        assert!(at <= len, "`at` out of bounds");
        let mut other = VecDeque::with_capacity(len - at);
        let mut i = at;
        while i < len {
            other.push_back(unsafe { read_via_copy(offset(self.ptr, slot!(self, i))) });
            i += 1;
        }
        self.len = at;
        other
    }

    pub fn append(&mut self, other: &mut VecDeque<T>) {
        self.reserve(other.len);
        while let Some(value) = other.pop_front() {
            self.push_back(value);
        }
        other.head = 0;
    }

    pub fn retain<F: FnMut(&T) -> bool>(&mut self, mut f: F) {
        self.retain_mut(|elem| f(elem));
    }

    pub fn retain_mut<F: FnMut(&mut T) -> bool>(&mut self, mut f: F) {
        let len = self.len;
        let mut kept = 0;
        let mut i = 0;
        while i < len {
            if f(&mut self[i]) {
                if kept != i {
                    self.swap(kept, i);
                }
                kept += 1;
            }
            i += 1;
        }
        self.truncate(kept);
    }

    pub fn resize_with(&mut self, new_len: usize, mut generator: impl FnMut() -> T) {
        if new_len <= self.len {
            self.truncate(new_len);
            return;
        }
        self.reserve(new_len - self.len);
        while self.len < new_len {
            self.push_back(generator());
        }
    }

    pub fn resize(&mut self, new_len: usize, value: T)
    where
        T: Clone,
    {
        if new_len <= self.len {
            self.truncate(new_len);
            return;
        }
        self.reserve(new_len - self.len);
        while self.len + 1 < new_len {
            self.push_back(value.clone());
        }
        self.push_back(value);
    }

    /// Moves the values to the start of the buffer.
    pub(super) fn to_start(&mut self) {
        self.make_contiguous();
        if self.head != 0 {
            let base = self.ptr as *mut T;
            unsafe { copy(offset(base as *const T, self.head), base, self.len) };
            self.head = 0;
        }
    }

    pub fn make_contiguous(&mut self) -> &mut [T] {
        let cap = self.cap.0;
        let base = self.ptr as *mut T;
        unsafe {
            if self.head + self.len > cap {
                let front = cap - self.head;
                let wrapped = self.len - front;
                if cap - self.len >= front {
                    copy(base as *const T, offset(base, front), wrapped);
                    copy_nonoverlapping(offset(base as *const T, self.head), base, front);
                    self.head = 0;
                } else {
                    let gap = self.head - wrapped;
                    if gap != 0 {
                        copy(offset(base as *const T, self.head), offset(base, wrapped), front);
                    }
                    let all = ptr::slice_from_raw_parts_mut(base, self.len);
                    (*all).rotate_left(wrapped);
                    self.head = 0;
                }
            }
            &mut *ptr::slice_from_raw_parts_mut(offset(base, self.head), self.len)
        }
    }

    #[track_caller]
    pub fn rotate_left(&mut self, n: usize) {
        assert!(n <= self.len());
        let mut i = 0;
        if n <= self.len - n {
            while i < n {
                self.front_to_back();
                i += 1;
            }
        } else {
            while i < self.len - n {
                self.back_to_front();
                i += 1;
            }
        }
    }

    #[track_caller]
    pub fn rotate_right(&mut self, n: usize) {
        assert!(n <= self.len());
        self.rotate_left(self.len - n);
    }

    fn front_to_back(&mut self) {
        if let Some(value) = self.pop_front() {
            self.push_back(value);
        }
    }

    fn back_to_front(&mut self) {
        if let Some(value) = self.pop_back() {
            self.push_front(value);
        }
    }
}
