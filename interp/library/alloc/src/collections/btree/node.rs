//! The nodes of a B-tree.
//!
//! Invariants: a node holds `len` keys and values, in order; an inner node has `len + 1` edges more
//! behind them, and a child knows its parent and which edge of it leads here. Every node but the
//! root holds at least `MIN_LEN`. Nodes are reached through raw pointers only; whether a node is an
//! inner one is known by its height.

use crate::boxed::Box;
use core::intrinsics::{copy, copy_nonoverlapping, offset, read_via_copy, write_via_move};
use core::mem::MaybeUninit;
use core::ptr;

/// How many keys a node has room for.
pub(super) const CAPACITY: usize = 11;
/// How many keys a node but the root has at least.
pub(super) const MIN_LEN: usize = 5;

#[repr(C)]
pub(super) struct Leaf<K, V> {
    pub(super) parent: *mut Inner<K, V>,
    pub(super) parent_idx: u16,
    pub(super) len: u16,
    keys: MaybeUninit<[K; CAPACITY]>,
    vals: MaybeUninit<[V; CAPACITY]>,
}

#[repr(C)]
pub(super) struct Inner<K, V> {
    data: Leaf<K, V>,
    edges: [*mut Leaf<K, V>; CAPACITY + 1],
}

/// A node of either kind.
pub(super) type Node<K, V> = *mut Leaf<K, V>;

pub(super) fn new_leaf<K, V>() -> Node<K, V> {
    Box::into_raw(Box::new(Leaf {
        parent: ptr::null_mut(),
        parent_idx: 0,
        len: 0,
        keys: MaybeUninit::uninit(),
        vals: MaybeUninit::uninit(),
    }))
}

fn new_inner<K, V>() -> *mut Inner<K, V> {
    Box::into_raw(Box::new(Inner {
        data: Leaf {
            parent: ptr::null_mut(),
            parent_idx: 0,
            len: 0,
            keys: MaybeUninit::uninit(),
            vals: MaybeUninit::uninit(),
        },
        edges: [ptr::null_mut(); CAPACITY + 1],
    }))
}

/// Frees a node's memory, not what is in it.
pub(super) unsafe fn free_node<K, V>(node: Node<K, V>, height: usize) {
    unsafe {
        if height == 0 {
            drop(Box::from_raw(node));
        } else {
            drop(Box::from_raw(node as *mut Inner<K, V>));
        }
    }
}

/// Frees the memory of a node and of all below it.
pub(super) unsafe fn free_tree<K, V>(node: Node<K, V>, height: usize) {
    unsafe {
        if height > 0 {
            let mut i = 0;
            while i <= len(node) {
                free_tree(child(node, i), height - 1);
                i += 1;
            }
        }
        free_node(node, height);
    }
}

pub(super) unsafe fn len<K, V>(node: Node<K, V>) -> usize {
    unsafe { (*node).len as usize }
}

/// The first key of a node.
pub(super) unsafe fn keys_of<K, V>(node: Node<K, V>) -> *const K {
    unsafe { &raw const (*node).keys as *const K }
}

pub(super) unsafe fn key_at<K, V>(node: Node<K, V>, i: usize) -> *mut K {
    unsafe { offset(&raw mut (*node).keys as *mut K, i) }
}

pub(super) unsafe fn val_at<K, V>(node: Node<K, V>, i: usize) -> *mut V {
    unsafe { offset(&raw mut (*node).vals as *mut V, i) }
}

unsafe fn edge_at<K, V>(node: Node<K, V>, i: usize) -> *mut Node<K, V> {
    unsafe { offset(&raw mut (*(node as *mut Inner<K, V>)).edges as *mut Node<K, V>, i) }
}

/// The child behind edge `i` of an inner node.
pub(super) unsafe fn child<K, V>(node: Node<K, V>, i: usize) -> Node<K, V> {
    unsafe { *edge_at(node, i) }
}

/// Hangs `below` under edge `i`.
unsafe fn set_child<K, V>(node: Node<K, V>, i: usize, below: Node<K, V>) {
    unsafe {
        *edge_at(node, i) = below;
        (*below).parent = node as *mut Inner<K, V>;
        (*below).parent_idx = i as u16;
    }
}

/// Tells the children behind edges `from..to` where they hang.
unsafe fn renumber<K, V>(node: Node<K, V>, from: usize, to: usize) {
    let mut i = from;
    while i < to {
        unsafe {
            let below = child(node, i);
            (*below).parent = node as *mut Inner<K, V>;
            (*below).parent_idx = i as u16;
        }
        i += 1;
    }
}

/// Puts a pair at `i` of a node that has room; in an inner node, `edge` goes behind it.
pub(super) unsafe fn insert_fit<K, V>(node: Node<K, V>, i: usize, key: K, val: V, edge: Node<K, V>) {
    unsafe {
        let count = len(node) - i;
        copy(key_at(node, i) as *const K, key_at(node, i + 1), count);
        copy(val_at(node, i) as *const V, val_at(node, i + 1), count);
        write_via_move(key_at(node, i), key);
        write_via_move(val_at(node, i), val);
        (*node).len += 1;
        if !edge.is_null() {
            copy(edge_at(node, i + 1) as *const Node<K, V>, edge_at(node, i + 2), count);
            *edge_at(node, i + 1) = edge;
            renumber(node, i + 1, len(node) + 1);
        }
    }
}

