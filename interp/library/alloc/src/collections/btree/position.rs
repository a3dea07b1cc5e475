//! Places between the pairs of a tree, and walking from one to the next.
//!
//! Invariant: a `Position` is an edge of a leaf, and so every gap between two pairs of the tree has
//! exactly one.

use super::node::{child, len, Node};
use core::ptr;

/// Before pair `idx` of a leaf, or after its last one.
pub(super) struct Position<K, V> {
    pub(super) node: Node<K, V>,
    pub(super) idx: usize,
}

impl<K, V> Clone for Position<K, V> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<K, V> Copy for Position<K, V> {}

impl<K, V> Position<K, V> {
    /// Nowhere: in a tree without a root.
    pub(super) const fn nowhere() -> Position<K, V> {
        Position { node: ptr::null_mut(), idx: 0 }
    }

    /// Before the first pair below `node`.
    pub(super) unsafe fn first(mut node: Node<K, V>, mut height: usize) -> Position<K, V> {
        if node.is_null() {
            return Position::nowhere();
        }
        while height > 0 {
            node = unsafe { child(node, 0) };
            height -= 1;
        }
        Position { node, idx: 0 }
    }

    /// After the last pair below `node`.
    pub(super) unsafe fn last(mut node: Node<K, V>, mut height: usize) -> Position<K, V> {
        if node.is_null() {
            return Position::nowhere();
        }
        unsafe {
            while height > 0 {
                node = child(node, len(node));
                height -= 1;
            }
            Position { node, idx: len(node) }
        }
    }

    pub(super) fn is(&self, other: &Position<K, V>) -> bool {
        self.node == other.node && self.idx == other.idx
    }

    /// Steps over the next pair; returns where it is. Null if there is none.
    pub(super) unsafe fn next(&mut self) -> (Node<K, V>, usize) {
        let mut node = self.node;
        let mut idx = self.idx;
        if node.is_null() {
            return (node, 0);
        }
        unsafe {
            if idx < (*node).len as usize {
                self.idx = idx + 1;
                return (node, idx);
            }
            let mut height = 0;
            while idx >= (*node).len as usize {
                idx = (*node).parent_idx as usize;
                node = (*node).parent as Node<K, V>;
                if node.is_null() {
                    return (node, 0);
                }
                height += 1;
            }
            let mut below = child(node, idx + 1);
            while height > 1 {
                below = child(below, 0);
                height -= 1;
            }
            self.node = below;
            self.idx = 0;
            (node, idx)
        }
    }

    /// Steps back over the pair before; returns where it is. Null if there is none.
    pub(super) unsafe fn next_back(&mut self) -> (Node<K, V>, usize) {
        let mut node = self.node;
        let mut idx = self.idx;
        if node.is_null() {
            return (node, 0);
        }
        unsafe {
            if idx > 0 {
                self.idx = idx - 1;
                return (node, idx - 1);
            }
            let mut height = 0;
            while idx == 0 {
                idx = (*node).parent_idx as usize;
                node = (*node).parent as Node<K, V>;
                if node.is_null() {
                    return (node, 0);
                }
                height += 1;
            }
            let mut below = child(node, idx - 1);
            while height > 1 {
                below = child(below, len(below));
                height -= 1;
            }
            self.node = below;
            self.idx = len(below);
            (node, idx - 1)
        }
    }
}
