//! A table of callbacks that changes all the time: which functions have addresses, and for how long?

fn double(x: u64) -> u64 {
    x * 2
}

fn square(x: u64) -> u64 {
    x * x
}

fn constant<const N: u64>(_: u64) -> u64 {
    N
}

trait Step {
    fn step(&self, x: u64) -> u64;
}

struct Add(u64);

impl Step for Add {
    fn step(&self, x: u64) -> u64 {
        x + self.0
    }
}

fn main() {
    let kept: fn(u64) -> u64 = double; // for the whole run
    let mut table: [fn(u64) -> u64; 4] = [kept; 4];
    let mut x = 1;
    for i in 0..1000u64 {
        table[i as usize % 4] = match i % 5 {
            0 => square,
            1 => constant::<7>,
            2 => constant::<9>,
            _ => kept,
        };
        x = table[(i as usize + 1) % 4](x) % 1_000_007;
        let step: Box<dyn Step> = Box::new(Add(i));
        x = step.step(x);
    }
    println!("{x}, {:#x} is exposed", square as fn(u64) -> u64 as usize & 0xF);
}
