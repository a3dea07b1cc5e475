// `Once`, `OnceLock`, `LazyLock`, `Barrier`, and the cells of one thread.
use std::cell::{LazyCell, OnceCell};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Barrier, LazyLock, Once, OnceLock};
use std::thread;

static COUNT: AtomicUsize = AtomicUsize::new(0);
static ONCE: Once = Once::new();
static CONFIG: OnceLock<String> = OnceLock::new();
static TABLE: LazyLock<Vec<u32>> = LazyLock::new(|| {
    COUNT.fetch_add(1, Ordering::SeqCst);
    (0..5).map(|i| i * i).collect()
});

fn main() {
    std::panic::set_hook(Box::new(|_| {}));
    let threads: Vec<_> = (0..3)
        .map(|i| {
            thread::spawn(move || {
                ONCE.call_once(|| {
                    COUNT.fetch_add(10, Ordering::SeqCst);
                });
                CONFIG.get_or_init(|| format!("set {}", i / 9)).len() + TABLE.len()
            })
        })
        .collect();
    println!("{:?}", threads.into_iter().map(|t| t.join().unwrap()).collect::<Vec<_>>());
    println!("{} {} {:?} {:?}", COUNT.load(Ordering::SeqCst), ONCE.is_completed(), CONFIG.get(), *TABLE);
    println!("{:?}", CONFIG.set("late".into()));
    let o: OnceLock<i32> = OnceLock::new();
    println!("{o:?} {:?} {:?} {:?}", o.get(), o.set(1), o.set(2));
    println!("{o:?} {:?}", o.clone() == o);
    println!("{:?}", o.into_inner());
    let once = Once::new();
    let failed = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| once.call_once(|| panic!())));
    println!("{} {}", failed.is_err(), once.is_completed());
    once.call_once_force(|state| println!("forced, poisoned {}", state.is_poisoned()));
    let lazy: LazyLock<i32> = LazyLock::new(|| panic!("never"));
    println!("{lazy:?} {}", std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| *lazy)).is_err());
    println!("{}", std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| *lazy)).is_err());
    let c = OnceCell::new();
    println!("{:?} {} {:?}", c.get(), c.get_or_init(|| 5), c.set(6));
    let text = String::from("captured");
    let l = LazyCell::new(move || text.len());
    println!("{l:?} {} {l:?}", *l);
    let barrier = Arc::new(Barrier::new(3));
    let arrived = Arc::new(AtomicUsize::new(0));
    let leaders: usize = (0..3)
        .map(|_| {
            let (b, a) = (Arc::clone(&barrier), Arc::clone(&arrived));
            thread::spawn(move || {
                a.fetch_add(1, Ordering::SeqCst);
                let leader = b.wait().is_leader();
                assert_eq!(a.load(Ordering::SeqCst), 3);
                leader as usize
            })
        })
        .collect::<Vec<_>>()
        .into_iter()
        .map(|t| t.join().unwrap())
        .sum();
    println!("{leaders}");
}
