//! The names every program has without asking.
//!
//! To add a name, add it to `v1` (every edition) or to the edition that brought it.

pub mod v1 {
    //! What every edition has.
    pub use crate::borrow::ToOwned;
    pub use crate::boxed::Box;
    pub use crate::string::{String, ToString};
    pub use crate::vec::Vec;
    pub use core::prelude::v1::*;
}

pub mod rust_2015 {
    //! Edition 2015.
    pub use super::v1::*;
}

pub mod rust_2018 {
    //! Edition 2018.
    pub use super::v1::*;
}

pub mod rust_2021 {
    //! Edition 2021.
    pub use super::v1::*;
    pub use core::convert::{TryFrom, TryInto};
    pub use core::iter::FromIterator;
}

pub mod rust_2024 {
    //! Edition 2024.
    pub use super::v1::*;
    pub use core::convert::{TryFrom, TryInto};
    pub use core::future::{Future, IntoFuture};
    pub use core::iter::FromIterator;
}
