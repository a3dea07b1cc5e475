// Constants and statics that are indexed by a number of the run: what is read, and how long it lives.

#[derive(Debug)]
enum Step {
    Go(isize),
    Stay,
}

static STEPS: [Step; 3] = [Step::Stay, Step::Go(0xDEADBEE), Step::Stay];
const SQUARES: [u32; 3] = [1, 4, 9];
const PAIRS: [(u8, &str); 2] = [(1, "one"), (2, "two")];

fn square(at: usize) -> &'static u32 {
    &SQUARES[at]
}

fn name(at: usize) -> &'static str {
    let pair: &'static (u8, &str) = &PAIRS[at];
    pair.1
}

fn field() -> &'static u32 {
    &(42, "x").0
}

fn matched(at: usize) -> isize {
    match STEPS[1] {
        Step::Go(n) => n,
        Step::Stay => at as isize,
    }
}

trait Speak {
    fn speak(&self) -> String;
}

impl Speak for u8 {
    fn speak(&self) -> String {
        format!("byte {self}")
    }
}

struct Makes<T, F: FnOnce() -> [T; 2]>(F);

fn main() {
    let (a, b) = (square(1), square(2));
    println!("{a} {b} {} {} {}", name(0), name(1), field());
    println!("{:?} {}", STEPS[0], matched(5));
    match STEPS[1] {
        Step::Go(n) => println!("go {n}"),
        _ => println!("not"),
    }
    let said: (&dyn Speak, Box<dyn Speak>) = (&7, Box::new(8));
    println!("{} {}", said.0.speak(), said.1.speak());
    println!("{:p} {:p} {:p}", -1i8 as *const (), 200u8 as *const u8, ((1u128 << 70) + 5) as *const u8);
    println!("{:?}", (Makes(|| ["a", "b"]).0)());
}
