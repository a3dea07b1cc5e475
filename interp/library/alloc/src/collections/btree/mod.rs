//! B-trees: the ordered map, and the set that is a map to nothing.
//!
//! `node.rs` knows the layout of nodes, `tree.rs` searches, inserts and removes, `position.rs` walks.

pub mod map;
mod node;
mod position;
pub mod set;
mod tree;
