// A million allocations that live, in a vector of boxes and a list in each of them; then some come and go.
struct Node {
    value: u64,
    next: Option<Box<Node>>,
}

fn main() {
    let mut all: Vec<Box<Node>> = Vec::with_capacity(500_000);
    for value in 0..500_000u64 {
        all.push(Box::new(Node { value, next: Some(Box::new(Node { value: value + 1, next: None })) }));
    }
    println!("filled");
    for round in 0..4u64 {
        for k in 0..5_000 {
            let at = (k * 97 + round * 13) as usize % all.len();
            all[at].next = Some(Box::new(Node { value: round + k, next: None }));
        }
        println!("changed");
    }
    println!("{}", all.iter().map(|n| n.value + n.next.as_ref().map_or(0, |m| m.value)).sum::<u64>());
}
