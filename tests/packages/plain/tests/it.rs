use plain_package::square;

mod common;

#[test]
fn from_outside() {
    assert_eq!(square(common::three()), 9);
}
