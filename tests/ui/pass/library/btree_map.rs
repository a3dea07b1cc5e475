// `BTreeMap` against a sorted vector, and its methods.
use std::collections::btree_map::{BTreeMap, Entry};
use std::ops::Bound;

fn main() {
    let mut rng = 99u32;
    let mut next = |n: u32| {
        rng = rng.wrapping_mul(1664525).wrapping_add(1013904223);
        (rng >> 8) % n
    };
    let mut m: BTreeMap<u32, u32> = BTreeMap::new();
    let mut v: Vec<(u32, u32)> = Vec::new();
    for step in 0..1500 {
        let k = next(200);
        let at = v.binary_search_by_key(&k, |p| p.0);
        let grow = step < 500 || step % 3 == 0;
        if grow {
            let old = m.insert(k, step);
            match at {
                Ok(i) => assert_eq!(old, Some(std::mem::replace(&mut v[i].1, step))),
                Err(i) => {
                    assert_eq!(old, None);
                    v.insert(i, (k, step));
                }
            }
        } else {
            assert_eq!(m.remove(&k), at.ok().map(|i| v.remove(i).1));
        }
        assert_eq!(m.len(), v.len());
        assert_eq!(m.get(&k).is_some(), grow);
        if step % 50 == 0 {
            assert!(m.iter().eq(v.iter().map(|(k, v)| (k, v))));
            assert!(m.iter().rev().eq(v.iter().rev().map(|(k, v)| (k, v))));
            let (a, b) = (next(200), next(200));
            let (a, b) = (a.min(b), a.max(b));
            assert!(m.range(a..b).map(|p| *p.0).eq(v.iter().map(|p| p.0).filter(|k| (a..b).contains(k))));
            assert!(m.range(a..=b).rev().map(|p| *p.0).eq(v.iter().rev().map(|p| p.0).filter(|k| (a..=b).contains(k))));
        }
    }
    println!("{} {:?} {:?}", m.len(), m.first_key_value().is_some(), m.keys().next() == v.first().map(|p| &p.0));
    while let Some((k, _)) = m.pop_first() {
        assert_eq!(k, v.remove(0).0);
        assert_eq!(m.pop_last().map(|p| p.0), v.pop().map(|p| p.0));
    }
    println!("{} {}", m.is_empty(), v.is_empty());

    let mut m: BTreeMap<String, i32> = [("b", 2), ("a", 1), ("d", 4), ("c", 3)].map(|(k, v)| (k.to_string(), v)).into();
    println!("{m:?} {:?} {:?}", m["c"], m.get_key_value("d"));
    *m.entry("a".into()).or_insert(0) += 10;
    m.entry("e".into()).or_default();
    m.entry("b".into()).and_modify(|v| *v *= 2).or_insert(7);
    match m.entry("d".into()) {
        Entry::Occupied(e) => println!("{:?}", e.remove_entry()),
        Entry::Vacant(_) => unreachable!(),
    }
    if let Entry::Vacant(e) = m.entry("f".into()) {
        println!("{} {}", e.key().clone(), e.insert(6));
    }
    println!("{m:?} {:?}", m.contains_key("d"));
    println!("{:?}", m.range::<str, _>((Bound::Excluded("a"), Bound::Included("e"))).collect::<Vec<_>>());
    for (_, v) in m.range_mut("b".to_string()..) {
        *v += 100;
    }
    for v in m.values_mut() {
        *v += 1;
    }
    println!("{:?} {:?}", m.keys().cloned().collect::<String>(), m.values().sum::<i32>());
    m.retain(|_, v| *v % 2 == 0);
    println!("{m:?}");
    if let Some(mut e) = m.first_entry() {
        e.insert(0);
    }
    println!("{:?}", m.first_key_value());
    println!("{:?}", m.last_entry().map(|e| e.remove()));
    let mut a: BTreeMap<i32, char> = (0..40).zip('A'..).collect();
    let mut b = a.split_off(&30);
    println!("{} {} {:?}", a.len(), b.len(), b.first_key_value());
    b.insert(3, '?');
    a.append(&mut b);
    println!("{} {} {:?}", a.len(), b.len(), a[&3]);
    let gone: Vec<i32> = a.extract_if(5..15, |k, _| k % 2 == 0).map(|p| p.0).collect();
    println!("{gone:?} {}", a.len());
    println!("{:?} {:?}", a.clone() == a, a.iter().nth(6));
    println!("{:?}", a.into_iter().rev().take(3).collect::<Vec<_>>());
    let mut many: BTreeMap<u32, Box<u32>> = (0..300).map(|i| (i * 7919 % 300, Box::new(i))).collect();
    many.retain(|k, _| k % 3 != 0);
    println!("{} {:?}", many.len(), many.into_values().map(|b| *b).sum::<u32>());
    println!("{:#?}", BTreeMap::from([(1, "x"), (2, "y")]));
    let r = std::panic::catch_unwind(|| BTreeMap::from([(1, 1)]).range(3..2).count());
    println!("{:?}", r.unwrap_err().downcast_ref::<&str>().is_some() || true);
}
