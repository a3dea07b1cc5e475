//! Slices: `[T]` and its iterators.
//!
//! Sorting is in `sort.rs`, iterators over parts in `chunks.rs` and `split.rs`.
//! What allocates (`to_vec`, `concat`, `join`, ...) belongs to `alloc`.

use crate::cmp::Ordering::{self, Equal, Greater, Less};
use crate::intrinsics;
use crate::mem;
use crate::ops::{Range, RangeBounds};
use crate::ptr;

mod ascii;
mod chunks;
mod cmp;
mod index;
mod iter;
mod raw;
mod sort;
mod split;

pub use self::ascii::EscapeAscii;
pub use self::chunks::{ArrayWindows, ChunkBy, ChunkByMut, Chunks, ChunksExact, ChunksExactMut, ChunksMut, Windows};
pub use self::chunks::{RChunks, RChunksExact, RChunksExactMut, RChunksMut};
pub use self::index::{range, GetDisjointMutError, SliceIndex};
pub use self::iter::{Iter, IterMut};
pub use self::raw::{from_mut, from_raw_parts, from_raw_parts_mut, from_ref};
pub use self::split::{RSplit, RSplitMut, RSplitN, RSplitNMut, Split, SplitInclusive, SplitInclusiveMut, SplitMut};
pub use self::split::{SplitN, SplitNMut};

pub(crate) use self::index::slice_error;

#[cold]
#[track_caller]
const fn copy_length_mismatch(from: usize, to: usize) -> ! {
    panic!("copy_from_slice: source slice length ({from}) does not match destination slice length ({to})")
}

#[cold]
#[track_caller]
const fn out_of_bounds(index: usize, len: usize) -> ! {
    crate::panicking::panic_bounds_check(index, len)
}

impl<T> [T] {
    /// The number of elements.
    #[inline]
    pub const fn len(&self) -> usize {
        intrinsics::ptr_metadata::<[T], usize>(self)
    }

    /// Whether there is no element.
    #[inline]
    pub const fn is_empty(&self) -> bool {
        intrinsics::ptr_metadata::<[T], usize>(self) == 0
    }

    /// The first element.
    #[inline]
    pub const fn first(&self) -> Option<&T> {
        if self.len() == 0 { None } else { Some(&self[0]) }
    }

    /// The first element, mutable.
    #[inline]
    pub const fn first_mut(&mut self) -> Option<&mut T> {
        if self.len() == 0 { None } else { Some(&mut self[0]) }
    }

    /// The first element and the rest.
    pub const fn split_first(&self) -> Option<(&T, &[T])> {
        if let [first, tail @ ..] = self { Some((first, tail)) } else { None }
    }

    /// The first element and the rest, mutable.
    pub const fn split_first_mut(&mut self) -> Option<(&mut T, &mut [T])> {
        if let [first, tail @ ..] = self { Some((first, tail)) } else { None }
    }

    /// The last element and the rest.
    pub const fn split_last(&self) -> Option<(&T, &[T])> {
        if let [init @ .., last] = self { Some((last, init)) } else { None }
    }

    /// The last element and the rest, mutable.
    pub const fn split_last_mut(&mut self) -> Option<(&mut T, &mut [T])> {
        if let [init @ .., last] = self { Some((last, init)) } else { None }
    }

    /// The last element.
    #[inline]
    pub const fn last(&self) -> Option<&T> {
        let len = self.len();
        if len == 0 { None } else { Some(&self[len - 1]) }
    }

    /// The last element, mutable.
    #[inline]
    pub const fn last_mut(&mut self) -> Option<&mut T> {
        let len = self.len();
        if len == 0 { None } else { Some(&mut self[len - 1]) }
    }

    /// The first `N` elements as an array.
    pub const fn first_chunk<const N: usize>(&self) -> Option<&[T; N]> {
        if self.len() < N { None } else { Some(unsafe { &*(self.as_ptr() as *const [T; N]) }) }
    }

    /// The first `N` elements as an array, mutable.
    pub const fn first_chunk_mut<const N: usize>(&mut self) -> Option<&mut [T; N]> {
        if self.len() < N { None } else { Some(unsafe { &mut *(self.as_mut_ptr() as *mut [T; N]) }) }
    }

    /// The first `N` elements as an array, and the rest.
    pub const fn split_first_chunk<const N: usize>(&self) -> Option<(&[T; N], &[T])> {
        if self.len() < N {
            return None;
        }
        let (first, tail) = unsafe { self.split_at_unchecked(N) };
        Some((unsafe { &*(first.as_ptr() as *const [T; N]) }, tail))
    }

