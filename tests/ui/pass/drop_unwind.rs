// Panics in the middle: what was made so far is dropped, in the right order.
use std::panic::{catch_unwind, AssertUnwindSafe};
struct D(u32);
impl Drop for D {
    fn drop(&mut self) {
        println!("  drop {}", self.0);
    }
}
struct Bomb(u32);
impl Drop for Bomb {
    fn drop(&mut self) {
        println!("  bomb {}", self.0);
        if self.0 == 99 {
            return;
        }
        panic!("bomb {}", self.0);
    }
}
fn boom() -> D {
    panic!("boom")
}
fn boomn() -> u32 {
    panic!("boom")
}
struct P {
    a: D,
    b: D,
    c: D,
}
struct WithBomb {
    a: D,
    b: Bomb,
    c: D,
}
struct Outer(WithBomb, D);
impl Drop for Outer {
    fn drop(&mut self) {
        println!("  outer");
    }
}
fn three(_a: D, _b: D, _c: u32) {}
fn takes(a: D, _: D, (b, _c): (D, D)) {
    println!("  takes {} {}", a.0, b.0);
    panic!("in takes");
}
fn run(name: &str, f: impl FnOnce()) {
    println!("{name}");
    match catch_unwind(AssertUnwindSafe(f)) {
        Ok(()) => println!("  fine"),
        Err(e) => match e.downcast_ref::<&str>() {
            Some(s) => println!("  caught {s}"),
            None => println!("  caught {}", e.downcast_ref::<String>().unwrap()),
        },
    }
}
fn main() {
    std::panic::set_hook(Box::new(|_| {}));
    run("struct", || {
        let _p = P { a: D(1), c: D(2), b: boom() };
    });
    run("array", || {
        let _a = [D(1), D(2), boom(), D(3)];
    });
    run("tuple", || {
        let _t = (D(1), Box::new(D(2)), boom());
    });
    run("vec", || {
        let _v = vec![D(1), D(2), boom()];
    });
    run("args", || three(D(1), D(2), boomn()));
    run("params", || takes(D(1), D(2), (D(3), D(4))));
    run("locals", || {
        let _a = D(1);
        let b = D(2);
        {
            let _c = D(3);
            drop(b);
            boom();
        }
    });
    run("field bomb", || {
        let _w = WithBomb { a: D(1), b: Bomb(2), c: D(3) };
        let _d = D(4);
    });
    run("outer", || {
        let _x = D(0);
        let _o = Outer(WithBomb { a: D(1), b: Bomb(2), c: D(3) }, D(4));
        let _y = D(5);
    });
    run("array of bombs", || {
        let _v = [Some(Bomb(1)), None];
        let _d = D(2);
    });
    run("vec bomb", || {
        let _v: Vec<Box<dyn std::any::Any>> = vec![Box::new(D(1)), Box::new(Bomb(2)), Box::new(D(3))];
    });
    run("assign", || {
        let mut b = Bomb(1);
        let _d = D(2);
        b = Bomb(99);
        drop(b);
    });
    run("partial", || {
        let w = WithBomb { a: D(1), b: Bomb(2), c: D(3) };
        let _a = w.a;
        println!("  moved a");
    });
    run("box", || {
        let b = Box::new((D(1), D(2)));
        let _x = b.0;
        boom();
    });
    run("box bomb", || {
        let _b = Box::new((D(1), Bomb(2), D(3)));
    });
    run("closure", || {
        let a = D(1);
        let b = D(2);
        let f = move || {
            let _a = &a;
            drop(b);
            boom();
        };
        let _z = D(3);
        f();
    });
    run("temp bomb", || {
        let n = (D(1), Bomb(2)).0.0 + D(3).0;
        println!("  n {n}");
    });
    run("loop", || {
        let mut v = Vec::new();
        for i in 0.. {
            let _d = D(100 + i);
            v.push(D(i));
            if i == 2 {
                panic!("loop");
            }
        }
    });
    run("arith", || {
        let _d = D(1);
        let v: Vec<i32> = vec![];
        let n = 10 / v.len();
        println!("{n}");
    });
    run("while dropping", || {
        let _d = D(1);
        struct Guard;
        impl Drop for Guard {
            fn drop(&mut self) {
                println!("  guard panicking {}", std::thread::panicking());
                let r = catch_unwind(|| panic!("inner"));
                println!("  inner {}", r.is_err());
            }
        }
        let _g = Guard;
        boom();
    });
}
