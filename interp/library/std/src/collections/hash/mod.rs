//! Maps and sets by hash.

pub mod map;
pub mod set;
mod table;
