//! `LinkedList`: a doubly linked list.
//!
//! Invariants: every node is a box of its own that the list owns; `head` and `tail` are both null or
//! neither; `len` is their number.

use crate::boxed::Box;
use core::cmp::Ordering;
use core::fmt;
use core::hash::{Hash, Hasher};
use core::iter::FusedIterator;
use core::marker::PhantomData;
use core::mem;
use core::ptr;

/// A doubly linked list.
pub struct LinkedList<T> {
    head: *mut Node<T>,
    tail: *mut Node<T>,
    len: usize,
    marker: PhantomData<Box<Node<T>>>,
}

struct Node<T> {
    next: *mut Node<T>,
    prev: *mut Node<T>,
    element: T,
}

unsafe impl<T: Send> Send for LinkedList<T> {}
unsafe impl<T: Sync> Sync for LinkedList<T> {}

impl<T> LinkedList<T> {
    pub const fn new() -> LinkedList<T> {
        LinkedList { head: ptr::null_mut(), tail: ptr::null_mut(), len: 0, marker: PhantomData }
    }

    pub fn len(&self) -> usize {
        self.len
    }

    pub fn is_empty(&self) -> bool {
        self.head.is_null()
    }

    pub fn clear(&mut self) {
        drop(mem::take(self));
    }

    pub fn contains(&self, x: &T) -> bool
    where
        T: PartialEq<T>,
    {
        self.iter().any(|e| e == x)
    }

    pub fn front(&self) -> Option<&T> {
        if self.head.is_null() {
            return None;
        }
        Some(unsafe { &(*self.head).element })
    }

    pub fn front_mut(&mut self) -> Option<&mut T> {
        if self.head.is_null() {
            return None;
        }
        Some(unsafe { &mut (*self.head).element })
    }

    pub fn back(&self) -> Option<&T> {
        if self.tail.is_null() {
            return None;
        }
        Some(unsafe { &(*self.tail).element })
    }

    pub fn back_mut(&mut self) -> Option<&mut T> {
        if self.tail.is_null() {
            return None;
        }
        Some(unsafe { &mut (*self.tail).element })
    }

    pub fn push_front(&mut self, elt: T) {
        let node = Box::into_raw(Box::new(Node { next: self.head, prev: ptr::null_mut(), element: elt }));
        if self.head.is_null() {
            self.tail = node;
        } else {
            unsafe { (*self.head).prev = node };
        }
        self.head = node;
        self.len += 1;
    }

    pub fn push_front_mut(&mut self, elt: T) -> &mut T {
        self.push_front(elt);
        unsafe { &mut (*self.head).element }
    }

    pub fn push_back(&mut self, elt: T) {
        let node = Box::into_raw(Box::new(Node { next: ptr::null_mut(), prev: self.tail, element: elt }));
        if self.tail.is_null() {
            self.head = node;
        } else {
            unsafe { (*self.tail).next = node };
        }
        self.tail = node;
        self.len += 1;
    }

    pub fn push_back_mut(&mut self, elt: T) -> &mut T {
        self.push_back(elt);
        unsafe { &mut (*self.tail).element }
    }

    pub fn pop_front(&mut self) -> Option<T> {
        if self.head.is_null() {
            return None;
        }
        Some(unsafe { self.unlink(self.head) })
    }

    pub fn pop_back(&mut self) -> Option<T> {
        if self.tail.is_null() {
            return None;
        }
        Some(unsafe { self.unlink(self.tail) })
    }

    /// Takes a node of this list out; returns its value.
    unsafe fn unlink(&mut self, node: *mut Node<T>) -> T {
        unsafe {
            let node = *Box::from_raw(node);
            if node.prev.is_null() {
                self.head = node.next;
            } else {
                (*node.prev).next = node.next;
            }
            if node.next.is_null() {
                self.tail = node.prev;
            } else {
                (*node.next).prev = node.prev;
            }
            self.len -= 1;
            node.element
        }
    }

    pub fn append(&mut self, other: &mut LinkedList<T>) {
        if self.tail.is_null() {
            mem::swap(self, other);
        } else if !other.head.is_null() {
            unsafe {
                (*self.tail).next = other.head;
                (*other.head).prev = self.tail;
            }
            self.tail = other.tail;
            self.len += other.len;
            other.head = ptr::null_mut();
            other.tail = ptr::null_mut();
            other.len = 0;
        }
    }

    /// The node number `at`, counted from the nearer end.
    fn node_at(&self, at: usize) -> *mut Node<T> {
        unsafe {
            let mut node;
            if at <= self.len / 2 {
                node = self.head;
                let mut i = 0;
                while i < at {
                    node = (*node).next;
                    i += 1;
                }
            } else {
                node = self.tail;
                let mut i = self.len - 1;
                while i > at {
                    node = (*node).prev;
                    i -= 1;
                }
            }
            node
        }
    }

