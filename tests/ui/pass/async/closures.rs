//! Async closures and the bounds that take them: borrowed, lent, moved and consumed captures.

use std::cell::Cell;
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

fn block_on<F: Future>(f: F) -> F::Output {
    let mut f = pin!(f);
    let mut cx = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(v) = f.as_mut().poll(&mut cx) {
            return v;
        }
    }
}

struct Yield(bool);
impl Future for Yield {
    type Output = ();
    fn poll(mut self: std::pin::Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        if self.0 { Poll::Ready(()) } else { self.0 = true; Poll::Pending }
    }
}

struct Noisy(&'static str);
impl Drop for Noisy {
    fn drop(&mut self) { println!("drop {}", self.0); }
}

async fn twice<F: AsyncFn(u32) -> u32>(f: F) -> u32 {
    f(1).await + f(2).await
}
async fn thrice(mut f: impl AsyncFnMut(&str)) {
    f("a").await;
    f("b").await;
    f("c").await;
}
async fn once<T>(f: impl AsyncFnOnce() -> T) -> T {
    f().await
}
async fn plain(x: u32) -> u32 { Yield(false).await; x * 100 }
fn erased(x: u32) -> std::pin::Pin<Box<dyn Future<Output = u32>>> { Box::pin(async move { x + 7 }) }
async fn by_ref(f: &dyn Fn(u32) -> std::pin::Pin<Box<dyn Future<Output = u32>>>) -> u32 { f(1).await }

async fn retry<E, F: AsyncFnMut(u32) -> Result<u32, E>>(mut f: F) -> Result<u32, E> {
    let mut n = 0;
    loop {
        match f(n).await {
            Ok(x) => return Ok(x),
            Err(e) if n >= 3 => return Err(e),
            Err(_) => n += 1,
        }
    }
}

fn main() {
    let base = 10;
    println!("{}", block_on(twice(async |x| { Yield(false).await; x + base })));
    println!("{}", block_on(twice(plain)));
    println!("{}", block_on(twice(erased)));
    println!("{}", block_on(twice(|x| async move { x * 2 })));
    println!("{}", block_on(by_ref(&|x| Box::pin(async move { x }))));

    let mut log = String::new();
    block_on(thrice(async |s| { Yield(false).await; log.push_str(s); }));
    println!("{log}");

    let owned = vec![1, 2, 3];
    let sum = async move || { Yield(false).await; owned.iter().sum::<i32>() };
    println!("{} {}", block_on(sum()), block_on(sum()));
    println!("{}", block_on(once(sum)));

    let text = String::from("moved");
    println!("{}", block_on(once(async move || { Yield(false).await; text })));
    let n = Noisy("captured");
    block_on(once(async move || { println!("using {}", n.0); Yield(false).await; println!("done"); }));
    println!("after");
    let n = Noisy("consumed");
    let m = Noisy("kept");
    block_on(once(async move || { drop(n); println!("{}", m.0); }));
    println!("after");

    let calls = Cell::new(0);
    let r: Result<u32, String> = block_on(retry(async |n| {
        calls.set(calls.get() + 1);
        if n < 2 { Err(format!("no {n}")) } else { Ok(n) }
    }));
    println!("{r:?} {}", calls.get());
    let add = async |(a, b): (i32, i32), c: i32| -> i64 { (a + b + c) as i64 };
    println!("{}", block_on(add((1, 2), 3)));
    let mut count = 0;
    let mut inc = async || { count += 1; count };
    println!("{} {}", block_on(inc()), block_on(inc()));
    let e = block_on(async {
        let f = async |x: &str| -> Result<i32, std::num::ParseIntError> { Ok(x.parse::<i32>()? + 1) };
        (f("41").await, f("x").await.is_err())
    });
    println!("{e:?}");
    let not_polled = async move |_x: Noisy| println!("never");
    drop(not_polled(Noisy("argument")));
    println!("end");
}
