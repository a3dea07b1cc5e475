// Hooks, payloads, catching, unwinding order.
use std::panic::{self, AssertUnwindSafe, Location, PanicHookInfo};

struct D(&'static str);

impl Drop for D {
    fn drop(&mut self) {
        println!("drop {} {}", self.0, std::thread::panicking());
    }
}

#[track_caller]
fn here() -> &'static Location<'static> {
    Location::caller()
}

fn text(info: &PanicHookInfo<'_>) -> String {
    let at = info.location().unwrap();
    format!("{}:{} {:?}", at.line(), at.column(), info.payload_as_str())
}

fn nested(n: u32) -> u32 {
    let _d = D("frame");
    if n == 0 {
        let v: Vec<i32> = Vec::new();
        return v[n as usize] as u32;
    }
    nested(n - 1) + 1
}

fn main() {
    panic::set_hook(Box::new(|info| println!("hook {}", text(info))));
    let r = panic::catch_unwind(|| {
        let _a = D("a");
        let _b = D("b");
        panic!("message {}", 42);
    });
    println!("{:?}", r.unwrap_err().downcast_ref::<String>());
    println!("{:?}", panic::catch_unwind(|| nested(2)).is_err());
    println!("{:?}", panic::catch_unwind(|| 5));
    let r = panic::catch_unwind(|| panic::panic_any(vec![1, 2]));
    println!("{:?}", r.unwrap_err().downcast::<Vec<i32>>());
    let r = panic::catch_unwind(|| panic::resume_unwind(Box::new("quiet")));
    println!("{:?}", r.unwrap_err().downcast_ref::<&str>());
    let mut n = 0;
    let r = panic::catch_unwind(AssertUnwindSafe(|| {
        n += 1;
        Option::<u8>::None.expect("needed")
    }));
    println!("{} {n}", r.is_err());
    let r = panic::catch_unwind(|| {
        struct Inner;
        impl Drop for Inner {
            fn drop(&mut self) {
                let r = panic::catch_unwind(|| panic!("in drop"));
                println!("inner {}", r.is_err());
            }
        }
        let _i = Inner;
        panic!("outer");
    });
    println!("{:?}", r.unwrap_err().downcast_ref::<&str>());
    for case in 0..12u32 {
        let r = panic::catch_unwind(|| fails(case));
        assert!(r.is_err(), "{case}");
    }
    println!("{} {}", here().line(), here().file().ends_with("panics.rs"));
    let old = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        print!("new, then old: ");
        old(info);
    }));
    let _ = panic::catch_unwind(|| assert_eq!(1 + 1, 3, "sums {}", "differ"));
    let _ = panic::catch_unwind(|| unreachable!("state {}", 'x'));
    let _ = panic::catch_unwind(|| {
        let r: Result<u8, String> = Err("why".into());
        r.unwrap()
    });
}

fn fails(case: u32) -> u32 {
    let zero = case - case;
    let big = u32::MAX - zero;
    let list = [1u32, 2, 3];
    match case {
        0 => case / zero,
        1 => case % zero,
        2 => big + case + 1,
        3 => zero - case,
        4 => big * 2,
        5 => list[(case + 5) as usize],
        6 => list[2..(zero + 1) as usize].len() as u32,
        7 => list[(case as usize)..].len() as u32,
        8 => 1 << (case + 40),
        9 => "é"[..1].len() as u32,
        10 => todo!(),
        _ => unimplemented!("later"),
    }
}
