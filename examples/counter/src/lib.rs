//! A counter of words, with the three kinds of tests that Cargo knows.

use std::collections::BTreeMap;

/// How often each word of `text` is in it.
///
/// ```
/// assert_eq!(counter::count("a b a")["a"], 2);
/// ```
pub fn count(text: &str) -> BTreeMap<&str, usize> {
    let mut found = BTreeMap::new();
    for word in text.split_whitespace() {
        *found.entry(word).or_insert(0) += 1;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::count;

    #[test]
    fn nothing_has_no_words() {
        assert!(count(" \n").is_empty());
    }
}
