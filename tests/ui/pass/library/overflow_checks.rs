//! What of the library panics on overflow (operators, sums, counts ..), and what has no such checks, as std is built.

use std::ops::*;
use std::panic::catch_unwind;
fn t<R: std::fmt::Debug>(name: &str, f: impl FnOnce() -> R + std::panic::UnwindSafe) {
    match catch_unwind(f) {
        Ok(r) => println!("{name}: {r:?}"),
        Err(e) => println!("{name}: panic {}", e.downcast_ref::<&str>().map(|s| s.to_string()).or(e.downcast_ref::<String>().cloned()).unwrap_or_default()),
    }
}
struct Many(usize);
impl Iterator for Many {
    type Item = ();
    fn next(&mut self) -> Option<()> { if self.0 == 0 { None } else { self.0 -= 1; Some(()) } }
    fn nth(&mut self, n: usize) -> Option<()> { if n >= self.0 { self.0 = 0; None } else { self.0 -= n + 1; Some(()) } }
    fn count(self) -> usize { self.0 }
}
// text that is none: std counts on without a look
fn broken() -> usize {
    let bytes: &[u8] = std::hint::black_box(&[b'a', 0x80, 0x80, b'b']);
    let text = unsafe { std::str::from_utf8_unchecked(bytes) };
    text.chars().rev().count().min(9)
}

#[allow(arithmetic_overflow, unconditional_panic)]
fn main() {
    std::panic::set_hook(Box::new(|_| {}));
    t("add", || 255u8.add(1));
    t("addref", || &255u8 + &1);
    t("addassign", || { let mut x = 255u8; x.add_assign(1); x });
    t("sub", || 0u8.sub(1));
    t("mul", || 16i8.mul(8));
    t("neg", || i8::MIN.neg());
    t("shl", || 1u8.shl(8u64));
    t("shr", || 1u128.shr(-1i32));
    t("shlassign", || { let mut x = 1u32; x.shl_assign(32); x });
    t("div", || i8::MIN.div(-1));
    t("rem", || i8::MIN.rem(0));
    t("pow", || 2i32.pow(31));
    t("powok", || (-2i32).pow(31));
    t("abs", || i64::MIN.abs());
    t("npot", || 129u8.next_power_of_two());
    t("nmo", || 255u8.next_multiple_of(2));
    t("sum", || [200u8, 100].iter().sum::<u8>());
    t("sum2", || vec![200u8, 100].into_iter().sum::<u8>());
    t("product", || [100i8, 100].iter().product::<i8>());
    t("enumerate", || { let mut e = Again.enumerate(); e.nth(usize::MAX - 1); e.next(); e.next() });
    t("chain", || Many(usize::MAX).chain(Many(1)).count());
    t("peekable", || { let mut p = Many(usize::MAX).peekable(); p.peek(); p.count() });
    t("step", || { let mut r = 254u8..; r.next(); r.next(); r.next() });
    t("stepnth", || (250u8..).nth(10));
    t("fold", || (1..=300u32).map(|x| x as u8).fold(0u8, |a, b| a + b));
    t("div_euclid", || i8::MIN.div_euclid(-1));
    t("isqrt", || (-1i8).isqrt());
    t("midpoint", || 255u8.midpoint(253));
    t("strict", || 255u8.strict_add(1));
    t("strict_shl", || 255u8.strict_shl(8));
    t("wr", || std::num::Wrapping(255u8) + std::num::Wrapping(3));
    t("sat", || std::num::Saturating(255u8) + std::num::Saturating(3));
    t("nz", || -std::num::NonZero::new(i8::MIN).unwrap());
    t("dur", || std::time::Duration::MAX + std::time::Duration::from_nanos(1));
    t("durnew", || std::time::Duration::new(u64::MAX, 1_000_000_000));
    t("durmul", || std::time::Duration::MAX * 2);
    t("slice", || "abc"[0..=usize::MAX].len());
    t("slice2", || [1, 2][0..=usize::MAX].len());
    t("slice3", || { let mut v = vec![1, 2]; v.drain(..=usize::MAX).count() });
    t("cw", || { let mut v = [1, 2, 3]; v.copy_within(1.., usize::MAX); v });
    t("repeat", || "ab".repeat(usize::MAX));
    t("vecz", || { let mut v = vec![(); usize::MAX]; v.push(()); v.len() });
    t("vecext", || { let mut v = vec![(); usize::MAX]; v.extend([(), ()]); v.len() });
    t("vecapp", || { let mut v = vec![(); usize::MAX]; v.append(&mut vec![(); 2]); v.len() });
    t("vecins", || { let mut v = vec![(); usize::MAX]; v.insert(0, ()); v.len() });
    t("cap", || Vec::<u16>::with_capacity(usize::MAX).len());
    t("concat", || [[(); usize::MAX]; 2].concat().len());
    t("rangeinc", || (0..=usize::MAX).len_hint());
    t("take", || (0u64..).take(usize::MAX).size_hint());
    t("ascii", || (0u8..=255).map(|b| b.to_ascii_uppercase() as u32).sum::<u32>());
    t("rotate", || { let mut v = [1, 2, 3]; v.rotate_left(4); v });
    t("splitat", || [1].split_at(2).0.len());
    t("chunks", || [1, 2, 3].chunks(usize::MAX).map(|c| c.len()).collect::<Vec<_>>());
    t("windows", || [1, 2, 3].windows(usize::MAX).count());
    t("skip", || (0..5).skip(usize::MAX).next());
    t("stepby", || (0..5).step_by(usize::MAX).collect::<Vec<_>>());
    t("broken", broken);
    t("charadd", || ('\u{d7ff}'..='\u{e001}').count());
}
trait H { fn len_hint(&self) -> (usize, Option<usize>); }
impl<I: Iterator> H for I { fn len_hint(&self) -> (usize, Option<usize>) { self.size_hint() } }
struct Again;
impl Iterator for Again {
    type Item = u8;
    fn next(&mut self) -> Option<u8> { Some(1) }
    fn nth(&mut self, _: usize) -> Option<u8> { Some(1) }
}
