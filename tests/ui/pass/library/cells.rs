//! `Cell`, `RefCell`, `OnceCell`, `LazyCell`, `UnsafeCell` and their panics.
use std::cell::{Cell, LazyCell, OnceCell, Ref, RefCell, RefMut, UnsafeCell};
use std::panic::{catch_unwind, AssertUnwindSafe};

struct D(&'static str);
impl Drop for D {
    fn drop(&mut self) {
        print!("-{} ", self.0);
    }
}

fn main() {
    std::panic::set_hook(Box::new(|info| {
        println!("panic: {}", info.payload().downcast_ref::<String>().cloned().or(info.payload().downcast_ref::<&str>().map(|s| s.to_string())).unwrap());
    }));
    let c = Cell::new(5);
    c.set(c.get() + 1);
    println!("{} {} {:?} {}", c.get(), c.replace(9), c, c.take());
    let d = Cell::new(3);
    c.swap(&d);
    println!("{:?} {:?} {} {:?}", c, d, c < d, c.clone().into_inner());
    let drops = Cell::new(D("a"));
    drops.set(D("b"));
    println!("set");
    drop(drops.replace(D("c")));
    let mut arr = [1, 2, 3];
    let cells = Cell::from_mut(&mut arr[..]).as_slice_of_cells();
    cells[0].set(cells[2].get() * 10);
    println!("{arr:?}");
    let r = RefCell::new(vec![1, 2, 3]);
    {
        let a = r.borrow();
        let b = r.borrow();
        println!("{} {} {:?} {:?}", a.len(), b[0], r.try_borrow().is_ok(), r.try_borrow_mut().is_err());
    }
    r.borrow_mut().push(4);
    println!("{:?} {:?}", r, r.borrow().iter().sum::<i32>());
    println!("{:?}", r.try_borrow_mut().map(|mut v| v.pop()).unwrap());
    let first = Ref::map(r.borrow(), |v| &v[0]);
    println!("{first} {:?}", Ref::clone(&first));
    drop(first);
    {
        let mut last = RefMut::map(r.borrow_mut(), |v| v.last_mut().unwrap());
        *last += 10;
        println!("{last} {r:?}");
    }
    {
        let (mut x, mut y) = RefMut::map_split(r.borrow_mut(), |v| v.split_at_mut(1));
        std::mem::swap(&mut x[0], &mut y[0]);
    }
    println!("{:?} {:?}", r.replace(vec![7]), r.take());
    println!("{:?}", Ref::filter_map(r.borrow(), |v| v.get(3)).is_err());
    let held = r.borrow();
    println!("{:?}", catch_unwind(AssertUnwindSafe(|| r.borrow_mut().clear())).is_err());
    drop(held);
    let held = r.borrow_mut();
    println!("{:?}", catch_unwind(AssertUnwindSafe(|| r.borrow().len())).is_err());
    println!("{:?}", catch_unwind(AssertUnwindSafe(|| r.borrow_mut().len())).is_err());
    println!("{} {}", r.try_borrow().err().unwrap(), r.try_borrow_mut().err().unwrap());
    drop(held);
    println!("{:?} {:?}", RefCell::new(1) == RefCell::new(1), RefCell::new(1).cmp(&RefCell::new(2)));
    let once = OnceCell::new();
    println!("{:?} {:?} {} {:?} {:?}", once.get(), once, once.get_or_init(|| 5), once.set(6), once);
    let lazy = LazyCell::new(|| {
        print!("(made) ");
        42
    });
    println!("{} {}", *lazy + 1, *lazy);
    let u = UnsafeCell::new(1);
    unsafe { *u.get() += 1 };
    println!("{}", u.into_inner());
    let shared: &RefCell<dyn std::fmt::Debug> = &RefCell::new(5);
    println!("{:?} {:?}", shared.borrow(), shared);
    println!("end");
}
