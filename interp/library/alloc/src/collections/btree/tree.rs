//! A B-tree as a whole: searching, inserting, removing.
//!
//! Invariant: all leaves are at height 0 and the root at `height`; `root` is null in a tree that
//! never had a pair. `len` counts the pairs.

use super::node::{
    child, free_node, free_tree, insert_fit, key_at, keys_of, len, merge, new_leaf, new_root, remove_fit, replace_pair, split,
    steal_left, steal_right, val_at, Node, CAPACITY, MIN_LEN,
};
use super::position::Position;
use core::borrow::Borrow;
use core::cmp::Ordering;
use core::intrinsics::offset;
use core::mem::needs_drop;
use core::ops::Bound;
use core::ptr;

pub(super) struct Tree<K, V> {
    pub(super) root: Node<K, V>,
    pub(super) height: usize,
    pub(super) len: usize,
}

/// Where a key is, or belongs.
pub(super) enum Found<K, V> {
    /// Pair `idx` of `node`, which is at `height`.
    Here { node: Node<K, V>, idx: usize, height: usize },
    /// Nowhere; it belongs at this place.
    Not(Position<K, V>),
}

impl<K, V> Tree<K, V> {
    pub(super) const fn new() -> Tree<K, V> {
        Tree { root: ptr::null_mut(), height: 0, len: 0 }
    }

    pub(super) fn first(&self) -> Position<K, V> {
        unsafe { Position::first(self.root, self.height) }
    }

    pub(super) fn last(&self) -> Position<K, V> {
        unsafe { Position::last(self.root, self.height) }
    }

    pub(super) fn search<Q: ?Sized + Ord>(&self, key: &Q) -> Found<K, V>
    where
        K: Borrow<Q>,
    {
        let mut node = self.root;
        let mut height = self.height;
        if node.is_null() {
            return Found::Not(Position::nowhere());
        }
        loop {
            let mut idx = 0;
            unsafe {
                let count = (*node).len as usize;
                let keys = keys_of(node);
                while idx < count {
                    match Ord::cmp(key, (*offset(keys, idx)).borrow()) {
                        Ordering::Greater => idx += 1,
                        Ordering::Equal => return Found::Here { node, idx, height },
                        Ordering::Less => break,
                    }
                }
                if height == 0 {
                    return Found::Not(Position { node, idx });
                }
                node = child(node, idx);
            }
            height -= 1;
        }
    }

    /// The place before the first key that is not less than `key`, or, with `after`, that is greater.
    fn edge<Q: ?Sized + Ord>(&self, key: &Q, after: bool) -> Position<K, V>
    where
        K: Borrow<Q>,
    {
        let mut node = self.root;
        let mut height = self.height;
        if node.is_null() {
            return Position::nowhere();
        }
        loop {
            let mut idx = 0;
            unsafe {
                let count = (*node).len as usize;
                let keys = keys_of(node);
                while idx < count {
                    let order = Ord::cmp(key, (*offset(keys, idx)).borrow());
                    if order == Ordering::Less || (order == Ordering::Equal && !after) {
                        break;
                    }
                    idx += 1;
                }
                if height == 0 {
                    return Position { node, idx };
                }
                node = child(node, idx);
            }
            height -= 1;
        }
    }

    pub(super) fn lower<Q: ?Sized + Ord>(&self, bound: Bound<&Q>) -> Position<K, V>
    where
        K: Borrow<Q>,
    {
        match bound {
            Bound::Included(key) => self.edge(key, false),
            Bound::Excluded(key) => self.edge(key, true),
            Bound::Unbounded => self.first(),
        }
    }

    pub(super) fn upper<Q: ?Sized + Ord>(&self, bound: Bound<&Q>) -> Position<K, V>
    where
        K: Borrow<Q>,
    {
        match bound {
            Bound::Included(key) => self.edge(key, true),
            Bound::Excluded(key) => self.edge(key, false),
            Bound::Unbounded => self.last(),
        }
    }

    /// Puts a pair at a place of a leaf; returns where it is now.
    pub(super) fn insert_at(&mut self, at: Position<K, V>, key: K, val: V) -> (Node<K, V>, usize) {
        self.len += 1;
        unsafe {
            let mut at = at;
            if at.node.is_null() {
                if self.root.is_null() {
                    self.root = new_leaf();
                }
                at = self.last();
            }
            let leaf = at.node;
            if len(leaf) < CAPACITY {
                insert_fit(leaf, at.idx, key, val, ptr::null_mut());
                return (leaf, at.idx);
            }
            let (mid, to_right, idx) = split_point(at.idx);
            let (up_key, up_val, right) = split(leaf, mid, 0);
            let target = if to_right { right } else { leaf };
            insert_fit(target, idx, key, val, ptr::null_mut());
            self.insert_up(leaf, up_key, up_val, right);
            (target, idx)
        }
    }

    /// Puts a pair and the node behind it into the parent of `left`, splitting on the way up.
    unsafe fn insert_up(&mut self, left: Node<K, V>, key: K, val: V, right: Node<K, V>) {
        let (mut left, mut key, mut val, mut right) = (left, key, val, right);
        let mut height = 1;
        unsafe {
            loop {
                let parent = (*left).parent as Node<K, V>;
                if parent.is_null() {
                    self.root = new_root(left, key, val, right);
                    self.height += 1;
                    return;
                }
                let idx = (*left).parent_idx as usize;
                if len(parent) < CAPACITY {
                    insert_fit(parent, idx, key, val, right);
                    return;
                }
                let (mid, to_right, at) = split_point(idx);
                let (up_key, up_val, new) = split(parent, mid, height);
                insert_fit(if to_right { new } else { parent }, at, key, val, right);
                left = parent;
                key = up_key;
                val = up_val;
                right = new;
                height += 1;
            }
        }
    }

