//! A future is as `Send` as all that it keeps while it waits.
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Mutex;

async fn tick() {}
fn need<T: Send>(_: T) {}
fn boxed(f: impl Future<Output = ()> + Send + 'static) -> Pin<Box<dyn Future<Output = ()> + Send>> {
    Box::pin(f)
}

async fn bad() {
    let shared = Rc::new(1);
    tick().await;
    println!("{shared}");
}
async fn good() {
    {
        let shared = Rc::new(1);
        println!("{shared}");
    }
    tick().await;
    let moved = Rc::new(2);
    drop(moved);
    tick().await;
}
async fn nested() {
    bad().await
}
async fn guarded(m: &Mutex<i32>) {
    let guard = m.lock().unwrap();
    tick().await;
    drop(guard);
}
async fn released(m: &Mutex<i32>) {
    *m.lock().unwrap() += 1;
    tick().await;
}

fn main() {
    need(good());
    need(bad()); //~ ERROR future cannot be sent between threads safely
    need(nested()); //~ ERROR future cannot be sent between threads safely
    let m = Mutex::new(1);
    need(guarded(&m)); //~ ERROR future cannot be sent between threads safely
    need(released(&m));
    let _ = boxed(good());
    let _ = boxed(nested()); //~ ERROR future cannot be sent between threads safely
    let _: Pin<Box<dyn Future<Output = ()> + Send>> = Box::pin(bad()); //~ ERROR future cannot be sent between threads safely
    let _: Pin<Box<dyn Future<Output = ()>>> = Box::pin(bad());
    need(async { //~ ERROR future cannot be sent between threads safely
        let r = Rc::new(2);
        tick().await;
        drop(r);
    });
}
