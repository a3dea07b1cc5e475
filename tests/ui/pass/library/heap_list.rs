// `BinaryHeap` and `LinkedList`.
use std::cmp::Reverse;
use std::collections::binary_heap::PeekMut;
use std::collections::{BinaryHeap, LinkedList};

fn main() {
    let mut h: BinaryHeap<i32> = BinaryHeap::from([5, 1, 8, 3, 9, 2]);
    println!("{:?} {:?} {:?}", h.peek(), h.len(), h);
    h.push(7);
    h.extend([4, 6]);
    println!("{:?}", h.clone().into_vec());
    println!("{:?}", std::iter::from_fn(|| h.pop()).collect::<Vec<_>>());
    let mut r: BinaryHeap<Reverse<(u32, &str)>> = BinaryHeap::new();
    r.push(Reverse((3, "c")));
    r.push(Reverse((1, "a")));
    r.push(Reverse((2, "b")));
    while let Some(Reverse((n, s))) = r.pop() {
        print!("{n}{s} ");
    }
    println!();
    let mut p: BinaryHeap<u8> = vec![1, 9, 4].into();
    if let Some(mut top) = p.peek_mut() {
        *top = 2;
    }
    println!("{:?} {:?}", p.peek(), p.clone().into_sorted_vec());
    if let Some(top) = p.peek_mut() {
        println!("{}", PeekMut::pop(top));
    }
    let mut more = BinaryHeap::from(vec![10, 0, 5]);
    p.append(&mut more);
    p.retain(|x| x % 2 == 0);
    println!("{:?} {}", p.into_sorted_vec(), more.is_empty());
    let mut big: BinaryHeap<u32> = (0..100).map(|i| i * 37 % 101).collect();
    println!("{:?}", big.iter().max());
    println!("{:?}", big.drain().count());

    let mut l: LinkedList<i32> = LinkedList::new();
    l.push_back(2);
    l.push_back(3);
    l.push_front(1);
    println!("{l:?} {:?} {:?} {}", l.front(), l.back(), l.contains(&3));
    let mut tail = l.split_off(1);
    tail.push_back(4);
    println!("{l:?} {tail:?}");
    l.append(&mut tail);
    for x in l.iter_mut() {
        *x *= 2;
    }
    if let Some(x) = l.back_mut() {
        *x += 1;
    }
    println!("{l:?} {:?} {}", l.iter().rev().collect::<Vec<_>>(), tail.is_empty());
    println!("{:?} {:?} {:?}", l.pop_front(), l.pop_back(), l.len());
    l.extend([7, 8, 9]);
    println!("{:?}", l.extract_if(|x| *x % 2 == 0).collect::<Vec<_>>());
    println!("{:?} {:?}", l, l == LinkedList::from([7, 9]));
    let strings: LinkedList<String> = ["x", "y"].map(String::from).into_iter().collect();
    println!("{:?} {:?}", strings.clone(), strings.into_iter().next_back());
}
