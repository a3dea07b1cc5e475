/// Under whatever name its users know it.
pub const NAME: &str = env!("CARGO_PKG_NAME");
