//! The iterators over a part of a map, and the one that takes out what a closure picks.
//!
//! Invariant: a range is used up when its two places are the same.

use super::super::node::{key_at, val_at, Node};
use super::super::position::Position;
use super::BTreeMap;
use core::fmt;
use core::iter::FusedIterator;
use core::marker::PhantomData;
use core::ops::{Bound, RangeBounds};

/// The pairs of a range, by reference.
pub struct Range<'a, K: 'a, V: 'a> {
    front: Position<K, V>,
    back: Position<K, V>,
    marker: PhantomData<&'a (K, V)>,
}

/// The pairs of a range, values mutable.
pub struct RangeMut<'a, K: 'a, V: 'a> {
    front: Position<K, V>,
    back: Position<K, V>,
    marker: PhantomData<&'a mut (K, V)>,
}

unsafe impl<K: Sync, V: Sync> Send for Range<'_, K, V> {}
unsafe impl<K: Sync, V: Sync> Sync for Range<'_, K, V> {}
unsafe impl<K: Send, V: Send> Send for RangeMut<'_, K, V> {}
unsafe impl<K: Sync, V: Sync> Sync for RangeMut<'_, K, V> {}

macro_rules! walk_range {
    ($name:ident, $item:ty, $node:ident $idx:ident => $make:expr) => {
        impl<'a, K, V> $name<'a, K, V> {
            pub(in super::super) fn new(front: Position<K, V>, back: Position<K, V>) -> Self {
                $name { front, back, marker: PhantomData }
            }
        }

        impl<'a, K, V> Iterator for $name<'a, K, V> {
            type Item = $item;

            fn next(&mut self) -> Option<$item> {
                if self.front.is(&self.back) {
                    return None;
                }
                unsafe {
                    let ($node, $idx) = self.front.next();
                    Some($make)
                }
            }

            fn last(mut self) -> Option<$item> {
                self.next_back()
            }
        }

        impl<'a, K, V> DoubleEndedIterator for $name<'a, K, V> {
            fn next_back(&mut self) -> Option<$item> {
                if self.front.is(&self.back) {
                    return None;
                }
                unsafe {
                    let ($node, $idx) = self.back.next_back();
                    Some($make)
                }
            }
        }

        impl<K, V> FusedIterator for $name<'_, K, V> {}
    };
}

walk_range!(Range, (&'a K, &'a V), node idx => (&*key_at(node, idx), &*val_at(node, idx)));
walk_range!(RangeMut, (&'a K, &'a mut V), node idx => (&*key_at(node, idx), &mut *val_at(node, idx)));

impl<K, V> Clone for Range<'_, K, V> {
    fn clone(&self) -> Self {
        Range { front: self.front, back: self.back, marker: PhantomData }
    }
}

impl<K: fmt::Debug, V: fmt::Debug> fmt::Debug for Range<'_, K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}

impl<K: fmt::Debug, V: fmt::Debug> fmt::Debug for RangeMut<'_, K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rest: Range<'_, K, V> = Range { front: self.front, back: self.back, marker: PhantomData };
        f.debug_list().entries(rest).finish()
    }
}

/// The pairs a closure picks, taken out.
pub struct ExtractIf<'a, K, V, R, F> {
    pub(super) map: &'a mut BTreeMap<K, V>,
    pub(super) at: Position<K, V>,
    pub(super) range: R,
    pub(super) pred: F,
}

/// How high above the leaves a node is.
unsafe fn height_of<K, V>(mut node: Node<K, V>, root_height: usize) -> usize {
    let mut height = root_height;
    unsafe {
        while !(*node).parent.is_null() {
            node = (*node).parent as Node<K, V>;
            height -= 1;
        }
    }
    height
}

/// Takes the next pair after `at` that is in the range and that `pred` picks.
pub(in super::super) fn extract_next<K, V, R, F>(
    map: &mut BTreeMap<K, V>,
    at: &mut Position<K, V>,
    range: &R,
    pred: &mut F,
) -> Option<(K, V)>
where
    K: Ord,
    R: RangeBounds<K>,
    F: FnMut(&K, &mut V) -> bool,
{
    loop {
        unsafe {
            let mut next = *at;
            let (node, idx) = next.next();
            if node.is_null() {
                return None;
            }
            let key = &*key_at(node, idx);
            let inside = match range.end_bound() {
                Bound::Included(end) => key <= end,
                Bound::Excluded(end) => key < end,
                Bound::Unbounded => true,
            };
            if !inside {
                return None;
            }
            if pred(key, &mut *val_at(node, idx)) {
                let height = height_of(node, map.tree.height);
                let (key, val, after) = map.tree.remove(node, idx, height);
                *at = after;
                return Some((key, val));
            }
            *at = next;
        }
    }
}

impl<K, V, R, F> Iterator for ExtractIf<'_, K, V, R, F>
where
    K: Ord,
    R: RangeBounds<K>,
    F: FnMut(&K, &mut V) -> bool,
{
    type Item = (K, V);

    fn next(&mut self) -> Option<(K, V)> {
        extract_next(self.map, &mut self.at, &self.range, &mut self.pred)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (0, Some(self.map.len()))
    }
}

impl<K, V, R, F> FusedIterator for ExtractIf<'_, K, V, R, F>
where
    K: Ord,
    R: RangeBounds<K>,
    F: FnMut(&K, &mut V) -> bool,
{
}

impl<K: fmt::Debug, V: fmt::Debug, R, F> fmt::Debug for ExtractIf<'_, K, V, R, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ExtractIf").finish_non_exhaustive()
    }
}