/// Takes the pair at `i` out of a node; in an inner node, the edge behind it goes too.
pub(super) unsafe fn remove_fit<K, V>(node: Node<K, V>, i: usize, height: usize) -> (K, V) {
    unsafe {
        let pair = (read_via_copy(key_at(node, i) as *const K), read_via_copy(val_at(node, i) as *const V));
        let old_len = len(node);
        let count = old_len - i - 1;
        copy(key_at(node, i + 1) as *const K, key_at(node, i), count);
        copy(val_at(node, i + 1) as *const V, val_at(node, i), count);
        (*node).len = (old_len - 1) as u16;
        if height > 0 {
            copy(edge_at(node, i + 2) as *const Node<K, V>, edge_at(node, i + 1), count);
            renumber(node, i + 1, old_len);
        }
        pair
    }
}

/// Moves everything behind pair `mid` to a new node; returns the pair and the node.
pub(super) unsafe fn split<K, V>(node: Node<K, V>, mid: usize, height: usize) -> (K, V, Node<K, V>) {
    unsafe {
        let right = if height == 0 { new_leaf() } else { new_inner::<K, V>() as Node<K, V> };
        let old_len = len(node);
        let count = old_len - mid - 1;
        copy_nonoverlapping(key_at(node, mid + 1) as *const K, key_at(right, 0), count);
        copy_nonoverlapping(val_at(node, mid + 1) as *const V, val_at(right, 0), count);
        if height > 0 {
            copy_nonoverlapping(edge_at(node, mid + 1) as *const Node<K, V>, edge_at(right, 0), count + 1);
        }
        (*right).len = count as u16;
        (*node).len = mid as u16;
        if height > 0 {
            renumber(right, 0, count + 1);
        }
        (read_via_copy(key_at(node, mid) as *const K), read_via_copy(val_at(node, mid) as *const V), right)
    }
}

/// A new root with one pair between two trees.
pub(super) unsafe fn new_root<K, V>(left: Node<K, V>, key: K, val: V, right: Node<K, V>) -> Node<K, V> {
    unsafe {
        let root = new_inner::<K, V>() as Node<K, V>;
        write_via_move(key_at(root, 0), key);
        write_via_move(val_at(root, 0), val);
        (*root).len = 1;
        set_child(root, 0, left);
        set_child(root, 1, right);
        root
    }
}

/// Moves pair `i` of `parent` and the child behind it to the end of the child before it.
/// `height` is the parent's. Returns the child that is left.
pub(super) unsafe fn merge<K, V>(parent: Node<K, V>, i: usize, height: usize) -> Node<K, V> {
    unsafe {
        let left = child(parent, i);
        let right = child(parent, i + 1);
        let left_len = len(left);
        let right_len = len(right);
        let (key, val) = remove_fit(parent, i, height);
        write_via_move(key_at(left, left_len), key);
        write_via_move(val_at(left, left_len), val);
        copy_nonoverlapping(key_at(right, 0) as *const K, key_at(left, left_len + 1), right_len);
        copy_nonoverlapping(val_at(right, 0) as *const V, val_at(left, left_len + 1), right_len);
        let new_len = left_len + 1 + right_len;
        (*left).len = new_len as u16;
        if height > 1 {
            let from = edge_at(right, 0) as *const Node<K, V>;
            copy_nonoverlapping(from, edge_at(left, left_len + 1), right_len + 1);
            renumber(left, left_len + 1, new_len + 1);
        }
        free_node(right, height - 1);
        left
    }
}

/// Moves the last pair of the child before pair `i` up, and pair `i` down to the child behind it.
pub(super) unsafe fn steal_left<K, V>(parent: Node<K, V>, i: usize, height: usize) {
    unsafe {
        let left = child(parent, i);
        let right = child(parent, i + 1);
        let last = len(left) - 1;
        let edge = if height > 1 { child(left, last + 1) } else { ptr::null_mut() };
        let key = read_via_copy(key_at(left, last) as *const K);
        let val = read_via_copy(val_at(left, last) as *const V);
        (*left).len = last as u16;
        let (key, val) = replace_pair(parent, i, key, val);
        let count = len(right);
        copy(key_at(right, 0) as *const K, key_at(right, 1), count);
        copy(val_at(right, 0) as *const V, val_at(right, 1), count);
        write_via_move(key_at(right, 0), key);
        write_via_move(val_at(right, 0), val);
        (*right).len += 1;
        if height > 1 {
            copy(edge_at(right, 0) as *const Node<K, V>, edge_at(right, 1), count + 1);
            *edge_at(right, 0) = edge;
            renumber(right, 0, count + 2);
        }
    }
}

/// Moves the first pair of the child behind pair `i` up, and pair `i` down to the child before it.
pub(super) unsafe fn steal_right<K, V>(parent: Node<K, V>, i: usize, height: usize) {
    unsafe {
        let left = child(parent, i);
        let right = child(parent, i + 1);
        let edge = if height > 1 { child(right, 0) } else { ptr::null_mut() };
        if height > 1 {
            let count = len(right);
            copy(edge_at(right, 1) as *const Node<K, V>, edge_at(right, 0), count);
            renumber(right, 0, count);
        }
        let (key, val) = remove_fit(right, 0, 0);
        let (key, val) = replace_pair(parent, i, key, val);
        let at = len(left);
        write_via_move(key_at(left, at), key);
        write_via_move(val_at(left, at), val);
        (*left).len += 1;
        if height > 1 {
            set_child(left, at + 1, edge);
        }
    }
}

/// Puts another pair at `i`; returns the old one.
pub(super) unsafe fn replace_pair<K, V>(node: Node<K, V>, i: usize, key: K, val: V) -> (K, V) {
    unsafe {
        let old = (read_via_copy(key_at(node, i) as *const K), read_via_copy(val_at(node, i) as *const V));
        write_via_move(key_at(node, i), key);
        write_via_move(val_at(node, i), val);
        old
    }
}
