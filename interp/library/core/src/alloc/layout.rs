//! Size and alignment of a block of memory.

use crate::error::Error;
use crate::intrinsics::precondition_violated;
use crate::num::NonZero;
use crate::ptr::NonNull;
use crate::{fmt, mem};

/// Size and alignment of a block of memory.
#[lang = "alloc_layout"]
#[derive(Copy, Clone, PartialEq, Eq, Hash)]
pub struct Layout {
    size: usize,
    /// A power of two.
    align: NonZero<usize>,
}

/// Size and alignment do not fit together.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct LayoutError;

/// The former name of `LayoutError`.
pub type LayoutErr = LayoutError;

impl fmt::Display for LayoutError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("invalid parameters to Layout::from_size_align")
    }
}

impl Error for LayoutError {}

impl fmt::Debug for Layout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let align = self.align.get();
        f.debug_struct("Layout")
            .field("size", &self.size)
            .field("align", &format_args!("{} (1 << {})", align, align.trailing_zeros()))
            .finish()
    }
}

impl Layout {
    /// Of size and alignment, if they fit together.
    pub const fn from_size_align(size: usize, align: usize) -> Result<Self, LayoutError> {
        if !align.is_power_of_two() || size > (isize::MAX as usize) - (align - 1) {
            return Err(LayoutError);
        }
        Ok(unsafe { Layout::from_size_align_unchecked(size, align) })
    }

    /// Of size and alignment, which must fit together.
    #[inline]
    pub const unsafe fn from_size_align_unchecked(size: usize, align: usize) -> Self {
        if !align.is_power_of_two() || size > isize::MAX as usize + 1 - align {
            let rule = "`Layout::from_size_align_unchecked` requires that align is a power of 2 and the rounded-up \
                        allocation size does not exceed isize::MAX";
            unsafe { precondition_violated(rule) }
        }
        Layout { size, align: unsafe { NonZero::new_unchecked(align) } }
    }

    /// The size.
    #[inline]
    pub const fn size(&self) -> usize {
        self.size
    }

    /// The alignment.
    #[inline]
    pub const fn align(&self) -> usize {
        self.align.get()
    }

    /// Of a type.
    #[inline]
    pub const fn new<T>() -> Self {
        unsafe { Layout::from_size_align_unchecked(mem::size_of::<T>(), mem::align_of::<T>()) }
    }

    /// Of a value.
    #[inline]
    pub const fn for_value<T: ?Sized>(t: &T) -> Self {
        unsafe { Layout::from_size_align_unchecked(mem::size_of_val(t), mem::align_of_val(t)) }
    }

    /// Of what a raw pointer points to.
    #[unstable(feature = "layout_for_ptr")]
    pub const unsafe fn for_value_raw<T: ?Sized>(t: *const T) -> Self {
        unsafe { Layout::from_size_align_unchecked(mem::size_of_val_raw(t), mem::align_of_val_raw(t)) }
    }

    /// A well-aligned pointer to nothing.
    pub const fn dangling(&self) -> NonNull<u8> {
        NonNull::without_provenance(self.align)
    }

    /// With at least this alignment.
    pub const fn align_to(&self, align: usize) -> Result<Self, LayoutError> {
        Layout::from_size_align(self.size, if self.align.get() > align { self.align.get() } else { align })
    }

    /// How many bytes are missing up to a multiple of `align`.
    #[unstable(feature = "ptr_alignment_type")]
    pub const fn padding_needed_for(&self, align: usize) -> usize {
        if !align.is_power_of_two() {
            return usize::MAX;
        }
        (self.size.wrapping_add(align - 1) & !(align - 1)).wrapping_sub(self.size)
    }

    /// With the size rounded up to the alignment.
    pub const fn pad_to_align(&self) -> Layout {
        let align = self.align.get();
        let size = (self.size + (align - 1)) & !(align - 1);
        unsafe { Layout::from_size_align_unchecked(size, align) }
    }

    /// Of `n` such blocks in a row, with padding between them but none behind the last; and their distance.
    pub const fn repeat(&self, n: usize) -> Result<(Self, usize), LayoutError> {
        let padded = self.pad_to_align();
        if n == 0 {
            return match padded.repeat_packed(0) {
                Ok(layout) => Ok((layout, padded.size)),
                Err(e) => Err(e),
            };
        }
        let before = match padded.repeat_packed(n - 1) {
            Ok(layout) => layout,
            Err(e) => return Err(e),
        };
        match before.extend_packed(*self) {
            Ok(layout) => Ok((layout, padded.size)),
            Err(e) => Err(e),
        }
    }

    /// Of `n` such blocks in a row without padding.
    pub const fn repeat_packed(&self, n: usize) -> Result<Self, LayoutError> {
        match self.size.checked_mul(n) {
            Some(size) => Layout::from_size_align(size, self.align.get()),
            None => Err(LayoutError),
        }
    }

    /// Of this block and the other right behind it, aligned as this one.
    pub const fn extend_packed(&self, next: Self) -> Result<Self, LayoutError> {
        match self.size.checked_add(next.size) {
            Some(size) => Layout::from_size_align(size, self.align.get()),
            None => Err(LayoutError),
        }
    }

    /// A pointer that is aligned and points to nothing.
    pub const fn dangling_ptr(&self) -> NonNull<u8> {
        NonNull::without_provenance(self.align)
    }

    /// Of this block and the other behind it, and where that begins.
    pub const fn extend(&self, next: Self) -> Result<(Self, usize), LayoutError> {
        let align = if self.align.get() > next.align.get() { self.align.get() } else { next.align.get() };
        let mask = next.align.get() - 1;
        let offset = match self.size.checked_add(mask) {
            Some(end) => end & !mask,
            None => return Err(LayoutError),
        };
        match offset.checked_add(next.size) {
            Some(size) => match Layout::from_size_align(size, align) {
                Ok(layout) => Ok((layout, offset)),
                Err(e) => Err(e),
            },
            None => Err(LayoutError),
        }
    }

    /// Of `[T; n]`.
    #[inline]
    pub const fn array<T>(n: usize) -> Result<Self, LayoutError> {
        match mem::size_of::<T>().checked_mul(n) {
            Some(size) => Layout::from_size_align(size, mem::align_of::<T>()),
            None => Err(LayoutError),
        }
    }
}
