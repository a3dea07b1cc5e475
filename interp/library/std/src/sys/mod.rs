//! What lies under std on this machine.

pub(crate) mod c;
