// `Rc` and its `Weak`.
use std::any::Any;
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

struct Node {
    name: &'static str,
    parent: RefCell<Weak<Node>>,
    children: RefCell<Vec<Rc<Node>>>,
}

impl Drop for Node {
    fn drop(&mut self) {
        println!("drop {}", self.name);
    }
}

trait Speak {
    fn speak(&self) -> String;
}

impl Speak for i32 {
    fn speak(&self) -> String {
        format!("i32 {self}")
    }
}

fn main() {
    let a = Rc::new(5);
    let b = Rc::clone(&a);
    println!("{} {} {} {}", a, Rc::strong_count(&a), Rc::weak_count(&a), Rc::ptr_eq(&a, &b));
    let w = Rc::downgrade(&a);
    println!("{:?} {} {:?}", w.upgrade(), w.strong_count(), w);
    println!("{:?}", Rc::try_unwrap(a));
    println!("{:?} {:?}", Rc::try_unwrap(b), w.upgrade());
    let mut m = Rc::new(vec![1, 2]);
    Rc::make_mut(&mut m).push(3);
    let shared = m.clone();
    Rc::make_mut(&mut m).push(4);
    println!("{m:?} {shared:?} {:?}", Rc::get_mut(&mut m).map(|v| v.len()));
    let weak = Rc::downgrade(&m);
    Rc::make_mut(&mut m).clear();
    println!("{m:?} {:?}", weak.upgrade());
    let leaf = Rc::new(Node { name: "leaf", parent: RefCell::default(), children: RefCell::default() });
    {
        let branch =
            Rc::new(Node { name: "branch", parent: RefCell::default(), children: RefCell::new(vec![leaf.clone()]) });
        *leaf.parent.borrow_mut() = Rc::downgrade(&branch);
        println!("{:?} {}", leaf.parent.borrow().upgrade().map(|p| p.name), branch.children.borrow().len());
    }
    println!("{:?}", leaf.parent.borrow().upgrade().is_none());
    let s: Rc<str> = "text".into();
    let t: Rc<[i32]> = vec![1, 2, 3].into();
    let u: Rc<[String]> = ["a", "b"].iter().map(|s| s.to_string()).collect();
    println!("{s} {t:?} {u:?} {}", Rc::<str>::from(String::from("owned")));
    let d: Rc<dyn Speak> = Rc::new(7);
    let e: Rc<dyn Speak> = Rc::from(Box::new(8) as Box<dyn Speak>);
    println!("{} {} {}", d.speak(), e.speak(), Rc::strong_count(&e));
    let any: Rc<dyn Any> = Rc::new(1.5f64);
    println!("{:?} {:?}", any.clone().downcast::<i32>().is_err(), any.downcast::<f64>());
    let cyclic = Rc::new_cyclic(|me: &Weak<(Cell<i32>, Weak<()>)>| {
        println!("{}", me.upgrade().is_none());
        (Cell::new(3), Weak::new())
    });
    cyclic.0.set(4);
    println!("{}", cyclic.0.get());
    let raw = Rc::into_raw(Rc::new(String::from("raw")));
    unsafe {
        Rc::increment_strong_count(raw);
        let back = Rc::from_raw(raw);
        println!("{back} {}", Rc::strong_count(&back));
        Rc::decrement_strong_count(raw);
        println!("{}", Rc::strong_count(&back));
    }
    let raw: *const [u16] = Rc::into_raw(Rc::<[u16]>::from([1u16, 2, 3]));
    println!("{:?}", unsafe { Rc::from_raw(raw) });
    println!("{:?} {:?}", Rc::new(1) < Rc::new(2), Rc::new("x") == Rc::new("x"));
    let mut slice: Rc<[i32]> = Rc::from([1, 2, 3]);
    let kept = slice.clone();
    Rc::make_mut(&mut slice)[0] = 9;
    let weak = Rc::downgrade(&slice);
    Rc::make_mut(&mut slice)[1] = 8;
    let mut text: Rc<str> = "text".into();
    Rc::make_mut(&mut text).make_ascii_uppercase();
    println!("{slice:?} {kept:?} {} {text}", weak.upgrade().is_none());
    println!("{} {:?}", Rc::unwrap_or_clone(Rc::new(9)), Rc::into_inner(Rc::new(1)));
    println!("{:?}", <Rc<[i32; 3]>>::try_from(t).map(|a| a[1]));
    println!("{}", Weak::<i32>::new().upgrade().is_none());
    println!("{}", std::mem::size_of::<Option<Rc<i32>>>());
}