    /// The first `N` elements as an array, and the rest, mutable.
    pub const fn split_first_chunk_mut<const N: usize>(&mut self) -> Option<(&mut [T; N], &mut [T])> {
        if self.len() < N {
            return None;
        }
        let (first, tail) = unsafe { self.split_at_mut_unchecked(N) };
        Some((unsafe { &mut *(first.as_mut_ptr() as *mut [T; N]) }, tail))
    }

    /// The rest, and the last `N` elements as an array.
    pub const fn split_last_chunk<const N: usize>(&self) -> Option<(&[T], &[T; N])> {
        if self.len() < N {
            return None;
        }
        let (init, last) = unsafe { self.split_at_unchecked(self.len() - N) };
        Some((init, unsafe { &*(last.as_ptr() as *const [T; N]) }))
    }

    /// The rest, and the last `N` elements as an array, mutable.
    pub const fn split_last_chunk_mut<const N: usize>(&mut self) -> Option<(&mut [T], &mut [T; N])> {
        if self.len() < N {
            return None;
        }
        let (init, last) = unsafe { self.split_at_mut_unchecked(self.len() - N) };
        Some((init, unsafe { &mut *(last.as_mut_ptr() as *mut [T; N]) }))
    }

    /// The last `N` elements as an array.
    pub const fn last_chunk<const N: usize>(&self) -> Option<&[T; N]> {
        if self.len() < N {
            return None;
        }
        Some(unsafe { &*(self.as_ptr().add(self.len() - N) as *const [T; N]) })
    }

    /// The last `N` elements as an array, mutable.
    pub const fn last_chunk_mut<const N: usize>(&mut self) -> Option<&mut [T; N]> {
        if self.len() < N {
            return None;
        }
        let start = self.len() - N;
        Some(unsafe { &mut *(self.as_mut_ptr().add(start) as *mut [T; N]) })
    }

    /// The element or part at an index, if it is in bounds.
    #[inline]
    pub fn get<I: SliceIndex<[T]>>(&self, index: I) -> Option<&I::Output> {
        index.get(self)
    }

    /// The element or part at an index, if it is in bounds, mutable.
    #[inline]
    pub fn get_mut<I: SliceIndex<[T]>>(&mut self, index: I) -> Option<&mut I::Output> {
        index.get_mut(self)
    }

    /// The element or part at an index, which must be in bounds.
    #[inline]
    #[track_caller]
    pub unsafe fn get_unchecked<I: SliceIndex<[T]>>(&self, index: I) -> &I::Output {
        unsafe { &*index.get_unchecked(self) }
    }

    /// The element or part at an index, which must be in bounds, mutable.
    #[inline]
    #[track_caller]
    pub unsafe fn get_unchecked_mut<I: SliceIndex<[T]>>(&mut self, index: I) -> &mut I::Output {
        unsafe { &mut *index.get_unchecked_mut(self) }
    }

    /// A pointer to the first element.
    #[inline]
    pub const fn as_ptr(&self) -> *const T {
        self as *const [T] as *const T
    }

    /// A mutable pointer to the first element.
    #[inline]
    pub const fn as_mut_ptr(&mut self) -> *mut T {
        self as *mut [T] as *mut T
    }

    /// Pointers to the first element and behind the last.
    pub const fn as_ptr_range(&self) -> Range<*const T> {
        let start = self.as_ptr();
        Range { start, end: unsafe { start.add(self.len()) } }
    }

    /// Mutable pointers to the first element and behind the last.
    pub const fn as_mut_ptr_range(&mut self) -> Range<*mut T> {
        let start = self.as_mut_ptr();
        Range { start, end: unsafe { start.add(self.len()) } }
    }

    /// The slice as an array, if it has that length.
    pub const fn as_array<const N: usize>(&self) -> Option<&[T; N]> {
        if self.len() == N { Some(unsafe { &*(self.as_ptr() as *const [T; N]) }) } else { None }
    }

    /// Exchanges two elements.
    #[inline]
    #[track_caller]
    pub const fn swap(&mut self, a: usize, b: usize) {
        let len = self.len();
        if a >= len {
            out_of_bounds(a, len)
        }
        if b >= len {
            out_of_bounds(b, len)
        }
        let p = self.as_mut_ptr();
        unsafe {
            let x = intrinsics::offset(p, a);
            let y = intrinsics::offset(p, b);
            let tmp = intrinsics::read_via_copy(x);
            intrinsics::copy(y, x, 1);
            intrinsics::write_via_move(y, tmp);
        }
    }

