// Overflow checks, divisions, shifts, casts, indexing: each panic with its message; order of evaluation.
use std::panic::catch_unwind;
fn t<T>(n: T, s: &str) -> T { print!("<{s}>"); n }
fn run<R: std::fmt::Debug>(f: impl FnOnce() -> R + std::panic::UnwindSafe) {
    match catch_unwind(f) {
        Ok(r) => println!("ok {r:?}"),
        Err(e) => println!("panic: {}", e.downcast_ref::<String>().cloned().unwrap_or_else(|| e.downcast_ref::<&str>().unwrap().to_string())),
    }
}
fn bb<T>(x: T) -> T { std::hint::black_box(x) }
fn main() {
    std::panic::set_hook(Box::new(|_| {}));
    run(|| bb(255u8) + 1);
    run(|| bb(0u32) - 1);
    run(|| bb(i64::MIN) * -1);
    run(|| -bb(i8::MIN));
    run(|| bb(5) / bb(0));
    run(|| bb(5u8) % bb(0));
    run(|| bb(i32::MIN) / bb(-1));
    run(|| bb(i128::MIN) % bb(-1));
    run(|| bb(1u32) << bb(32));
    run(|| bb(1i16) >> bb(-1i8));
    run(|| bb(1u64) << bb(63u128));
    run(|| { let mut x = bb(200u8); x += 56; x });
    run(|| { let mut x = bb(1usize); x -= 2; x });
    run(|| { let mut x = bb(1i32); x <<= bb(33); x });
    run(|| { let mut x = bb(7i32); x %= bb(0); x });
    run(|| [1, 2, 3][bb(3)]);
    run(|| { let v = vec![1]; v[bb(5)] });
    run(|| { let mut a = [0; 2]; a[bb(2)] = 1; a });
    run(|| { let s: &[u8] = &[1, 2, 3]; s[bb(2)..bb(1)].len() });
    run(|| "héllo"[bb(0)..bb(2)].len());
    run(|| bb(i32::MIN).abs());
    run(|| (bb(-7) / 2, bb(-7) % 2, bb(-7i32).rem_euclid(2), bb(7) >> 1, bb(-7) >> 1, bb(-1i32) as u32 >> 28));
    run(|| (bb(300i32) as u8, bb(-1i8) as u64, bb(3.99f64) as i32, bb(-1.0f32) as u8, bb(f64::NAN) as i32, bb(1e20) as i64));
    run(|| (bb('a') as u32, bb(97u8) as char, bb(true) as i32, bb(u64::MAX) as f32, bb(i128::MAX) as f64));
    run(|| bb(10u8).checked_sub(11));
    run(|| (bb(250u8).wrapping_add(10), bb(250u8).saturating_add(10), bb(250u8).overflowing_add(10)));
    run(|| t(1, "a") + t(2, "b") * t(3, "c") - t(4, "d"));
    run(|| t(1, "l") < t(2, "r") && t(false, "x") || t(true, "y"));
    run(|| { let mut a = [1, 2, 3]; a[t(0, "i")] += t(5, "v"); a[t(1, "j")] = t(9, "w"); a });
    run(|| { let mut v = vec![1, 2, 3]; v[t(0, "i")] += t(5, "v"); v[t(1, "j")] = t(9, "w"); v });
    run(|| { let mut i = 0; let a = [10, 20, 30]; let r = a[{ i += 1; i }] + a[{ i += 1; i }]; (r, i) });
    run(|| { struct P { x: i32, y: i32 } let p = P { y: t(1, "y"), x: t(2, "x") }; (p.x, p.y) });
    run(|| { let f = t(|x: i32, y: i32| x - y, "f"); f(t(5, "5"), t(3, "3")) });
    run(|| { let mut s = String::from("a"); s += &t("b".to_string(), "b"); s = s + t("c", "c"); s });
    run(|| { let mut x = 5; let y = { x += 1; x } + { x *= 2; x } + x; (x, y) });
    run(|| { let mut n = 3; while t(n > 0, "w") { n -= 1; if n == 1 { break; } } n });
    run(|| { let r = t(2, "s")..=t(4, "e"); r.map(|x| x * x).sum::<i32>() });
    run(|| (t(1, "1"), [t(2, "2"), t(3, "3")], t(4, "4")));
    run(|| { let x = 7u32; x as i8 as i64 + (x as f32 / 2.0) as i64 + !x as i32 as i64 });
    run(|| { const K: u8 = 200; K.wrapping_mul(2) });
    run(|| -> u32 { unreachable!("at {}", bb(3)) });
    run(|| { assert_eq!(bb(1) + 1, 3, "sum of {}", 1); });
    run(|| { assert!(bb(1) > 2); });
    run(|| { let x: Option<u32> = bb(None); x.expect("nothing") });
    run(|| { let x: Result<u32, String> = bb(Err("bad".into())); x.unwrap() });
    run(|| u32::from_str_radix("zz", 36).unwrap() + "12".parse::<u32>().unwrap());
}
