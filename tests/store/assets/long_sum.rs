use std::collections::BTreeMap;
use std::sync::mpsc;
use std::thread;

trait Shape {
    fn area(&self) -> f64;
}
struct Square(f64);
struct Circle(f64);
impl Shape for Square {
    fn area(&self) -> f64 {
        self.0 * self.0
    }
}
impl Shape for Circle {
    fn area(&self) -> f64 {
        3.0 * self.0 * self.0
    }
}

static mut CALLS: u64 = 0;

fn twice(n: u64) -> u64 {
    unsafe { CALLS += 1 };
    n * 2
}

fn main() {
    let mut name = String::new();
    std::io::stdin().read_line(&mut name).unwrap();
    let (sender, receiver) = mpsc::channel();
    let worker = thread::spawn(move || {
        for i in 0..40u64 {
            sender.send(i * i).unwrap();
        }
    });
    let mut shapes: Vec<Box<dyn Shape>> = Vec::new();
    let mut map: BTreeMap<u64, fn(u64) -> u64> = BTreeMap::new();
    let mut sum = 0;
    for (i, value) in receiver.iter().enumerate() {
        shapes.push(if value % 2 == 0 { Box::new(Square(value as f64)) } else { Box::new(Circle(value as f64)) });
        map.insert(value % 7, twice);
        sum += map[&(value % 7)](value);
        if i % 10 == 9 {
            println!("{} {i}: {sum}", name.trim());
            eprintln!("{} shapes", shapes.len());
        }
    }
    worker.join().unwrap();
    let area: f64 = shapes.iter().map(|shape| shape.area()).sum();
    println!("{area} {} {}", map.len(), unsafe { CALLS });
    std::process::exit((sum % 50) as i32);
}
