#[test]
fn each_word_is_counted() {
    let found = counter::count("x y x x");
    assert_eq!(found.into_iter().collect::<Vec<_>>(), [("x", 3), ("y", 1)]);
}