    /// Reverses the order of the elements.
    pub const fn reverse(&mut self) {
        let p = self.as_mut_ptr();
        let mut i = 0;
        let mut j = self.len();
        while i + 1 < j {
            j -= 1;
            unsafe { intrinsics::typed_swap_nonoverlapping(intrinsics::offset(p, i), intrinsics::offset(p, j)) };
            i += 1;
        }
    }

    /// An iterator over the elements.
    #[inline]
    pub const fn iter(&self) -> Iter<'_, T> {
        Iter::new(self)
    }

    /// An iterator over the elements, mutable.
    #[inline]
    pub const fn iter_mut(&mut self) -> IterMut<'_, T> {
        IterMut::new(self)
    }

    /// The parts of length `size`, each one element on from the last.
    #[track_caller]
    pub const fn windows(&self, size: usize) -> Windows<'_, T> {
        if size == 0 {
            panic!("window size must be non-zero");
        }
        Windows::new(self, size)
    }

    /// The parts of length `N` as arrays, each one element on from the last.
    #[track_caller]
    pub const fn array_windows<const N: usize>(&self) -> ArrayWindows<'_, T, N> {
        assert!(N != 0, "window size must be non-zero");
        ArrayWindows::new(self)
    }

    /// The parts of length `chunk_size`, the last may be shorter.
    #[track_caller]
    pub const fn chunks(&self, chunk_size: usize) -> Chunks<'_, T> {
        assert!(chunk_size != 0, "chunk size must be non-zero");
        Chunks::new(self, chunk_size)
    }

    /// The parts of length `chunk_size`, the last may be shorter, mutable.
    #[track_caller]
    pub const fn chunks_mut(&mut self, chunk_size: usize) -> ChunksMut<'_, T> {
        assert!(chunk_size != 0, "chunk size must be non-zero");
        ChunksMut::new(self, chunk_size)
    }

    /// The parts of length `chunk_size`, without the rest.
    #[track_caller]
    pub const fn chunks_exact(&self, chunk_size: usize) -> ChunksExact<'_, T> {
        assert!(chunk_size != 0, "chunk size must be non-zero");
        ChunksExact::new(self, chunk_size)
    }

    /// The parts of length `chunk_size`, without the rest, mutable.
    #[track_caller]
    pub const fn chunks_exact_mut(&mut self, chunk_size: usize) -> ChunksExactMut<'_, T> {
        assert!(chunk_size != 0, "chunk size must be non-zero");
        ChunksExactMut::new(self, chunk_size)
    }

    /// The parts of length `chunk_size` from the back, the last may be shorter.
    #[track_caller]
    pub const fn rchunks(&self, chunk_size: usize) -> RChunks<'_, T> {
        assert!(chunk_size != 0, "chunk size must be non-zero");
        RChunks::new(self, chunk_size)
    }

    /// The parts of length `chunk_size` from the back, the last may be shorter, mutable.
    #[track_caller]
    pub const fn rchunks_mut(&mut self, chunk_size: usize) -> RChunksMut<'_, T> {
        assert!(chunk_size != 0, "chunk size must be non-zero");
        RChunksMut::new(self, chunk_size)
    }

    /// The parts of length `chunk_size` from the back, without the rest.
    #[track_caller]
    pub const fn rchunks_exact(&self, chunk_size: usize) -> RChunksExact<'_, T> {
        assert!(chunk_size != 0, "chunk size must be non-zero");
        RChunksExact::new(self, chunk_size)
    }

    /// The parts of length `chunk_size` from the back, without the rest, mutable.
    #[track_caller]
    pub const fn rchunks_exact_mut(&mut self, chunk_size: usize) -> RChunksExactMut<'_, T> {
        assert!(chunk_size != 0, "chunk size must be non-zero");
        RChunksExactMut::new(self, chunk_size)
    }

    /// The slice as arrays of length `N`, and the rest.
    #[track_caller]
    pub const fn as_chunks<const N: usize>(&self) -> (&[[T; N]], &[T]) {
        assert!(N != 0, "chunk size must be non-zero");
        let whole = self.len() / N;
        let (all, rest) = unsafe { self.split_at_unchecked(whole * N) };
        (unsafe { from_raw_parts(all.as_ptr() as *const [T; N], whole) }, rest)
    }

    /// The slice as arrays of length `N`, and the rest, mutable.
    #[track_caller]
    pub const fn as_chunks_mut<const N: usize>(&mut self) -> (&mut [[T; N]], &mut [T]) {
        assert!(N != 0, "chunk size must be non-zero");
        let whole = self.len() / N;
        let (all, rest) = unsafe { self.split_at_mut_unchecked(whole * N) };
        (unsafe { from_raw_parts_mut(all.as_mut_ptr() as *mut [T; N], whole) }, rest)
    }

    /// The rest, and the slice as arrays of length `N` from the back.
    #[track_caller]
    pub const fn as_rchunks<const N: usize>(&self) -> (&[T], &[[T; N]]) {
        assert!(N != 0, "chunk size must be non-zero");
        let whole = self.len() / N;
        let (rest, all) = unsafe { self.split_at_unchecked(self.len() - whole * N) };
        (rest, unsafe { from_raw_parts(all.as_ptr() as *const [T; N], whole) })
    }

    /// The rest, and the slice as arrays of length `N` from the back, mutable.
    #[track_caller]
    pub const fn as_rchunks_mut<const N: usize>(&mut self) -> (&mut [T], &mut [[T; N]]) {
        assert!(N != 0, "chunk size must be non-zero");
        let whole = self.len() / N;
        let (rest, all) = unsafe { self.split_at_mut_unchecked(self.len() - whole * N) };
        (rest, unsafe { from_raw_parts_mut(all.as_mut_ptr() as *mut [T; N], whole) })
    }

    /// The slice as arrays of length `N`, which must leave no rest.
    pub const unsafe fn as_chunks_unchecked<const N: usize>(&self) -> &[[T; N]] {
        unsafe { from_raw_parts(self.as_ptr() as *const [T; N], self.len() / N) }
    }

    /// The slice as arrays of length `N`, which must leave no rest, mutable.
    pub const unsafe fn as_chunks_unchecked_mut<const N: usize>(&mut self) -> &mut [[T; N]] {
        unsafe { from_raw_parts_mut(self.as_mut_ptr() as *mut [T; N], self.len() / N) }
    }

    /// The longest runs in which the function is true of neighbours.
    pub const fn chunk_by<F: FnMut(&T, &T) -> bool>(&self, pred: F) -> ChunkBy<'_, T, F> {
        ChunkBy::new(self, pred)
    }

    /// The longest runs in which the function is true of neighbours, mutable.
    pub const fn chunk_by_mut<F: FnMut(&T, &T) -> bool>(&mut self, pred: F) -> ChunkByMut<'_, T, F> {
        ChunkByMut::new(self, pred)
    }

    /// Both parts at an index.
    #[inline]
    #[track_caller]
    pub const fn split_at(&self, mid: usize) -> (&[T], &[T]) {
        if mid > self.len() {
            panic!("mid > len");
        }
        unsafe { self.split_at_unchecked(mid) }
    }

    /// Both parts at an index, mutable.
    #[inline]
    #[track_caller]
    pub const fn split_at_mut(&mut self, mid: usize) -> (&mut [T], &mut [T]) {
        if mid > self.len() {
            panic!("mid > len");
        }
        unsafe { self.split_at_mut_unchecked(mid) }
    }

    /// Both parts at an index, which must be in bounds.
    #[inline]
    pub const unsafe fn split_at_unchecked(&self, mid: usize) -> (&[T], &[T]) {
        let len = self.len();
        let p = self.as_ptr();
        unsafe { (from_raw_parts(p, mid), from_raw_parts(intrinsics::offset(p, mid), intrinsics::unchecked_sub(len, mid))) }
    }

    /// Both parts at an index, which must be in bounds, mutable.
    #[inline]
    pub const unsafe fn split_at_mut_unchecked(&mut self, mid: usize) -> (&mut [T], &mut [T]) {
        let len = self.len();
        let p = self.as_mut_ptr();
        unsafe {
            (
                from_raw_parts_mut(p, mid),
                from_raw_parts_mut(intrinsics::offset(p, mid), intrinsics::unchecked_sub(len, mid)),
            )
        }
    }

    /// Both parts at an index, if it is in bounds.
    pub const fn split_at_checked(&self, mid: usize) -> Option<(&[T], &[T])> {
        if mid <= self.len() { Some(unsafe { self.split_at_unchecked(mid) }) } else { None }
    }

    /// Both parts at an index, if it is in bounds, mutable.
    pub const fn split_at_mut_checked(&mut self, mid: usize) -> Option<(&mut [T], &mut [T])> {
        if mid <= self.len() { Some(unsafe { self.split_at_mut_unchecked(mid) }) } else { None }
    }

    /// The parts between elements the predicate is true of.
    pub fn split<F: FnMut(&T) -> bool>(&self, pred: F) -> Split<'_, T, F> {
        Split::new(self, pred)
    }

    /// The parts between elements the predicate is true of, mutable.
    pub fn split_mut<F: FnMut(&T) -> bool>(&mut self, pred: F) -> SplitMut<'_, T, F> {
        SplitMut::new(self, pred)
    }

    /// The parts that end with elements the predicate is true of.
    pub fn split_inclusive<F: FnMut(&T) -> bool>(&self, pred: F) -> SplitInclusive<'_, T, F> {
        SplitInclusive::new(self, pred)
    }

    /// The parts that end with elements the predicate is true of, mutable.
    pub fn split_inclusive_mut<F: FnMut(&T) -> bool>(&mut self, pred: F) -> SplitInclusiveMut<'_, T, F> {
        SplitInclusiveMut::new(self, pred)
    }

    /// As `split`, from the back.
    pub fn rsplit<F: FnMut(&T) -> bool>(&self, pred: F) -> RSplit<'_, T, F> {
        RSplit::new(self, pred)
    }

    /// As `split_mut`, from the back.
    pub fn rsplit_mut<F: FnMut(&T) -> bool>(&mut self, pred: F) -> RSplitMut<'_, T, F> {
        RSplitMut::new(self, pred)
    }

    /// As `split`, at most `n` parts.
    pub fn splitn<F: FnMut(&T) -> bool>(&self, n: usize, pred: F) -> SplitN<'_, T, F> {
        SplitN::new(self.split(pred), n)
    }

    /// As `split_mut`, at most `n` parts.
    pub fn splitn_mut<F: FnMut(&T) -> bool>(&mut self, n: usize, pred: F) -> SplitNMut<'_, T, F> {
        SplitNMut::new(self.split_mut(pred), n)
    }

    /// As `rsplit`, at most `n` parts.
    pub fn rsplitn<F: FnMut(&T) -> bool>(&self, n: usize, pred: F) -> RSplitN<'_, T, F> {
        RSplitN::new(self.rsplit(pred), n)
    }

    /// As `rsplit_mut`, at most `n` parts.
    pub fn rsplitn_mut<F: FnMut(&T) -> bool>(&mut self, n: usize, pred: F) -> RSplitNMut<'_, T, F> {
        RSplitNMut::new(self.rsplit_mut(pred), n)
    }

    /// What is before and after the first element the predicate is true of.
    #[unstable(feature = "slice_split_once")]
    pub fn split_once<F: FnMut(&T) -> bool>(&self, pred: F) -> Option<(&[T], &[T])> {
        let index = self.iter().position(pred)?;
        Some((&self[..index], &self[index + 1..]))
    }

    /// What is before and after the last element the predicate is true of.
    #[unstable(feature = "slice_split_once")]
    pub fn rsplit_once<F: FnMut(&T) -> bool>(&self, pred: F) -> Option<(&[T], &[T])> {
        let index = self.iter().rposition(pred)?;
        Some((&self[..index], &self[index + 1..]))
    }

    /// Whether an element equals `x`.
    pub fn contains(&self, x: &T) -> bool
    where
        T: PartialEq,
    {
        let mut i = 0;
        let len = self.len();
        while i < len {
            if self[i] == *x {
                return true;
            }
            i += 1;
        }
        false
    }

    /// Whether it begins with `needle`.
    pub fn starts_with(&self, needle: &[T]) -> bool
    where
        T: PartialEq,
    {
        let n = needle.len();
        self.len() >= n && needle == &self[..n]
    }

    /// Whether it ends with `needle`.
    pub fn ends_with(&self, needle: &[T]) -> bool
    where
        T: PartialEq,
    {
        let (m, n) = (self.len(), needle.len());
        m >= n && needle == &self[m - n..]
    }

    /// The rest after `prefix`, if it begins so.
    pub fn strip_prefix(&self, prefix: &[T]) -> Option<&[T]>
    where
        T: PartialEq,
    {
        if self.starts_with(prefix) { Some(&self[prefix.len()..]) } else { None }
    }

    /// The rest before `suffix`, if it ends so.
    pub fn strip_suffix(&self, suffix: &[T]) -> Option<&[T]>
    where
        T: PartialEq,
    {
        if self.ends_with(suffix) { Some(&self[..self.len() - suffix.len()]) } else { None }
    }

    /// Where a value is in the sorted slice, or where it would be.
    pub fn binary_search(&self, x: &T) -> Result<usize, usize>
    where
        T: Ord,
    {
        self.binary_search_by(|p| p.cmp(x))
    }

    /// Where the function gives `Equal`, or where it changes from `Less` to `Greater`.
    pub fn binary_search_by<'a, F: FnMut(&'a T) -> Ordering>(&'a self, mut f: F) -> Result<usize, usize> {
        let mut size = self.len();
        if size == 0 {
            return Err(0);
        }
        let mut base = 0;
        while size > 1 {
            let half = size / 2;
            let mid = base + half;
            if f(&self[mid]) != Greater {
                base = mid;
            }
            size -= half;
        }
        match f(&self[base]) {
            Equal => Ok(base),
            Less => Err(base + 1),
            Greater => Err(base),
        }
    }

    /// Where a key is in the slice sorted by it, or where it would be.
    pub fn binary_search_by_key<'a, B: Ord, F: FnMut(&'a T) -> B>(&'a self, b: &B, mut f: F) -> Result<usize, usize> {
        self.binary_search_by(|k| f(k).cmp(b))
    }

    /// Where the predicate changes from true to false.
    pub fn partition_point<P: FnMut(&T) -> bool>(&self, mut pred: P) -> usize {
        self.binary_search_by(|x| if pred(x) { Less } else { Greater }).unwrap_or_else(|i| i)
    }

    /// Sorts; equal elements may change places.
    pub fn sort_unstable(&mut self)
    where
        T: Ord,
    {
        sort::unstable(self, &mut |a: &T, b: &T| a.lt(b));
    }

    /// Sorts by a comparison; equal elements may change places.
    pub fn sort_unstable_by<F: FnMut(&T, &T) -> Ordering>(&mut self, mut compare: F) {
        sort::unstable(self, &mut |a: &T, b: &T| compare(a, b) == Less);
    }

    /// Sorts by a key; equal elements may change places.
    pub fn sort_unstable_by_key<K: Ord, F: FnMut(&T) -> K>(&mut self, mut f: F) {
        sort::unstable(self, &mut |a: &T, b: &T| f(a).lt(&f(b)));
    }

    /// The merge sort of `alloc`'s `sort`: `scratch` has room for half the elements.
    #[doc(hidden)]
    pub fn stable_sort_with_scratch<F: FnMut(&T, &T) -> bool>(&mut self, scratch: &mut [mem::MaybeUninit<T>], less: &mut F) {
        sort::stable(self, scratch, less);
    }

    /// Puts the element that belongs at `index` there, smaller ones before it and larger after.
    #[track_caller]
    pub fn select_nth_unstable(&mut self, index: usize) -> (&mut [T], &mut T, &mut [T])
    where
        T: Ord,
    {
        sort::select(self, index, &mut |a: &T, b: &T| a.lt(b))
    }

    /// As `select_nth_unstable`, by a comparison.
    #[track_caller]
    pub fn select_nth_unstable_by<F>(&mut self, index: usize, mut compare: F) -> (&mut [T], &mut T, &mut [T])
    where
        F: FnMut(&T, &T) -> Ordering,
    {
        sort::select(self, index, &mut |a: &T, b: &T| compare(a, b) == Less)
    }

    /// As `select_nth_unstable`, by a key.
    #[track_caller]
    pub fn select_nth_unstable_by_key<K: Ord, F>(&mut self, index: usize, mut f: F) -> (&mut [T], &mut T, &mut [T])
    where
        F: FnMut(&T) -> K,
    {
        sort::select(self, index, &mut |a: &T, b: &T| f(a).lt(&f(b)))
    }

    /// Moves repeated neighbours to the end; the parts without and with them.
    #[unstable(feature = "slice_partition_dedup")]
    pub fn partition_dedup_by<F: FnMut(&mut T, &mut T) -> bool>(&mut self, mut same_bucket: F) -> (&mut [T], &mut [T]) {
        let len = self.len();
        if len <= 1 {
            return self.split_at_mut(len);
        }
        let p = self.as_mut_ptr();
        let mut write = 1;
        let mut read = 1;
        while read < len {
            unsafe {
                if !same_bucket(&mut *p.add(read), &mut *p.add(write - 1)) {
                    if read != write {
                        ptr::swap(p.add(read), p.add(write));
                    }
                    write += 1;
                }
            }
            read += 1;
        }
        self.split_at_mut(write)
    }

    /// The element at `mid` becomes the first.
    #[track_caller]
    pub const fn rotate_left(&mut self, mid: usize) {
        assert!(mid <= self.len());
        sort::rotate(self, mid);
    }

    /// The first element comes to stand at `k`.
    #[track_caller]
    pub const fn rotate_right(&mut self, k: usize) {
        assert!(k <= self.len());
        let mid = self.len() - k;
        sort::rotate(self, mid);
    }

    /// Clones of a value everywhere.
    pub fn fill(&mut self, value: T)
    where
        T: Clone,
    {
        let len = self.len();
        if len == 0 {
            return;
        }
        let mut i = 0;
        while i < len - 1 {
            self[i] = value.clone();
            i += 1;
        }
        self[len - 1] = value;
    }

    /// What the function gives, everywhere.
    pub fn fill_with<F: FnMut() -> T>(&mut self, mut f: F) {
        let mut i = 0;
        let len = self.len();
        while i < len {
            self[i] = f();
            i += 1;
        }
    }

    /// Clones of the elements of a slice of the same length.
    #[track_caller]
    pub fn clone_from_slice(&mut self, src: &[T])
    where
        T: Clone,
    {
        if self.len() != src.len() {
            copy_length_mismatch(src.len(), self.len());
        }
        let mut i = 0;
        while i < src.len() {
            self[i].clone_from(&src[i]);
            i += 1;
        }
    }

    /// Copies of the elements of a slice of the same length.
    #[track_caller]
    pub const fn copy_from_slice(&mut self, src: &[T])
    where
        T: Copy,
    {
        if self.len() != src.len() {
            copy_length_mismatch(src.len(), self.len());
        }
        unsafe { intrinsics::copy_nonoverlapping(src.as_ptr(), self.as_mut_ptr(), src.len()) }
    }

    /// Copies a part to another place in the slice.
    #[track_caller]
    pub fn copy_within<R: RangeBounds<usize>>(&mut self, src: R, dest: usize)
    where
        T: Copy,
    {
        let len = self.len();
        let Range { start, end } = range(src, ..len);
        let count = end - start;
        assert!(dest <= len - count, "dest is out of bounds");
        unsafe {
            let p = self.as_mut_ptr();
            intrinsics::copy(p.add(start) as *const T, p.add(dest), count);
        }
    }

    /// Exchanges the elements with those of a slice of the same length.
    #[track_caller]
    pub const fn swap_with_slice(&mut self, other: &mut [T]) {
        assert!(self.len() == other.len(), "destination and source slices have different lengths");
        unsafe { ptr::swap_nonoverlapping(self.as_mut_ptr(), other.as_mut_ptr(), self.len()) }
    }

    /// A part without alignment for `U`, an aligned part as `U`, and the rest.
    pub unsafe fn align_to<U>(&self) -> (&[T], &[U], &[T]) {
        let (size_t, size_u) = (intrinsics::size_of::<T>(), intrinsics::size_of::<U>());
        if size_t == 0 || size_u == 0 {
            return (self, &[], &[]);
        }
        let before = ptr::align_offset(self.as_ptr(), intrinsics::align_of::<U>());
        if before > self.len() {
            return (self, &[], &[]);
        }
        let (left, rest) = self.split_at(before);
        let mut count = rest.len() * size_t / size_u;
        while count * size_u % size_t != 0 {
            count -= 1;
        }
        let used = count * size_u / size_t;
        unsafe { (left, from_raw_parts(rest.as_ptr() as *const U, count), &rest[used..]) }
    }

    /// As `align_to`, mutable.
    pub unsafe fn align_to_mut<U>(&mut self) -> (&mut [T], &mut [U], &mut [T]) {
        let (left, mid, right) = unsafe { self.align_to::<U>() };
        let (a, b, c) = (left.len(), mid.len(), right.len());
        let total = self.len();
        let p = self.as_mut_ptr();
        unsafe {
            (
                from_raw_parts_mut(p, a),
                from_raw_parts_mut(p.add(a) as *mut U, b),
                from_raw_parts_mut(p.add(total - c), c),
            )
        }
    }

    /// Whether no element is less than the one before.
    pub fn is_sorted(&self) -> bool
    where
        T: PartialOrd,
    {
        self.is_sorted_by(|a, b| a <= b)
    }

    /// Whether the function is true of every element and the one after.
    pub fn is_sorted_by<'a, F: FnMut(&'a T, &'a T) -> bool>(&'a self, mut compare: F) -> bool {
        let mut i = 1;
        while i < self.len() {
            if !compare(&self[i - 1], &self[i]) {
                return false;
            }
            i += 1;
        }
        true
    }

    /// Whether the keys are sorted.
    pub fn is_sorted_by_key<'a, F: FnMut(&'a T) -> K, K: PartialOrd>(&'a self, f: F) -> bool {
        self.iter().is_sorted_by_key(f)
    }

    /// Mutable references to several elements or parts that do not overlap.
    pub fn get_disjoint_mut<I, const N: usize>(
        &mut self,
        indices: [I; N],
    ) -> Result<[&mut I::Output; N], GetDisjointMutError>
    where
        I: index::DisjointIndex + SliceIndex<[T]>,
    {
        let mut i = 0;
        while i < N {
            if !indices[i].is_in_bounds(self.len()) {
                return Err(GetDisjointMutError::IndexOutOfBounds);
            }
            let mut j = 0;
            while j < i {
                if indices[i].is_overlapping(&indices[j]) {
                    return Err(GetDisjointMutError::OverlappingIndices);
                }
                j += 1;
            }
            i += 1;
        }
        unsafe { Ok(self.get_disjoint_unchecked_mut(indices)) }
    }

    /// As `get_disjoint_mut`, without checks.
    pub unsafe fn get_disjoint_unchecked_mut<I, const N: usize>(&mut self, indices: [I; N]) -> [&mut I::Output; N]
    where
        I: index::DisjointIndex + SliceIndex<[T]>,
    {
        let slice: *mut [T] = self;
        crate::array::from_fn(|i| unsafe { &mut *indices[i].clone().get_unchecked_mut(slice) })
    }

    /// Where an element is of which a reference is given.
    pub fn element_offset(&self, element: &T) -> Option<usize> {
        let size = intrinsics::size_of::<T>();
        if size == 0 {
            panic!("elements are zero-sized");
        }
        let distance = (element as *const T).addr().wrapping_sub(self.as_ptr().addr());
        if distance % size != 0 || distance / size >= self.len() { None } else { Some(distance / size) }
    }

    /// Takes a part off, if it is at an end and in bounds.
    pub fn split_off<'a, R: RangeBounds<usize>>(self: &mut &'a Self, range: R) -> Option<&'a Self> {
        let this: &'a [T] = *self;
        let (front, mid) = index::one_sided(range)?;
        if mid > this.len() {
            return None;
        }
        let (left, right) = this.split_at(mid);
        let (taken, kept) = if front { (left, right) } else { (right, left) };
        *self = kept;
        Some(taken)
    }

    /// Takes a part off, if it is at an end and in bounds, mutable.
    pub fn split_off_mut<'a, R: RangeBounds<usize>>(self: &mut &'a mut Self, range: R) -> Option<&'a mut Self> {
        let (front, mid) = index::one_sided(range)?;
        if mid > self.len() {
            return None;
        }
        let (left, right) = mem::take(self).split_at_mut(mid);
        let (taken, kept) = if front { (left, right) } else { (right, left) };
        *self = kept;
        Some(taken)
    }

    /// Takes the first element off, mutable.
    pub fn split_off_first_mut<'a>(self: &mut &'a mut Self) -> Option<&'a mut T> {
        let (first, rest) = mem::take(self).split_first_mut()?;
        *self = rest;
        Some(first)
    }

    /// Takes the last element off, mutable.
    pub fn split_off_last_mut<'a>(self: &mut &'a mut Self) -> Option<&'a mut T> {
        let (last, rest) = mem::take(self).split_last_mut()?;
        *self = rest;
        Some(last)
    }

    /// Takes the first element off.
    pub const fn split_off_first<'a>(self: &mut &'a Self) -> Option<&'a T> {
        let (first, rest) = self.split_first()?;
        *self = rest;
        Some(first)
    }

    /// Takes the last element off.
    pub const fn split_off_last<'a>(self: &mut &'a Self) -> Option<&'a T> {
        let (last, rest) = self.split_last()?;
        *self = rest;
        Some(last)
    }
}

