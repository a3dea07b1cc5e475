fn check(n: u32) {
    assert!(n < 3, "n is {n}");
    assert_eq!(n + 1, 3, "one more than {}", n);
}

fn main() {
    check(2);
    check(1);
}
