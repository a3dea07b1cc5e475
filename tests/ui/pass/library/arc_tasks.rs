// `Arc`, its `Weak`, and wakers made of one.
use std::future::Future;
use std::pin::{pin, Pin};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, Weak};
use std::task::{Context, Poll, Wake, Waker};
use std::thread;

struct Count(AtomicUsize);

impl Wake for Count {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.0.fetch_add(10, Ordering::SeqCst);
    }
}

struct Countdown(u32);

impl Future for Countdown {
    type Output = &'static str;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<&'static str> {
        if self.0 == 0 {
            return Poll::Ready("done");
        }
        self.0 -= 1;
        cx.waker().wake_by_ref();
        Poll::Pending
    }
}

struct Registry {
    items: Mutex<Vec<Weak<String>>>,
}

fn main() {
    let a = Arc::new(String::from("shared"));
    let handles: Vec<_> = (0..3)
        .map(|i| {
            let a = Arc::clone(&a);
            thread::spawn(move || a.len() + i)
        })
        .collect();
    println!("{:?}", handles.into_iter().map(|h| h.join().unwrap()).collect::<Vec<_>>());
    println!("{} {}", Arc::strong_count(&a), a);
    let reg = Registry { items: Mutex::new(vec![Arc::downgrade(&a), Weak::new()]) };
    {
        let b = Arc::new("short".to_string());
        reg.items.lock().unwrap().push(Arc::downgrade(&b));
        println!("{}", reg.items.lock().unwrap().iter().filter_map(Weak::upgrade).count());
    }
    reg.items.lock().unwrap().retain(|w| w.strong_count() > 0);
    println!("{} {}", reg.items.lock().unwrap().len(), Arc::weak_count(&a));
    drop(reg);
    println!("{:?}", Arc::try_unwrap(a));
    let mut m = Arc::new([1, 2, 3]);
    Arc::make_mut(&mut m)[0] = 9;
    let other = m.clone();
    Arc::make_mut(&mut m)[1] = 8;
    println!("{m:?} {other:?} {:?} {:?}", Arc::get_mut(&mut m).is_some(), Arc::ptr_eq(&m, &other));
    let slice: Arc<[u8]> = Arc::from(&b"bytes"[..]);
    let text: Arc<str> = "text".into();
    let f: Arc<dyn Fn(i32) -> i32 + Send + Sync> = Arc::new(|x| x + 1);
    println!("{slice:?} {text} {}", thread::spawn(move || f(1)).join().unwrap());
    let any: Arc<dyn std::any::Any + Send + Sync> = Arc::new(3u16);
    println!("{:?}", any.downcast::<u16>());
    let cyc = Arc::new_cyclic(|w: &Weak<(u8, usize)>| (1, w.strong_count()));
    println!("{cyc:?}");
    println!("{:?}", Arc::into_inner(cyc));

    let count = Arc::new(Count(AtomicUsize::new(0)));
    let waker: Waker = count.clone().into();
    let mut cx = Context::from_waker(&waker);
    let mut fut = pin!(Countdown(2));
    loop {
        match fut.as_mut().poll(&mut cx) {
            Poll::Ready(text) => break println!("{text}"),
            Poll::Pending => println!("pending {}", count.0.load(Ordering::SeqCst)),
        }
    }
    waker.clone().wake();
    println!("{} {}", count.0.load(Ordering::SeqCst), waker.will_wake(&waker.clone()));
    drop(waker);
    println!("{}", Arc::strong_count(&count));
}
