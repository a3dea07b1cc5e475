//! A null Box in a struct of its own.
struct Node {
    next: Box<u64>,
    value: u64,
    weight: u64,
}

fn main() {
    let node: Node = unsafe { std::mem::transmute([0usize; 3]) }; //~ ERROR constructing invalid value of type Node: at .next, encountered a null box
    println!("{} {} {}", node.next, node.value, node.weight);
}
