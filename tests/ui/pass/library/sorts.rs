// The sorts: stable where they say so, on many lengths and shapes.
struct Rng(u64);

impl Rng {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }
}

fn main() {
    let mut rng = Rng(42);
    let mut sum = 0u64;
    for len in [0, 1, 2, 3, 5, 8, 15, 16, 17, 31, 33, 64, 100, 200] {
        for modulus in [2, 7, 1000] {
            let v: Vec<(u64, usize)> = (0..len).map(|i| (rng.next() % modulus, i)).collect();
            let mut a = v.clone();
            a.sort_by_key(|p| p.0);
            assert!(a.windows(2).all(|w| w[0] < w[1]), "stable {len}");
            let mut b = v.clone();
            b.sort_by(|x, y| y.0.cmp(&x.0));
            assert!(b.windows(2).all(|w| w[0].0 > w[1].0 || (w[0].0 == w[1].0 && w[0].1 < w[1].1)));
            let mut c = v.clone();
            c.sort_unstable();
            assert_eq!(a, c);
            let mut d = v.clone();
            d.sort_by_cached_key(|p| p.0.to_string());
            assert!(d.windows(2).all(|w| (w[0].0.to_string(), w[0].1) < (w[1].0.to_string(), w[1].1)));
            sum = sum.wrapping_mul(31).wrapping_add(a.iter().map(|p| p.0 * p.1 as u64).sum());
        }
    }
    println!("{sum}");
    let mut up: Vec<u32> = (0..100).collect();
    up.sort();
    let mut down: Vec<u32> = (0..100).rev().collect();
    down.sort();
    println!("{}", up == down);
    let mut saw: Vec<u32> = (0..90).map(|i| i % 30).collect();
    saw.sort();
    println!("{:?}", &saw[..10]);
    let mut words = vec!["pear", "fig", "apple", "date", "kiwi"];
    words.sort_by_key(|w| w.len());
    println!("{words:?}");
    words.sort();
    println!("{words:?} {:?}", words.binary_search(&"fig"));
    let mut strings: Vec<String> = words.iter().map(|w| w.to_uppercase()).collect();
    strings.sort_by(|a, b| b.cmp(a));
    println!("{strings:?}");
    let mut floats = vec![2.5, -1.0, f64::INFINITY, 0.0];
    floats.sort_by(|a, b| a.total_cmp(b));
    println!("{floats:?}");
    println!("{:?} {:?}", [1, 2].repeat(2), [[1], [2]].concat());
    println!("{:?} {:?}", [[1, 2], [3, 4]].join(&0), [vec![1], vec![2]].join(&[8, 9][..]));
    println!("{:?} {:?}", b"aBc".to_ascii_uppercase(), [1, 2].to_vec());
}
