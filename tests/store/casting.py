"""Programs that cast functions and hide the pointers, made by Hypothesis; every call checks which function it reached.

A program works on a `World` of places where pointers live: slots, the heap, a static table behind a mutex, closures,
trait objects, integers (exposed), other threads.  It prints how many calls it checked, and fails if one went astray.
To add a place: a field of `World`, statements in `statements`.
"""

from __future__ import annotations

from typing import Final

from hypothesis import strategies as st

FUNCTIONS: Final = 12  # of `make`
_HEAD: Final = """use std::hint::black_box;
use std::sync::Mutex;

type F = fn(u64) -> u64;

fn plain(x: u64) -> u64 { x ^ 1000 }
#[inline(never)]
fn unique(x: u64) -> u64 { x ^ 1001 }
fn generic<const N: u64>(x: u64) -> u64 { x ^ N }
fn typed<T>(x: u64) -> u64 { x ^ (2000 + std::mem::size_of::<T>() as u64) }

trait Shape { fn id(&self) -> u64; }
struct Solid<const N: u64>;
impl<const N: u64> Shape for Solid<N> { fn id(&self) -> u64 { N } }

fn make(n: u64) -> (F, u64) {
    match n % 12 {
        0 => (plain, 1000), 1 => (unique, 1001), 2 => (generic::<2>, 2), 3 => (generic::<3>, 3),
        4 => (generic::<4>, 4), 5 => (generic::<5>, 5), 6 => (generic::<6>, 6), 7 => (typed::<u8>, 2001),
        8 => (typed::<u16>, 2002), 9 => (typed::<u32>, 2004), 10 => (|x| x ^ 77, 77), _ => (|x| x ^ 78, 78),
    }
}

fn shape(n: u64) -> (Box<dyn Shape>, u64) {
    match n % 3 { 0 => (Box::new(Solid::<10>), 10), 1 => (Box::new(Solid::<11>), 11), _ => (Box::new(Solid::<12>), 12) }
}

static TABLE: Mutex<[Option<(F, u64)>; 4]> = Mutex::new([None; 4]);

struct World {
    slots: [(F, u64); 4],
    heap: Vec<(F, u64)>,
    closures: Vec<(Box<dyn Fn(u64) -> u64>, u64)>,
    shapes: Vec<(Box<dyn Shape>, u64)>,
    integers: Vec<(usize, u64)>,
    checks: u64,
}

fn reached(f: F, id: u64) {
    let copy = black_box(f);
    assert!(f == f && f == copy, "a pointer equals itself and its copies");
    assert_eq!(copy(5), 5 ^ id, "a call reaches the function that was cast");
}

impl World {
    fn check(&mut self, (f, id): (F, u64)) { reached(f, id); self.checks += 1; }
    fn check_all(&mut self) {
        for i in 0..4 { self.check(self.slots[i]); }
        for i in 0..self.heap.len() { self.check(self.heap[i]); }
        for (f, id) in &self.closures { assert_eq!(f(9), 9 ^ id); self.checks += 1; }
        for (s, id) in &self.shapes { assert_eq!(s.id(), *id); self.checks += 1; }
        for i in 0..self.integers.len() {
            let (address, id) = self.integers[i];
            self.check((unsafe { std::mem::transmute(address as *const ()) }, id));
        }
        let table = *TABLE.lock().unwrap();
        for it in table { if let Some(it) = it { self.check(it); } }
    }
    fn churn(&mut self, n: u64) { for k in 0..n { self.check(make(k)); } }
}

fn main() {
    let mut w = World {
        slots: [make(0); 4], heap: vec![], closures: vec![], shapes: vec![], integers: vec![], checks: 0,
    };
    for round in 0..ROUNDS {
        black_box(round);
"""
_TAIL: Final = """        w.heap.truncate(6);
        w.closures.truncate(3);
        w.shapes.truncate(3);
        w.integers.truncate(8);
        println!("{round}: {}", w.checks);
    }
    w.check_all();
    println!("{} checked", w.checks);
}
"""


def statements() -> st.SearchStrategy[str]:
    """One statement of the loop's body."""
    slot, n = st.integers(0, 3), st.integers(0, FUNCTIONS - 1)
    pair = st.tuples(slot, slot, n)
    forms = (
        "w.slots[{0}] = make({2});",
        "w.heap.push(make({2} + round));",
        "w.heap.insert(0, w.slots[{0}]);",
        "w.slots[{0}] = w.slots[{1}];",
        "let it = w.slots[{0}]; w.check(it);",
        "w.integers.push((w.slots[{0}].0 as usize, w.slots[{0}].1));",
        "TABLE.lock().unwrap()[{0}] = Some(w.slots[{1}]);",
        "TABLE.lock().unwrap()[{0}] = None;",
        "if let Some(it) = TABLE.lock().unwrap()[{0}] {{ w.slots[{1}] = it; }}",
        "let (f, id) = w.slots[{0}]; w.closures.insert(0, (Box::new(move |x| f(x)), id));",
        "w.shapes.insert(0, shape({2} + round));",
        "let it = w.slots[{0}]; "
        "w.slots[{1}] = std::thread::spawn(move || {{ reached(it.0, it.1); make({2}) }}).join().unwrap();",
        "std::thread::scope(|s| {{ for t in 0..2 {{ s.spawn(move || {{ for k in 0..8 {{ let it = make({2} + t + k); "
        "reached(it.0, it.1); TABLE.lock().unwrap()[(t + k) as usize % 4] = Some(it); }} }}); }} }});",
        "w.churn({2});",
        "w.check_all();",
    )  # fmt: skip
    return st.one_of([pair.map(lambda t, form=form: form.format(*t)) for form in forms])  # type: ignore[misc]


def programs() -> st.SearchStrategy[str]:
    """Rust source."""

    def text(body: list[str], rounds: int) -> str:
        lines = "".join(f"        {line}\n" for line in body)
        return _HEAD.replace("ROUNDS", str(rounds)) + lines + _TAIL

    return st.builds(text, st.lists(statements(), min_size=4, max_size=14), st.integers(2, 12))
