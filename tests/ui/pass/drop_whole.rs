// A type with a destructor is dropped whole, whatever was assigned to its fields before.
use std::cell::Cell;
use std::panic::{catch_unwind, AssertUnwindSafe};

struct Noisy(&'static str);
impl Drop for Noisy {
    fn drop(&mut self) {
        println!("  drop {}", self.0);
    }
}

struct Guard {
    armed: bool,
    inner: Noisy,
}
impl Drop for Guard {
    fn drop(&mut self) {
        println!("  guard armed={} inner={}", self.armed, self.inner.0);
    }
}

enum Either {
    A { n: u32, what: Noisy },
    #[allow(dead_code)]
    B(Noisy),
}
impl Drop for Either {
    fn drop(&mut self) {
        match self {
            Either::A { n, .. } => println!("  either A {n}"),
            Either::B(_) => println!("  either B"),
        }
    }
}

struct Outer {
    guard: Guard,
    other: Noisy,
}

fn new(name: &'static str) -> Guard {
    Guard { armed: true, inner: Noisy(name) }
}

fn boom(yes: bool) {
    if yes {
        panic!("boom");
    }
}

fn forgotten(yes: bool) {
    let mut guard = new("forgotten");
    boom(yes);
    guard.armed = false;
    std::mem::forget(guard);
}

fn maybe_moved(yes: bool) {
    let mut guard = new("maybe moved");
    guard.armed = false;
    if yes {
        drop(guard);
        println!("  dropped early");
    }
    println!("  end");
}

fn replaced(yes: bool) {
    let mut guard = new("replaced");
    guard.inner = Noisy("new inner");
    boom(yes);
    guard.inner = Noisy("last inner");
    if !yes {
        let kept = guard;
        boom(kept.armed);
    }
}

fn in_a_field(yes: bool) {
    let mut outer = Outer { guard: new("in a field"), other: Noisy("other") };
    outer.guard.armed = false;
    if yes {
        drop(outer.guard);
    } else {
        drop(outer.other);
    }
    println!("  end");
}

fn in_an_enum(yes: bool) {
    let mut either = Either::A { n: 1, what: Noisy("what") };
    if let Either::A { n, .. } = &mut either {
        *n += 1;
    }
    if let Either::A { ref mut what, .. } = either {
        what.0 = "renamed";
    }
    if yes {
        drop(either);
    }
    println!("  end");
}

fn in_a_loop(yes: bool) {
    let count = Cell::new(0);
    let mut guard = new("first");
    loop {
        guard.armed = count.get() % 2 == 0;
        count.set(count.get() + 1);
        if count.get() == 3 {
            boom(yes);
            break;
        }
        drop(guard);
        guard = new("next");
    }
    println!("  end");
}

fn boxed(yes: bool) {
    let mut guard = Box::new(new("boxed"));
    guard.armed = false;
    if yes {
        let guard = *guard;
        println!("  out of the box {}", guard.armed);
    }
    println!("  end");
}

fn main() {
    let all: [(&str, fn(bool)); 7] = [
        ("forgotten", forgotten),
        ("maybe_moved", maybe_moved),
        ("replaced", replaced),
        ("in_a_field", in_a_field),
        ("in_an_enum", in_an_enum),
        ("in_a_loop", in_a_loop),
        ("boxed", boxed),
    ];
    std::panic::set_hook(Box::new(|_| ()));
    for (name, f) in all {
        for yes in [false, true] {
            println!("{name} {yes}");
            let ended = catch_unwind(AssertUnwindSafe(|| f(yes)));
            println!("  -> {}", ended.is_ok());
        }
    }
}
