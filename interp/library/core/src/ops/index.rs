//! Indexing with brackets.

/// `container[index]` as a place that is read.
#[lang = "index"]
pub trait Index<Idx: ?Sized> {
    /// The type of the element.
    type Output: ?Sized;

    /// A reference to the element; may panic if there is none.
    #[track_caller]
    fn index(&self, index: Idx) -> &Self::Output;
}

/// `container[index]` as a place that is written.
#[lang = "index_mut"]
pub trait IndexMut<Idx: ?Sized>: Index<Idx> {
    /// A mutable reference to the element; may panic if there is none.
    #[track_caller]
    fn index_mut(&mut self, index: Idx) -> &mut Self::Output;
}
