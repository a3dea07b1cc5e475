// traits, dyn, join, select, wakers, recursion, panics, generics, async closures kept apart
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::future::{Future, IntoFuture, poll_fn, ready, pending};
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::sync::{Arc, Mutex, atomic::{AtomicUsize, Ordering}};
use std::task::{Context, Poll, Waker, RawWaker, RawWakerVTable, Wake};
use std::panic::{catch_unwind, AssertUnwindSafe};

static VTABLE: RawWakerVTable = RawWakerVTable::new(
    |p| { println!("clone"); RawWaker::new(p, &VTABLE) },
    |_| println!("wake"), |_| println!("wake_by_ref"), |_| println!("drop waker"));

struct CountWaker(AtomicUsize);
impl Wake for CountWaker { fn wake(self: Arc<Self>) { self.0.fetch_add(1, Ordering::SeqCst); } }

fn yield_now() -> impl Future<Output = ()> {
    let mut done = false;
    poll_fn(move |cx| if done { Poll::Ready(()) } else { done = true; cx.waker().wake_by_ref(); Poll::Pending })
}
trait Service { type Req; async fn call(&mut self, r: Self::Req) -> String; fn twice(&self, n: u32) -> impl Future<Output = u32> + '_; }
struct Echo { n: u32 }
impl Service for Echo {
    type Req = u8;
    async fn call(&mut self, r: u8) -> String { self.n += 1; yield_now().await; format!("{}:{}", self.n, r) }
    fn twice(&self, n: u32) -> impl Future<Output = u32> + '_ { async move { yield_now().await; self.n * n } }
}
async fn drive<S: Service<Req = u8>>(s: &mut S) -> Vec<String> {
    let mut out = vec![];
    for i in 0..3 { out.push(s.call(i).await); }
    out.push(s.twice(21).await.to_string());
    out
}
struct Join<A: Future, B: Future> { a: Pin<Box<A>>, b: Pin<Box<B>>, ra: Option<A::Output>, rb: Option<B::Output> }
impl<A: Future, B: Future> Future for Join<A, B> where A::Output: Unpin, B::Output: Unpin {
    type Output = (A::Output, B::Output);
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = &mut *self;
        if this.ra.is_none() { if let Poll::Ready(v) = this.a.as_mut().poll(cx) { this.ra = Some(v); } }
        if this.rb.is_none() { if let Poll::Ready(v) = this.b.as_mut().poll(cx) { this.rb = Some(v); } }
        if this.ra.is_some() && this.rb.is_some() { Poll::Ready((this.ra.take().unwrap(), this.rb.take().unwrap())) } else { Poll::Pending }
    }
}
fn fib(n: u32) -> Pin<Box<dyn Future<Output = u64>>> {
    Box::pin(async move { if n < 2 { yield_now().await; n as u64 } else { fib(n - 1).await + fib(n - 2).await } })
}
type Task = Pin<Box<dyn Future<Output = ()>>>;
#[derive(Clone, Default)]
struct Exec { q: Rc<RefCell<VecDeque<Task>>> }
impl Exec {
    fn spawn(&self, f: impl Future<Output = ()> + 'static) { self.q.borrow_mut().push_back(Box::pin(f)); }
    fn run(&self) -> usize {
        let w = Arc::new(CountWaker(AtomicUsize::new(0)));
        let waker: Waker = w.clone().into();
        let mut cx = Context::from_waker(&waker);
        loop {
            let Some(mut t) = self.q.borrow_mut().pop_front() else { break };
            if t.as_mut().poll(&mut cx).is_pending() { self.q.borrow_mut().push_back(t); }
        }
        w.0.load(Ordering::SeqCst)
    }
}
fn block_on<F: IntoFuture>(f: F) -> F::Output {
    let mut f = pin!(f.into_future());
    let mut cx = Context::from_waker(Waker::noop());
    loop { if let Poll::Ready(v) = f.as_mut().poll(&mut cx) { return v; } }
}
struct D(&'static str);
impl Drop for D { fn drop(&mut self) { println!("drop {}", self.0); } }
async fn question(x: Result<i32, String>) -> Result<i32, String> { let v = ready(x).await?; Ok(v + 1) }
async fn pats((a, b): (i32, D), D2 { x, .. }: D2, _: D) -> i32 { yield_now().await; println!("in {}", b.0); a + x }
struct D2 { x: i32, #[allow(dead_code)] d: D }
async fn panics(d: D) { let _e = D("local"); yield_now().await; if d.0 == "p" { panic!("boom"); } }

fn main() {
    println!("{:?}", block_on(drive(&mut Echo { n: 0 })));
    println!("{:?}", block_on(Join { a: Box::pin(async { yield_now().await; 1 }), b: Box::pin(ready("x")), ra: None, rb: None }));
    println!("{}", block_on(fib(10)));
    println!("{:?} {:?}", block_on(question(Ok(1))), block_on(question(Err("e".into()))));
    println!("{}", block_on(pats((1, D("b")), D2 { x: 5, d: D("d2") }, D("wild"))));
    let ex = Exec::default();
    let log = Rc::new(RefCell::new(Vec::new()));
    for i in 0..3 { let log = log.clone(); let ex2 = ex.clone(); ex.spawn(async move {
        for j in 0..i { log.borrow_mut().push((i, j)); yield_now().await; }
        if i == 2 { let log = log.clone(); ex2.spawn(async move { log.borrow_mut().push((99, 0)); }); }
    }); }
    println!("wakes {}", ex.run());
    println!("{:?}", log.borrow());
    let raw = unsafe { Waker::from_raw(RawWaker::new(std::ptr::null(), &VTABLE)) };
    { let mut cx = Context::from_waker(&raw); let mut p = pin!(async { yield_now().await; poll_fn(|cx| { let w = cx.waker().clone(); w.wake(); Poll::Ready(()) }).await });
      println!("{:?}", p.as_mut().poll(&mut cx)); println!("{:?}", p.as_mut().poll(&mut cx)); }
    drop(raw);
    let mut f = Box::pin(panics(D("p")));
    let mut cx = Context::from_waker(Waker::noop());
    assert!(f.as_mut().poll(&mut cx).is_pending());
    println!("{}", catch_unwind(AssertUnwindSafe(|| { let _ = f.as_mut().poll(&mut cx); })).is_err());
    let e = catch_unwind(AssertUnwindSafe(|| { let _ = f.as_mut().poll(&mut cx); })).unwrap_err();
    println!("{}", e.downcast_ref::<&str>().unwrap());
    drop(f);
    // self reference
    let c = Cell::new(0);
    let fut = async { let mut a = [1, 2, 3, 4]; let p = &mut a[1..3]; yield_now().await; p[0] = 9; c.set(p.len()); yield_now().await; let i = 1; a[i] += ready(3).await; a };
    println!("{:?} {}", block_on(fut), c.get());
    let mut never = pin!(pending::<i32>());
    println!("{:?}", never.as_mut().poll(&mut cx));
    // match and loops across await with drops
    block_on(async {
        let mut i = 0;
        let r = 'o: loop {
            let _d = D("iter");
            match ready(Some(i)).await { Some(3) => break 'o "three", Some(n) if { yield_now().await; n % 2 == 0 } => { i += 1; continue }, _ => {} }
            i += 1;
        };
        println!("{r}");
        let (x, y) = (async { yield_now().await; String::from("x") }.await, async { String::from("y") }.await);
        println!("{x}{y}");
        let moved = D("moved"); if i > 100 { drop(moved); yield_now().await; } else { yield_now().await; }
        println!("end");
    });
    // join of array of heterogenous boxed
    let v: Vec<Pin<Box<dyn Future<Output = usize>>>> = vec![Box::pin(async { 1 }), Box::pin(async { yield_now().await; 2 }), Box::pin(ready(3))];
    println!("{}", block_on(async { let mut t = 0; for f in v { t += f.await; } t }));
    let m = Mutex::new(1); println!("{}", block_on(async { *m.lock().unwrap() += 1; ready(()).await; *m.lock().unwrap() }));
}
