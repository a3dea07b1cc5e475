// `BTreeSet` and its operations.
use std::collections::BTreeSet;

fn main() {
    let a: BTreeSet<i32> = (1..10).collect();
    let b: BTreeSet<i32> = (5..15).step_by(2).collect();
    println!("{:?}", a.union(&b).collect::<Vec<_>>());
    println!("{:?}", a.intersection(&b).collect::<Vec<_>>());
    println!("{:?}", a.difference(&b).collect::<Vec<_>>());
    println!("{:?}", a.symmetric_difference(&b).collect::<Vec<_>>());
    println!("{:?} {:?} {:?} {:?}", &a | &b, &a & &b, &a - &b, &a ^ &b);
    println!("{} {} {}", a.is_subset(&b), (&a & &b).is_subset(&b), a.is_superset(&BTreeSet::from([2, 3])));
    println!("{} {}", a.is_disjoint(&b), a.is_disjoint(&BTreeSet::from([99])));
    let mut s = BTreeSet::new();
    println!("{} {} {}", s.insert("x"), s.insert("y"), s.insert("x"));
    println!("{:?} {:?} {:?}", s.first(), s.last(), s.get("y"));
    println!("{} {:?} {:?}", s.remove("z"), s.take("x"), s);
    s.extend(["q", "r", "s"]);
    println!("{:?} {:?}", s.range("r"..).collect::<Vec<_>>(), s.iter().rev().next());
    println!("{:?} {:?} {:?}", s.pop_first(), s.pop_last(), s.replace("r"));
    s.retain(|x| *x > "q");
    let cut = s.split_off("r");
    println!("{s:?} {cut:?} {}", s.len());
    println!("{:?} {:?}", BTreeSet::from([3, 1, 2]), BTreeSet::from([1]) < BTreeSet::from([2]));
    let words: BTreeSet<String> = "the quick the lazy the dog".split(' ').map(str::to_string).collect();
    println!("{words:?} {}", words.contains("dog"));
    println!("{:?}", words.into_iter().max());
    println!("{:#?}", BTreeSet::from([Some(1), None]));
    let mut n: BTreeSet<u32> = (0..40).collect();
    println!("{:?} {}", n.extract_if(5..30, |x| x % 4 == 0).take(3).collect::<Vec<_>>(), n.len());
}
