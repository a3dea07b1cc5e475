// A panic in the middle of a `Vec` operation drops each value once.
use std::cell::RefCell;
use std::panic::{catch_unwind, AssertUnwindSafe};

thread_local!(static DROPS: RefCell<Vec<u32>> = const { RefCell::new(Vec::new()) });

#[derive(Debug, PartialEq)]
struct Noisy(u32);

impl Drop for Noisy {
    fn drop(&mut self) {
        DROPS.with_borrow_mut(|d| d.push(self.0));
        if self.0 == 99 {
            panic!("drop of 99");
        }
    }
}

impl Clone for Noisy {
    fn clone(&self) -> Noisy {
        assert!(self.0 != 4, "clone of 4");
        Noisy(self.0 + 100)
    }
}

fn fresh() -> Vec<Noisy> {
    (1..=6).map(Noisy).collect()
}

fn check(name: &str, f: impl FnOnce(&mut Vec<Noisy>)) {
    let mut v = fresh();
    let failed = catch_unwind(AssertUnwindSafe(|| f(&mut v))).is_err();
    let mut left: Vec<u32> = v.iter().map(|n| n.0).collect();
    let during = DROPS.take();
    drop(v);
    left.sort();
    println!("{name}: failed {failed}, left {left:?}, dropped {during:?} then {:?}", {
        let mut after = DROPS.take();
        after.sort();
        after
    });
}

fn main() {
    std::panic::set_hook(Box::new(|_| {}));
    check("retain", |v| {
        v.retain(|n| {
            assert!(n.0 != 4);
            n.0 % 2 == 0
        })
    });
    check("dedup_by", |v| {
        v.dedup_by(|a, _| {
            assert!(a.0 != 5);
            a.0 % 2 == 0
        })
    });
    check("extend_from_slice", |v| {
        let more = fresh();
        v.extend_from_slice(&more)
    });
    check("clone", |v| {
        let _copy = v.clone();
    });
    check("resize_with", |v| {
        let mut n = 10;
        v.resize_with(10, || {
            n += 1;
            assert!(n != 13);
            Noisy(n)
        })
    });
    check("extend", |v| v.extend((20..30).map(|n| if n == 23 { panic!() } else { Noisy(n) })));
    check("drain", |v| {
        v.insert(2, Noisy(99));
        v.drain(1..4);
    });
    check("truncate", |v| {
        v.insert(4, Noisy(99));
        v.truncate(3)
    });
    check("sort", |v| {
        let mut count = 0;
        v.sort_by(|a, b| {
            count += 1;
            assert!(count != 4);
            b.0.cmp(&a.0)
        });
    });
    check("extract_if", |v| {
        v.extract_if(.., |n| {
            assert!(n.0 != 4);
            n.0 % 2 == 1
        })
        .for_each(drop)
    });
    check("splice", |v| {
        v.splice(1..3, (50..55).map(|n| if n == 53 { panic!() } else { Noisy(n) }));
    });
}