    #[track_caller]
    pub fn split_off(&mut self, at: usize) -> LinkedList<T> {
        let len = self.len();
        assert!(at <= len, "Cannot split off at a nonexistent index");
        if at == 0 {
            return mem::take(self);
        }
        if at == len {
            return LinkedList::new();
        }
        let last = self.node_at(at - 1);
        unsafe {
            let first = (*last).next;
            (*last).next = ptr::null_mut();
            (*first).prev = ptr::null_mut();
            let rest = LinkedList { head: first, tail: self.tail, len: len - at, marker: PhantomData };
            self.tail = last;
            self.len = at;
            rest
        }
    }

    #[unstable(feature = "linked_list_remove")]
    #[track_caller]
    pub fn remove(&mut self, at: usize) -> T {
        let len = self.len();
        assert!(at < len, "Cannot remove at an index outside of the list bounds");
        unsafe { self.unlink(self.node_at(at)) }
    }

    #[unstable(feature = "linked_list_retain")]
    pub fn retain<F: FnMut(&T) -> bool>(&mut self, mut f: F) {
        self.retain_mut(|elem| f(elem));
    }

    pub fn retain_mut<F: FnMut(&mut T) -> bool>(&mut self, mut f: F) {
        let mut node = self.head;
        while !node.is_null() {
            unsafe {
                let next = (*node).next;
                if !f(&mut (*node).element) {
                    drop(self.unlink(node));
                }
                node = next;
            }
        }
    }

    pub fn extract_if<F: FnMut(&mut T) -> bool>(&mut self, filter: F) -> ExtractIf<'_, T, F> {
        let node = self.head;
        ExtractIf { list: self, node, pred: filter }
    }

    pub fn iter(&self) -> Iter<'_, T> {
        Iter { head: self.head, tail: self.tail, len: self.len, marker: PhantomData }
    }

    pub fn iter_mut(&mut self) -> IterMut<'_, T> {
        IterMut { head: self.head, tail: self.tail, len: self.len, marker: PhantomData }
    }
}

unsafe impl<#[may_dangle] T> Drop for LinkedList<T> {
    fn drop(&mut self) {
        /// Drops what is left when a value's `drop` unwinds.
        struct Rest<'a, T>(&'a mut LinkedList<T>);
        impl<T> Drop for Rest<'_, T> {
            fn drop(&mut self) {
                while self.0.pop_front().is_some() {}
            }
        }
        let rest = Rest(self);
        while rest.0.pop_front().is_some() {}
        mem::forget(rest);
    }
}

/// Shared references, front to back.
pub struct Iter<'a, T: 'a> {
    head: *mut Node<T>,
    tail: *mut Node<T>,
    len: usize,
    marker: PhantomData<&'a Node<T>>,
}

/// Mutable references, front to back.
pub struct IterMut<'a, T: 'a> {
    head: *mut Node<T>,
    tail: *mut Node<T>,
    len: usize,
    marker: PhantomData<&'a mut Node<T>>,
}

unsafe impl<T: Sync> Send for Iter<'_, T> {}
unsafe impl<T: Sync> Sync for Iter<'_, T> {}
unsafe impl<T: Send> Send for IterMut<'_, T> {}
unsafe impl<T: Sync> Sync for IterMut<'_, T> {}

macro_rules! node_iter {
    ($name:ident, $item:ty, $node:ident => $make:expr) => {
        impl<'a, T> Iterator for $name<'a, T> {
            type Item = $item;

            fn next(&mut self) -> Option<$item> {
                if self.len == 0 {
                    return None;
                }
                self.len -= 1;
                let $node = self.head;
                unsafe {
                    self.head = (*$node).next;
                    Some($make)
                }
            }

            fn size_hint(&self) -> (usize, Option<usize>) {
                (self.len, Some(self.len))
            }
        }

        impl<'a, T> DoubleEndedIterator for $name<'a, T> {
            fn next_back(&mut self) -> Option<$item> {
                if self.len == 0 {
                    return None;
                }
                self.len -= 1;
                let $node = self.tail;
                unsafe {
                    self.tail = (*$node).prev;
                    Some($make)
                }
            }
        }

        impl<T> ExactSizeIterator for $name<'_, T> {}
        impl<T> FusedIterator for $name<'_, T> {}

        impl<T: fmt::Debug> fmt::Debug for $name<'_, T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let rest: Iter<'_, T> = Iter { head: self.head, tail: self.tail, len: self.len, marker: PhantomData };
                f.debug_tuple(stringify!($name)).field(&Shown(rest)).field(&self.len).finish()
            }
        }
    };
}

