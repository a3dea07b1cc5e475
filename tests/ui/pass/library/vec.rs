// Every method of `Vec`.
use std::collections::TryReserveError;

fn show<T: std::fmt::Debug>(what: &str, v: &[T]) {
    println!("{what}: {v:?}");
}

fn main() {
    let mut v: Vec<i32> = Vec::new();
    println!("{} {} {}", v.len(), v.is_empty(), v.capacity());
    for i in 0..10 {
        v.push(i * i);
    }
    println!("{} {}", v.capacity() >= 10, v.len());
    v.insert(3, -1);
    v.insert(11, -2);
    v.insert(0, -3);
    show("insert", &v);
    println!("{} {}", v.remove(0), v.remove(3));
    println!("{} {:?}", v.swap_remove(1), v.pop());
    show("removed", &v);
    v.truncate(7);
    v.resize(9, 100);
    v.resize_with(11, || 7);
    show("resize", &v);
    v.retain(|x| x % 2 == 0);
    show("retain", &v);
    v.retain_mut(|x| {
        *x += 1;
        *x > 5
    });
    show("retain_mut", &v);
    v.extend([5, 5, 6, 6, 6, 7]);
    v.dedup();
    show("dedup", &v);
    v.dedup_by_key(|x| *x / 10);
    show("dedup_by_key", &v);
    v.dedup_by(|a, b| *a - *b == 1);
    show("dedup_by", &v);
    let mut w = vec![1, 2, 3, 4, 5, 6, 7, 8];
    v.append(&mut w);
    println!("{} {:?}", w.len(), v);
    let tail = v.split_off(4);
    println!("{v:?} {tail:?}");
    let mut d = tail.clone();
    let drained: Vec<i32> = d.drain(1..4).collect();
    println!("{drained:?} {d:?}");
    {
        let mut part = d.drain(..);
        println!("{:?} {:?} {:?}", part.next(), part.next_back(), part.as_slice());
    }
    show("drained", &d);
    let mut s = vec!['a', 'b', 'c', 'd', 'e'];
    let old: String = s.splice(1..3, ['X', 'Y', 'Z', 'W']).collect();
    println!("{old} {s:?}");
    let old: String = s.splice(..2, None).collect();
    println!("{old} {s:?}");
    s.splice(s.len().., "end".chars());
    show("splice", &s);
    let mut e: Vec<u32> = (0..20).collect();
    let odd: Vec<u32> = e.extract_if(.., |x| *x % 3 == 0).collect();
    println!("{odd:?} {e:?}");
    let some: Vec<u32> = e.extract_if(2..6, |x| *x % 2 == 0).collect();
    println!("{some:?} {e:?}");
    e.extend_from_slice(&[1, 2]);
    e.extend_from_within(..3);
    e.extend(&[9, 9]);
    show("extend", &e);
    println!("{:?} {:?}", e.pop_if(|x| *x == 9), e.pop_if(|x| *x == 1));
    let b: Box<[u32]> = e.clone().into_boxed_slice();
    println!("{} {:?}", b.len(), b.into_vec() == e);
    println!("{:?}", vec![[1, 2], [3, 4]].into_flattened());
    let leaked: &'static mut [u8] = Vec::new().leak();
    println!("{}", leaked.len());
    let mut z = vec![(); 5];
    z.push(());
    println!("{} {} {:?}", z.len(), z.capacity() == usize::MAX, z.pop());
    println!("{}", z.into_iter().count());
    let mut it = vec![String::from("a"), String::from("b"), String::from("c")].into_iter();
    println!("{:?} {:?} {:?} {}", it.next(), it.next_back(), it.as_slice(), it.len());
    println!("{:?} {:?}", it.clone(), it.nth(3));
    let r: Result<(), TryReserveError> = Vec::<u64>::new().try_reserve(usize::MAX);
    println!("{}", r.unwrap_err());
    let mut c = Vec::with_capacity(100);
    c.push(1u8);
    c.shrink_to(10);
    println!("{}", c.capacity() >= 10 && c.capacity() < 100);
    c.shrink_to_fit();
    c.reserve(3);
    println!("{} {:?}", c.capacity() >= 4, c);
    c.spare_capacity_mut()[0].write(2);
    unsafe { c.set_len(2) };
    show("spare", &c);
    let (ptr, len, cap) = (c.as_mut_ptr(), c.len(), c.capacity());
    std::mem::forget(c);
    let c = unsafe { Vec::from_raw_parts(ptr, len, cap) };
    show("raw", &c);
    comparisons();
}

fn comparisons() {
    let v = vec![1, 2, 3];
    let a: [i32; 3] = v.clone().try_into().unwrap();
    println!("{} {} {} {}", v == [1, 2, 3], v == a, &v[..] == v, v == &a[..]);
    println!("{:?} {}", vec![1, 2].partial_cmp(&vec![1, 3]), vec![2] > vec![1, 9]);
    println!("{:?}", <[i32; 2]>::try_from(v.clone()));
    let mut t = vec![9; 5];
    t.clone_from(&v);
    println!("{t:?} {:?}", Vec::<i32>::default());
    println!("{:?}", Vec::from("text"));
    println!("{:?}", v.iter().rev().chain(&t).copied().collect::<Vec<_>>());
    let nested: Vec<Vec<i32>> = (0..4).map(|n| (0..n).collect()).collect();
    println!("{nested:?} {:#?}", nested[2]);
}
