//! Code that runs when a value's scope ends.

/// Types with a destructor.
#[lang = "drop"]
pub trait Drop {
    /// Called by the compiler just before the fields are dropped.
    fn drop(&mut self);
}
