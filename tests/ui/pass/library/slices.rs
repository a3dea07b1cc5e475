//! Methods of slices: access, search, splitting, chunks, moving, sorting, comparison, bytes.
fn main() {
    let a = [5, 3, 8, 1, 9, 2, 7];
    let e: &[i32] = &[];
    println!("{} {} {:?} {:?} {:?} {:?}", a.len(), e.is_empty(), a.first(), a.last(), e.first(), e.last());
    println!("{:?} {:?} {:?} {:?} {:?}", a.get(2), a.get(9), a.get(1..3), a.get(5..9), a.get(..=2));
    println!("{:?} {:?} {:?} {:?}", &a[2..4], &a[..2], &a[5..], &a[..]);
    println!("{:?} {:?} {:?}", &a[1..=3], &a[..=0], &a[(std::ops::Bound::Excluded(1), std::ops::Bound::Included(3))]);
    println!("{:?} {:?} {:?}", a.split_first(), a.split_last(), a.split_at(3));
    println!("{:?} {:?} {:?}", a.first_chunk::<2>(), a.last_chunk::<3>(), a.split_first_chunk::<8>());
    println!("{:?} {:?} {:?}", a.split_at_checked(9), a.as_chunks::<3>(), a.as_rchunks::<3>());
    println!("{:?}", a.windows(3).map(|w| w.iter().sum::<i32>()).collect::<Vec<_>>());
    println!("{:?} {:?}", a.windows(2).rev().collect::<Vec<_>>(), a.windows(9).next());
    println!("{:?} {:?}", a.chunks(3).collect::<Vec<_>>(), a.chunks(3).rev().collect::<Vec<_>>());
    println!("{:?} {:?}", a.chunks_exact(3).collect::<Vec<_>>(), a.chunks_exact(3).remainder());
    println!("{:?} {:?}", a.rchunks(3).collect::<Vec<_>>(), a.rchunks(3).rev().collect::<Vec<_>>());
    println!("{:?} {:?}", a.rchunks_exact(3).collect::<Vec<_>>(), a.rchunks_exact(3).remainder());
    println!("{} {} {} {}", a.chunks(3).len(), a.windows(3).len(), a.chunks_exact(2).len(), a.rchunks(4).len());
    println!("{:?}", a.split(|x| x % 2 == 0).collect::<Vec<_>>());
    println!("{:?}", a.rsplit(|x| x % 2 == 0).collect::<Vec<_>>());
    println!("{:?}", a.split_inclusive(|x| x % 2 == 0).collect::<Vec<_>>());
    println!("{:?}", a.split_inclusive(|x| x % 2 == 0).rev().collect::<Vec<_>>());
    println!("{:?} {:?}", a.splitn(2, |x| x % 2 == 0).collect::<Vec<_>>(), a.rsplitn(2, |x| x % 2 == 0).collect::<Vec<_>>());
    println!("{:?} {:?}", e.split(|_| true).collect::<Vec<_>>(), e.split_inclusive(|_| true).count());
    println!("{:?}", [1, 1, 2, 3, 3, 3].chunk_by(|a, b| a == b).collect::<Vec<_>>());
    println!("{:?}", [1, 2, 1, 4, 5].chunk_by(|a, b| a < b).rev().collect::<Vec<_>>());
    println!("{} {} {} {}", a.contains(&8), a.starts_with(&[5, 3]), a.ends_with(&[7]), a.starts_with(&[]));
    println!("{:?} {:?} {:?}", a.strip_prefix(&[5]), a.strip_suffix(&[1]), a.iter().position(|&x| x == 9));
    let s = [1, 3, 5, 5, 5, 8, 13];
    println!("{:?} {:?} {:?} {:?}", s.binary_search(&8), s.binary_search(&4), s.binary_search(&0), s.binary_search(&99));
    println!("{:?} {:?}", s.binary_search(&5).map(|i| (2..=4).contains(&i)), s.partition_point(|&x| x < 5));
    println!("{:?} {:?}", s.binary_search_by(|x| x.cmp(&13)), s.binary_search_by_key(&26, |x| x * 2));
    println!("{} {} {}", s.is_sorted(), a.is_sorted(), a.is_sorted_by_key(|x| -x));
    let mut v = a;
    v.swap(0, 6);
    v[1..5].reverse();
    println!("{v:?}");
    v.rotate_left(2);
    println!("{v:?}");
    v.rotate_right(3);
    println!("{v:?}");
    for len in 0..12 {
        for mid in 0..=len {
            let mut r: Vec<usize> = (0..len).collect();
            r.rotate_left(mid);
            assert_eq!(r, (mid..len).chain(0..mid).collect::<Vec<_>>());
        }
    }
    v.sort();
    println!("{v:?}");
    v.sort_by(|a, b| b.cmp(a));
    println!("{v:?}");
    v.sort_by_key(|x| (x % 3, *x));
    println!("{v:?}");
    v.sort_unstable_by_key(|x| std::cmp::Reverse(*x));
    println!("{v:?}");
    let (l, m, r) = v.select_nth_unstable(3);
    l.sort();
    r.sort();
    println!("{l:?} {m} {r:?}");
    let mut big: Vec<u32> = (0..1000u32).map(|i| i.wrapping_mul(2654435761) % 1009).collect();
    let mut other = big.clone();
    big.sort();
    other.sort_unstable();
    assert_eq!(big, other);
    assert!(big.is_sorted());
    let mut pairs: Vec<(u32, usize)> = (0..300).map(|i| ((i as u32 * 7919) % 13, i)).collect();
    pairs.sort_by_key(|p| p.0);
    assert!(pairs.windows(2).all(|w| w[0] < w[1]));
    for n in [0, 150, 299] {
        let mut p: Vec<u32> = (0..300u32).map(|i| (i * 7919) % 301).collect();
        let mut q = p.clone();
        q.sort();
        assert_eq!(*p.select_nth_unstable(n).1, q[n]);
    }
    let mut f = [0; 5];
    f.fill(7);
    f[1..4].copy_from_slice(&[1, 2, 3]);
    f.copy_within(1..3, 3);
    println!("{f:?}");
    let mut n = 0;
    f.fill_with(|| { n += 1; n * n });
    f[..2].clone_from_slice(&[9, 8]);
    let mut g = [0; 5];
    g.swap_with_slice(&mut f);
    println!("{f:?} {g:?}");
    for c in g.chunks_mut(2) {
        c[0] += 100;
    }
    for c in g.chunks_exact_mut(2).rev() {
        c.swap(0, 1);
    }
    println!("{g:?}");
    let (x, y) = g.split_at_mut(2);
    x[0] = y[0];
    std::mem::swap(&mut x[1], &mut y[1]);
    println!("{g:?}");
    if let [first, .., last] = &mut g {
        std::mem::swap(first, last);
    }
    for x in g.iter_mut().rev().step_by(2) {
        *x = -*x;
    }
    println!("{g:?} {:?}", g.get_disjoint_mut([0, 2]).map(|[a, b]| (*a, *b)));
    for part in g.split_mut(|x| *x > 0) {
        part.reverse();
    }
    println!("{g:?} {:?}", g.get_mut(1).map(|x| { *x += 1; *x }));
    println!("{:?} {:?} {:?} {:?}", [1, 2] < [1, 3], [1, 2][..] < [1, 2, 0][..], [2].cmp(&[1, 9].map(|x| x)[..1].try_into().unwrap()), [1.0, f64::NAN].partial_cmp(&[1.0, 2.0]));
    println!("{} {} {}", [1, 2] == [1, 2][..], vec![1, 2] == [1, 2], &[1, 2][..] == vec![1, 2]);
    println!("{:?} {:?} {:?}", [[1, 2], [3, 4]].concat(), ["a", "b"].join("-"), [vec![1], vec![2, 3]].join(&0));
    println!("{:?} {:?}", [[1, 2], [3, 4]].as_flattened(), [1, 2].repeat(2));
    println!("{:?} {:?}", b"Hello".to_ascii_uppercase(), b"aB".eq_ignore_ascii_case(b"Ab"));
    println!("{:?} {:?}", b" x ".trim_ascii(), [3u8, 200].is_ascii());
    let mut it = a.iter();
    println!("{:?} {:?} {:?} {:?} {:?}", it.next(), it.next_back(), it.nth(1), it.len(), it.as_slice());
    println!("{:?} {:?} {:?}", a.iter().max(), a.iter().min_by_key(|x| (*x - 4).abs()), a.iter().rposition(|&x| x > 5));
    println!("{:?}", a.to_vec().into_iter().rev().skip_while(|x| *x > 1).collect::<Vec<_>>());
    let z = [(), (), ()];
    println!("{} {:?} {:?}", z.iter().count(), z.iter().rev().next(), z.chunks(2).map(|c| c.len()).collect::<Vec<_>>());
    println!("{:?} {:?}", a.as_ptr_range().end as usize - a.as_ptr() as usize, unsafe { a.get_unchecked(1) });
    let (p, m, q) = unsafe { [1u16, 2, 3, 4, 5].align_to::<u8>() };
    println!("{} {} {}", p.len(), m.len(), q.len());
}
