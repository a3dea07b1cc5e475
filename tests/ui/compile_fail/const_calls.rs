struct Noisy;

impl Drop for Noisy {
    fn drop(&mut self) {}
}

fn runtime(x: u32) -> u32 {
    x
}

const fn compiled(x: u32) -> u32 {
    let mut total = 0;
    let mut i = 0;
    while i < x {
        total += i;
        i += 1;
    }
    total
}

trait Named {
    fn name() -> u32;
}

impl Named for Noisy {
    fn name() -> u32 {
        1
    }
}

const GOOD: u32 = compiled(4);
const BAD: u32 = runtime(1); //~ ERROR cannot call non-const function `runtime` in constants
static METHOD: u32 = Noisy::name(); //~ ERROR cannot call non-const associated function `<Noisy as Named>::name` in statics

const fn through_pointer(f: fn() -> u32) -> u32 {
    f() //~ ERROR function pointer calls are not allowed in constant functions
}

const fn drops(_n: Noisy) {} //~ ERROR destructor of `Noisy` cannot be evaluated at compile-time

fn main() {
    println!("{GOOD} {BAD} {METHOD}");
    through_pointer(|| 1);
    drops(Noisy);
}
