//! Iterators made of other iterators.

mod chain;
mod cloned;
mod cycle;
mod enumerate;
mod filter;
mod flatten;
mod fuse;
mod inspect;
mod intersperse;
mod map;
mod peekable;
mod rev;
mod scan;
mod skip;
mod step_by;
mod take;
mod zip;

pub use self::chain::{chain, Chain};
pub use self::cloned::{Cloned, Copied};
pub use self::cycle::Cycle;
pub use self::enumerate::Enumerate;
pub use self::filter::{Filter, FilterMap};
pub use self::flatten::{FlatMap, Flatten};
pub use self::fuse::Fuse;
pub use self::inspect::Inspect;
pub use self::intersperse::Intersperse;
pub use self::map::{Map, MapWhile};
pub use self::peekable::Peekable;
pub use self::rev::Rev;
pub use self::scan::Scan;
pub use self::skip::{Skip, SkipWhile};
pub use self::step_by::StepBy;
pub use self::take::{Take, TakeWhile};
pub use self::zip::{zip, Zip};
