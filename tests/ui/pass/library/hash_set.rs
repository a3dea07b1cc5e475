// `HashSet` and its operations.
use std::collections::HashSet;

fn sorted<T: Ord>(i: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut v: Vec<T> = i.into_iter().collect();
    v.sort();
    v
}

fn main() {
    let a: HashSet<i32> = (1..10).collect();
    let b: HashSet<i32> = HashSet::from([5, 7, 9, 11]);
    println!("{:?} {:?}", sorted(a.union(&b)), sorted(a.intersection(&b)));
    println!("{:?} {:?}", sorted(a.difference(&b)), sorted(b.symmetric_difference(&a)));
    println!("{:?} {:?}", sorted(&a | &b), sorted(&a & &b));
    println!("{:?} {:?}", sorted(&a - &b), sorted(&a ^ &b));
    println!("{} {} {}", a.is_subset(&b), a.is_superset(&HashSet::from([1])), a.is_disjoint(&HashSet::from([0])));
    let mut s: HashSet<String> = HashSet::with_capacity(4);
    println!("{} {}", s.insert("x".into()), s.insert("x".into()));
    s.extend(["y".to_string(), "z".to_string()]);
    println!("{} {:?}", s.contains("y"), s.get("z"));
    println!("{:?}", s.take("x"));
    println!("{:?} {} {}", s.replace("y".into()), s.remove("nope"), s.len());
    s.retain(|t| t != "z");
    println!("{s:?} {:?}", s.iter().next());
    println!("{:?} {}", sorted(s.drain()), s.is_empty());
    let mut n: HashSet<u32> = (0..100).collect();
    println!("{:?} {}", sorted(n.extract_if(|x| x % 10 == 0)), n.len());
    println!("{}", n == n.clone().into_iter().collect::<HashSet<_>>());
    let units: HashSet<()> = [(), ()].into_iter().collect();
    println!("{} {:?}", units.len(), units);
    let words: HashSet<&str> = "a b a c".split(' ').collect();
    println!("{:?}", sorted(words));
}
