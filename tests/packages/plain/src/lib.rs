//! A package with everything that needs no other.

pub mod shapes;

/// The square, by way of a macro of another crate.
pub fn square(x: i32) -> i32 {
    helper::twice_with!(x, |a, b| a * b)
}

pub fn version() -> &'static str {
    env!("CARGO_PKG_VERSION")
}

#[cfg(test)]
mod tests {
    #[test]
    fn squares() {
        assert_eq!(super::square(7), 49);
        assert_eq!(module_path!(), "plain_package::tests");
    }

    #[test]
    fn features_are_cfgs() {
        assert!(cfg!(feature = "greeting"));
        assert_eq!(cfg!(feature = "loud"), helper::LOUD);
        assert!(cfg!(test) && !helper::TEST);
    }
}
