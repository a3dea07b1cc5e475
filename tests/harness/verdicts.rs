//! Every way in which libtest judges a test.

pub fn add(a: i32, b: i32) -> i32 {
    a + b
}

#[test]
fn at_the_root() {
    println!("nobody sees this");
    assert_eq!(add(1, 2), 3);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrong_sum() {
        println!("to stdout");
        eprintln!("to stderr");
        assert_eq!(add(1, 2), 4, "sum of {}", 2);
    }

    #[test]
    #[should_panic]
    fn panics() {
        panic!("x");
    }

    #[test]
    #[should_panic(expected = "abc")]
    fn panics_as_expected() {
        panic!("zz abc zz");
    }

    #[test]
    #[should_panic(expected = "a\"bc")]
    fn panics_otherwise() {
        panic!("z\tz");
    }

    #[test]
    #[should_panic = "old"]
    fn panics_in_the_old_style() {
        panic!("old");
    }

    #[test]
    #[should_panic(expected = "abc")]
    fn panics_with_a_number() {
        std::panic::panic_any(5);
    }

    #[test]
    #[should_panic]
    fn does_not_panic() {
        println!("quiet");
    }

    #[test]
    #[ignore]
    fn ignored() {}

    #[test]
    #[ignore = "takes too long"]
    fn ignored_for_a_reason() {
        panic!();
    }

    #[test]
    fn returns_ok() -> Result<(), String> {
        Ok(())
    }

    #[test]
    fn returns_err() -> Result<(), String> {
        Err("bad thing".into())
    }

    macro_rules! lengths {
        ($($name:ident),*) => {
            $(
                #[test]
                fn $name() {
                    assert!(stringify!($name).len() > 1, "short");
                }
            )*
        };
    }
    lengths!(ma, mb, c);

    mod inner {
        #[test]
        fn knows_its_thread() {
            assert_eq!(std::thread::current().name(), Some("tests::inner::knows_its_thread"));
            std::thread::spawn(|| println!("from another thread")).join().unwrap();
        }
    }

    #[allow(dead_code)]
    fn holds_another() {
        #[allow(unnameable_test_items)]
        #[test]
        fn is_no_test() {}
    }
}