node_iter!(Iter, &'a T, node => &(*node).element);
node_iter!(IterMut, &'a mut T, node => &mut (*node).element);

/// A list of what an iterator still has.
struct Shown<'a, T>(Iter<'a, T>);

impl<T: fmt::Debug> fmt::Debug for Shown<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.clone()).finish()
    }
}

impl<T> Clone for Iter<'_, T> {
    fn clone(&self) -> Self {
        Iter { head: self.head, tail: self.tail, len: self.len, marker: PhantomData }
    }
}

/// The values, front to back.
#[derive(Clone)]
pub struct IntoIter<T> {
    list: LinkedList<T>,
}

impl<T> Iterator for IntoIter<T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        self.list.pop_front()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.list.len, Some(self.list.len))
    }
}

impl<T> DoubleEndedIterator for IntoIter<T> {
    fn next_back(&mut self) -> Option<T> {
        self.list.pop_back()
    }
}

impl<T> ExactSizeIterator for IntoIter<T> {}
impl<T> FusedIterator for IntoIter<T> {}

impl<T: fmt::Debug> fmt::Debug for IntoIter<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("IntoIter").field(&self.list).finish()
    }
}

/// The values a closure picks, taken out.
pub struct ExtractIf<'a, T: 'a, F: 'a> {
    list: &'a mut LinkedList<T>,
    node: *mut Node<T>,
    pred: F,
}

impl<T, F: FnMut(&mut T) -> bool> Iterator for ExtractIf<'_, T, F> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        while !self.node.is_null() {
            let node = self.node;
            unsafe {
                self.node = (*node).next;
                if (self.pred)(&mut (*node).element) {
                    return Some(self.list.unlink(node));
                }
            }
        }
        None
    }
}

impl<T> Default for LinkedList<T> {
    fn default() -> LinkedList<T> {
        LinkedList::new()
    }
}

impl<T: Clone> Clone for LinkedList<T> {
    fn clone(&self) -> LinkedList<T> {
        let mut list = LinkedList::new();
        for value in self.iter() {
            list.push_back(value.clone());
        }
        list
    }
}

impl<T: PartialEq> PartialEq for LinkedList<T> {
    fn eq(&self, other: &LinkedList<T>) -> bool {
        self.len() == other.len() && self.iter().eq(other.iter())
    }
}

impl<T: Eq> Eq for LinkedList<T> {}

impl<T: PartialOrd> PartialOrd for LinkedList<T> {
    fn partial_cmp(&self, other: &LinkedList<T>) -> Option<Ordering> {
        self.iter().partial_cmp(other.iter())
    }
}

impl<T: Ord> Ord for LinkedList<T> {
    fn cmp(&self, other: &LinkedList<T>) -> Ordering {
        self.iter().cmp(other.iter())
    }
}

impl<T: Hash> Hash for LinkedList<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_usize(self.len);
        for value in self.iter() {
            value.hash(state);
        }
    }
}

impl<T: fmt::Debug> fmt::Debug for LinkedList<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl<T> FromIterator<T> for LinkedList<T> {
    fn from_iter<I: IntoIterator<Item = T>>(iter: I) -> LinkedList<T> {
        let mut list = LinkedList::new();
        list.extend(iter);
        list
    }
}

impl<T> Extend<T> for LinkedList<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, iter: I) {
        let mut iter = iter.into_iter();
        while let Some(value) = iter.next() {
            self.push_back(value);
        }
    }
}

impl<'a, T: 'a + Copy> Extend<&'a T> for LinkedList<T> {
    fn extend<I: IntoIterator<Item = &'a T>>(&mut self, iter: I) {
        let mut iter = iter.into_iter();
        while let Some(value) = iter.next() {
            self.push_back(*value);
        }
    }
}

impl<T, const N: usize> From<[T; N]> for LinkedList<T> {
    fn from(arr: [T; N]) -> LinkedList<T> {
        LinkedList::from_iter(arr)
    }
}

impl<T> IntoIterator for LinkedList<T> {
    type Item = T;
    type IntoIter = IntoIter<T>;

    fn into_iter(self) -> IntoIter<T> {
        IntoIter { list: self }
    }
}

impl<'a, T> IntoIterator for &'a LinkedList<T> {
    type Item = &'a T;
    type IntoIter = Iter<'a, T>;

    fn into_iter(self) -> Iter<'a, T> {
        self.iter()
    }
}

impl<'a, T> IntoIterator for &'a mut LinkedList<T> {
    type Item = &'a mut T;
    type IntoIter = IterMut<'a, T>;

    fn into_iter(self) -> IterMut<'a, T> {
        self.iter_mut()
    }
}
