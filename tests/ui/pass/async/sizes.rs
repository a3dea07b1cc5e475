use std::future::{Future, ready, pending};
use std::mem::{size_of_val, align_of_val};
fn s<F: Future>(n: &str, f: F) { println!("{n} {} {} {}", size_of_val(&f), align_of_val(&f), size_of_val(&Some(f))); }
async fn a0() {}
async fn a1(x: u64) -> u64 { x }
async fn a2(x: u64) -> u64 { pending::<()>().await; x }
async fn a3(x: u8, y: u64) { let v = [x; 100]; pending::<()>().await; println!("{}", v.len()); let w = [y; 20]; pending::<()>().await; println!("{}", w.len()); }
async fn a4(s: &str) -> usize { a2(3).await; a2(4).await; s.len() }
async fn a5(b: Box<dyn Future<Output = ()>>) { drop(b); a4("x").await; }
async fn a6(b: bool) { let r: &u8 = &3; if b { a4("x").await; } else { a2(1).await; } println!("{r}"); }
async fn a7() { let a = [0u8; 64]; { let b = [1u8; 32]; pending::<()>().await; drop(b); } { let c = [1u16; 32]; pending::<()>().await; drop(c); } drop(a); }
async fn a8<T: Copy>(t: T) -> (T, T) { let u = t; ready(()).await; (t, u) }
async fn a9() { for i in 0..10 { a2(i).await; } }
async fn a10(v: Vec<String>) { for s in v { a4(&s).await; println!("{s}"); } }
fn main() {
    s("a0", a0()); s("a1", a1(1)); s("a2", a2(1)); s("a3", a3(1, 2)); s("a4", a4("")); s("a5", a5(Box::new(ready(())))); s("a6", a6(true)); s("a7", a7());
    let x = 1u8; s("b", async { println!("{x}") }); s("bm", async move { println!("{x}") }); let st = String::new(); s("c", async move { a4(&st).await });
    s("d", async { let a = a2(1); let b = a2(2); a.await + b.await });
    s("e", async { match a1(1).await { 1 => a2(2).await, _ => { let z = a3(1, 2); z.await; 3 } } });
}
