use std::future::Future;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

struct Yield(bool);
impl Future for Yield {
    type Output = ();
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if self.0 { Poll::Ready(()) } else { self.0 = true; cx.waker().wake_by_ref(); Poll::Pending }
    }
}
fn block_on<F: Future>(f: F) -> F::Output {
    let mut f = pin!(f);
    let mut cx = Context::from_waker(Waker::noop());
    let mut n = 0;
    loop {
        n += 1;
        if let Poll::Ready(v) = f.as_mut().poll(&mut cx) { println!("polls {n}"); return v; }
    }
}
struct D(&'static str);
impl Drop for D { fn drop(&mut self) { println!("drop {}", self.0); } }
async fn add(a: i32, b: i32) -> i32 { Yield(false).await; a + b }
async fn sum(n: i32) -> i32 {
    let _d = D("sum");
    let mut total = 0;
    let v: Vec<i32> = (0..n).collect();
    for x in &v { total = add(total, *x).await; }
    total
}
fn main() {
    println!("{}", block_on(sum(10)));
    let s = String::from("hey");
    let r = block_on(async { let t = &s; Yield(false).await; t.len() });
    println!("{r}");
    let d = D("captured");
    let f = async move { let _l = D("local"); Yield(false).await; let _k = &d; Yield(false).await; println!("never"); };
    let mut f = Box::pin(f);
    let mut cx = Context::from_waker(Waker::noop());
    assert!(f.as_mut().poll(&mut cx).is_pending());
    println!("dropping");
    drop(f);
    let d = D("c2");
    drop(async move { let _x = d; });
    println!("{}", std::mem::size_of_val(&sum(3)));
    println!("{}", std::mem::size_of_val(&add(3, 4)));
    println!("{}", std::mem::size_of_val(&async {}));
}
