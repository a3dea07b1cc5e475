// `VecDeque` against a `Vec`, and its methods.
use std::collections::VecDeque;

fn main() {
    let mut rng = 12345u32;
    let mut next = |n: usize| {
        rng = rng.wrapping_mul(1664525).wrapping_add(1013904223);
        (rng >> 8) as usize % n
    };
    let mut d: VecDeque<usize> = VecDeque::new();
    let mut v: Vec<usize> = Vec::new();
    for step in 0..600 {
        match next(12) {
            0..=2 => {
                d.push_back(step);
                v.push(step);
            }
            3 | 4 => {
                d.push_front(step);
                v.insert(0, step);
            }
            5 => assert_eq!(d.pop_front(), if v.is_empty() { None } else { Some(v.remove(0)) }),
            6 => assert_eq!(d.pop_back(), v.pop()),
            7 => {
                let i = next(v.len() + 1);
                d.insert(i, step);
                v.insert(i, step);
            }
            8 if !v.is_empty() => {
                let i = next(v.len());
                assert_eq!(d.remove(i), Some(v.remove(i)));
            }
            9 if !v.is_empty() => {
                let n = next(v.len());
                d.rotate_left(n);
                v.rotate_left(n);
            }
            10 => {
                let a = next(v.len() + 1);
                let b = a + next(v.len() - a + 1);
                if b - a < 6 {
                    assert!(d.drain(a..b).eq(v.drain(a..b)));
                }
            }
            11 if step % 5 == 0 => {
                d.make_contiguous();
                assert_eq!(d.as_slices().0, &v[..]);
            }
            _ => {}
        }
        assert_eq!(d, v);
        assert!(d.iter().rev().eq(v.iter().rev()));
    }
    println!("{} {:?} {:?}", d.len(), d.front() == v.first(), d.back() == v.last());
    let mut q: VecDeque<i32> = (1..=6).collect();
    q.rotate_right(2);
    println!("{q:?} {:?} {}", q.iter().position(|x| *x == 2), q[1]);
    q.retain(|x| x % 2 == 0);
    q.extend([7, 8]);
    q.swap(0, 1);
    println!("{q:?} {:?} {:?}", q.get(9), q.contains(&7));
    let mut r = q.split_off(2);
    q.append(&mut r);
    println!("{q:?} {r:?} {:?}", q.range(1..3).collect::<Vec<_>>());
    for x in q.iter_mut() {
        *x *= 10;
    }
    q.truncate(4);
    q.resize(6, 0);
    println!("{:?}", q.make_contiguous());
    q.make_contiguous().sort();
    println!("{:?} {:?}", q.binary_search(&40), q.partition_point(|x| *x < 10));
    println!("{:?} {:?}", q.swap_remove_front(2), q.swap_remove_back(0));
    println!("{:?} {:?}", q, Vec::from(q.clone()));
    println!("{:?}", q.into_iter().rev().collect::<Vec<_>>());
    println!("{:?}", VecDeque::from([1, 2]) < VecDeque::from([1, 3]));
    let mut s: VecDeque<String> = VecDeque::from(vec!["a".to_string(), "b".to_string()]);
    s.push_front("z".to_string());
    if let Some(b) = s.back_mut() {
        b.push('!');
    }
    println!("{s:?} {:?}", s.clone().drain(1..).collect::<Vec<_>>());
    println!("{}", std::panic::catch_unwind(|| VecDeque::<i32>::new()[0]).is_err());
}