    /// Adds a pair whose key is greater than all others.
    pub(super) fn push_last(&mut self, key: K, val: V) {
        let last = self.last();
        self.insert_at(last, key, val);
    }

    /// Takes a pair out; returns it and the place where it was.
    pub(super) unsafe fn remove(&mut self, node: Node<K, V>, idx: usize, height: usize) -> (K, V, Position<K, V>) {
        self.len -= 1;
        unsafe {
            if height == 0 {
                let (key, val) = remove_fit(node, idx, 0);
                let at = self.balance(Position { node, idx });
                return (key, val, at);
            }
            let before = Position::last(child(node, idx), height - 1);
            let leaf = before.node;
            let (key, val) = remove_fit(leaf, before.idx - 1, 0);
            let (key, val) = replace_pair(node, idx, key, val);
            let mut at = self.balance(Position { node: leaf, idx: before.idx - 1 });
            at.next();
            (key, val, at)
        }
    }

    /// Fills up a leaf that may have become too small, and what is above it; returns where `at` is now.
    unsafe fn balance(&mut self, at: Position<K, V>) -> Position<K, V> {
        let mut at = at;
        let leaf = at.node;
        unsafe {
            if len(leaf) >= MIN_LEN || (*leaf).parent.is_null() {
                return at;
            }
            let parent = (*leaf).parent as Node<K, V>;
            let i = (*leaf).parent_idx as usize;
            if i > 0 {
                let left_len = len(child(parent, i - 1));
                if left_len + 1 + len(leaf) <= CAPACITY {
                    at = Position { node: merge(parent, i - 1, 1), idx: left_len + 1 + at.idx };
                } else {
                    steal_left(parent, i - 1, 1);
                    at.idx += 1;
                }
            } else if len(child(parent, 1)) + 1 + len(leaf) <= CAPACITY {
                merge(parent, 0, 1);
            } else {
                steal_right(parent, 0, 1);
            }
            self.balance_up(parent);
        }
        at
    }

    /// Fills up inner nodes that have become too small, from `node` up.
    unsafe fn balance_up(&mut self, node: Node<K, V>) {
        let mut node = node;
        let mut height = 2;
        unsafe {
            loop {
                let parent = (*node).parent as Node<K, V>;
                if parent.is_null() {
                    self.lower_root();
                    return;
                }
                if len(node) >= MIN_LEN {
                    return;
                }
                let i = (*node).parent_idx as usize;
                if i > 0 {
                    if len(child(parent, i - 1)) + 1 + len(node) <= CAPACITY {
                        merge(parent, i - 1, height);
                    } else {
                        steal_left(parent, i - 1, height);
                    }
                } else if len(child(parent, 1)) + 1 + len(node) <= CAPACITY {
                    merge(parent, 0, height);
                } else {
                    steal_right(parent, 0, height);
                }
                node = parent;
                height += 1;
            }
        }
    }

    /// Takes away a root without pairs that has only one child.
    unsafe fn lower_root(&mut self) {
        unsafe {
            while self.height > 0 && len(self.root) == 0 {
                let old = self.root;
                self.root = child(old, 0);
                (*self.root).parent = ptr::null_mut();
                free_node(old, self.height);
                self.height -= 1;
            }
        }
    }

    /// Drops the pairs between two places, `count` of them, and then frees all nodes.
    pub(super) unsafe fn destroy(&mut self, front: Position<K, V>, count: usize) {
        /// Goes on dropping when a `drop` unwinds, and frees the nodes in the end.
        struct Guard<'a, K, V> {
            tree: &'a mut Tree<K, V>,
            front: Position<K, V>,
            count: usize,
        }
        impl<K, V> Guard<'_, K, V> {
            fn drop_pairs(&mut self) {
                while self.count > 0 {
                    self.count -= 1;
                    unsafe {
                        let (node, idx) = self.front.next();
                        let value = DropValue(val_at(node, idx));
                        ptr::drop_in_place(key_at(node, idx));
                        drop(value);
                    }
                }
            }
        }
        impl<K, V> Drop for Guard<'_, K, V> {
            fn drop(&mut self) {
                self.drop_pairs();
                if !self.tree.root.is_null() {
                    unsafe { free_tree(self.tree.root, self.tree.height) };
                }
                self.tree.root = ptr::null_mut();
                self.tree.len = 0;
            }
        }
        /// Drops a value, also if dropping its key unwinds.
        struct DropValue<V>(*mut V);
        impl<V> Drop for DropValue<V> {
            fn drop(&mut self) {
                unsafe { ptr::drop_in_place(self.0) };
            }
        }
        let count = if needs_drop::<K>() || needs_drop::<V>() { count } else { 0 };
        let mut guard = Guard { tree: self, front, count };
        guard.drop_pairs();
    }
}

/// Where to split a full node so that a pair can go to place `idx` of it: the pair that goes up,
/// whether the new one goes to the right half, and to which place of the half.
fn split_point(idx: usize) -> (usize, bool, usize) {
    if idx < 5 {
        (4, false, idx)
    } else if idx == 5 {
        (5, false, 5)
    } else if idx == 6 {
        (5, true, 0)
    } else {
        (6, true, idx - 7)
    }
}