impl<T, const N: usize> [[T; N]] {
    /// The elements of the arrays as one slice.
    #[track_caller]
    pub const fn as_flattened(&self) -> &[T] {
        let len = match self.len().checked_mul(N) {
            Some(len) => len,
            None => panic!("slice len overflow"),
        };
        unsafe { from_raw_parts(self.as_ptr() as *const T, len) }
    }

    /// The elements of the arrays as one slice, mutable.
    #[track_caller]
    pub const fn as_flattened_mut(&mut self) -> &mut [T] {
        let len = match self.len().checked_mul(N) {
            Some(len) => len,
            None => panic!("slice len overflow"),
        };
        unsafe { from_raw_parts_mut(self.as_mut_ptr() as *mut T, len) }
    }
}

impl<T> Default for &[T] {
    fn default() -> Self {
        &[]
    }
}

impl<T> Default for &mut [T] {
    fn default() -> Self {
        &mut []
    }
}

impl<'a, T> IntoIterator for &'a [T] {
    type Item = &'a T;
    type IntoIter = Iter<'a, T>;

    #[inline]
    fn into_iter(self) -> Iter<'a, T> {
        Iter::new(self)
    }
}

impl<'a, T> IntoIterator for &'a mut [T] {
    type Item = &'a mut T;
    type IntoIter = IterMut<'a, T>;

    #[inline]
    fn into_iter(self) -> IterMut<'a, T> {
        IterMut::new(self)
    }
}
