// `HashMap` against a `BTreeMap`, and its methods.
use std::collections::hash_map::{DefaultHasher, Entry, RandomState};
use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasher, BuildHasherDefault, Hash, Hasher};

#[derive(Default)]
struct Poor(u64);

impl Hasher for Poor {
    fn finish(&self) -> u64 {
        self.0 & 3
    }

    fn write(&mut self, bytes: &[u8]) {
        for b in bytes {
            self.0 = self.0.wrapping_mul(31).wrapping_add(*b as u64);
        }
    }
}

fn churn<S: BuildHasher + Default + Clone>(name: &str) {
    let mut rng = 7u32;
    let mut next = |n: u32| {
        rng = rng.wrapping_mul(1664525).wrapping_add(1013904223);
        (rng >> 8) % n
    };
    let mut m: HashMap<u32, u32, S> = HashMap::default();
    let mut b: BTreeMap<u32, u32> = BTreeMap::new();
    for step in 0..800 {
        let k = next(64);
        if next(3) < 2 {
            assert_eq!(m.insert(k, step), b.insert(k, step));
        } else {
            assert_eq!(m.remove(&k), b.remove(&k));
        }
        assert_eq!(m.get(&k), b.get(&k));
        assert_eq!(m.len(), b.len());
    }
    let mut all: Vec<(u32, u32)> = m.iter().map(|(k, v)| (*k, *v)).collect();
    all.sort();
    assert!(all.into_iter().eq(b));
    println!("{name}: {}", m.len());
    m.shrink_to_fit();
    let c = m.clone();
    println!("{} {}", c == m, m.keys().all(|k| c.contains_key(k)));
}

fn sorted<T: Ord>(i: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut v: Vec<T> = i.into_iter().collect();
    v.sort();
    v
}

fn main() {
    churn::<RandomState>("sip");
    churn::<BuildHasherDefault<Poor>>("poor");
    let mut m: HashMap<String, Vec<i32>> = HashMap::new();
    println!("{} {:?}", m.capacity(), m.get("x"));
    for (i, w) in "a b c a b a".split(' ').enumerate() {
        m.entry(w.to_string()).or_default().push(i as i32);
    }
    println!("{:?}", sorted(m.iter().map(|(k, v)| (k.clone(), v.clone()))));
    println!("{:?} {:?}", m["a"], m.get_key_value("b"));
    m.entry("a".into()).and_modify(|v| v.clear()).or_insert_with(|| vec![1]);
    m.entry("z".into()).or_insert_with_key(|k| vec![k.len() as i32]);
    if let Entry::Occupied(mut e) = m.entry("b".into()) {
        println!("{} {:?}", e.key(), e.get());
        println!("{:?}", e.insert(vec![]));
    }
    if let Entry::Occupied(e) = m.entry("c".into()) {
        println!("{:?}", e.remove_entry());
    }
    if let Entry::Vacant(e) = m.entry("new".into()) {
        println!("{} {:?}", e.key().clone(), e.insert(vec![8]));
    }
    println!("{:?} {:?}", sorted(m.keys()), sorted(m.values()));
    for v in m.values_mut() {
        v.push(0);
    }
    for (_, v) in m.iter_mut() {
        v.push(1);
    }
    m.retain(|k, _| k != "z");
    println!("{:?} {:?}", sorted(m.clone().into_iter()), m.remove_entry("new"));
    println!("{:?} {}", sorted(m.drain()), m.is_empty());
    let mut n: HashMap<i32, i32> = (0..10).map(|i| (i, i * i)).collect();
    println!("{:?}", sorted(n.extract_if(|k, _| k % 3 == 0)));
    n.extend([(100, 1), (1, 1)]);
    println!("{:?} {:?}", sorted(n.clone().into_keys()), n.clone().into_values().sum::<i32>());
    let [a, b] = n.get_disjoint_mut([&1, &2]);
    std::mem::swap(a.unwrap(), b.unwrap());
    println!("{} {} {:?}", n[&1], n[&2], n.get(&55));
    println!("{}", HashMap::from([(1, 'a'), (2, 'b')]) == HashMap::from([(2, 'b'), (1, 'a')]));
    println!("{:?} {:?}", HashMap::from([(1, "one")]), HashMap::<u8, u8>::new());
    let mut w: HashMap<(i32, i32), &str> = HashMap::with_capacity(10);
    println!("{}", w.capacity() >= 10);
    w.insert((0, 1), "p");
    println!("{:?} {:?}", w.get(&(0, 1)), w.iter().next());
    w.clear();
    println!("{} {}", w.len(), std::panic::catch_unwind(move || w[&(3, 3)]).is_err());
    for text in ["", "a", "hello world", "0123456789abcdef"] {
        let mut h = DefaultHasher::new();
        text.hash(&mut h);
        (1u8, -2i16, 3u32, 'x', true, [4u64, 5], "t", Some(6u128)).hash(&mut h);
        h.write(&[1, 2, 3]);
        println!("{:016x}", h.finish());
    }
}
