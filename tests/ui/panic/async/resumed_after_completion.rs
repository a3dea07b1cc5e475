use std::future::{Future, ready};
use std::pin::pin;
use std::task::{Context, Waker};

async fn add(a: i32, b: i32) -> i32 {
    ready(a).await + b
}

fn main() {
    let mut f = pin!(add(1, 2));
    let mut cx = Context::from_waker(Waker::noop());
    while f.as_mut().poll(&mut cx).is_pending() {}
    let _ = f.as_mut().poll(&mut cx);
}
