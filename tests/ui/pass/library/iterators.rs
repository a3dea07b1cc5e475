//! Every adapter and consumer of `Iterator`, from both ends, with their size hints.
use std::collections::VecDeque;
use std::iter;
use std::ops::ControlFlow;

fn hint<I: Iterator>(i: &I) -> String {
    format!("{:?}", i.size_hint())
}
fn v<I: Iterator>(i: I) -> Vec<I::Item> {
    i.collect()
}

fn main() {
    let a = [1, 2, 3, 4, 5, 6];
    println!("{:?} {:?}", v(a.iter().map(|x| x * 2)), v(a.iter().map(|x| x * 2).rev()));
    println!("{:?} {:?}", v(a.iter().filter(|x| *x % 2 == 0)), v(a.iter().rev().filter(|x| *x % 3 == 0)));
    println!("{:?} {:?}", v(["1", "x", "3"].iter().filter_map(|s| s.parse::<i32>().ok())), v(["1", "x"].iter().flat_map(|s| s.parse::<i32>())));
    println!("{:?} {:?}", v(a.iter().enumerate().skip(2).step_by(2)), v(a.iter().enumerate().rev().take(2)));
    println!("{:?} {:?}", v(a.iter().zip("abc".chars())), v(a.iter().zip(10..14).rev()).len());
    println!("{:?} {:?}", v(a.iter().chain(&[7, 8]).rev()), v((0..2).chain(5..7).chain(iter::once(9))));
    println!("{:?} {:?}", v(a.iter().skip(4)), v(a.iter().take(2).rev()));
    println!("{:?} {:?} {:?}", v(a.iter().skip_while(|x| **x < 3)), v(a.iter().take_while(|x| **x < 3)), v(a.iter().map_while(|x| if *x < 4 { Some(x * x) } else { None })));
    println!("{:?} {:?}", v(a.iter().scan(0, |acc, x| { *acc += x; if *acc > 12 { None } else { Some(*acc) } })), v(a.iter().inspect(|x| print!("<{x}>")).copied()));
    println!("{:?} {:?}", v([vec![1], vec![], vec![2, 3]].into_iter().flatten()), v(a.chunks(2).flat_map(|c| c.iter().rev())));
    println!("{:?} {:?}", v([Some(1), None, Some(3)].into_iter().flatten().rev()), v((1..4).flat_map(|n| 0..n).rev()));
    println!("{:?} {:?}", v(a.iter().cycle().skip(4).take(5)), v(iter::empty::<i32>().cycle().take(3)));
    println!("{:?} {:?} {:?} {:?}", v((0..10).step_by(3)), v((0..10).step_by(3).rev()), v((0u8..=9).step_by(3).rev()), v(a.iter().step_by(4)));
    println!("{:?} {:?}", (0..10).step_by(4).len(), hint(&(0..10).filter(|_| true).step_by(3)));
    let mut p = a.iter().peekable();
    println!("{:?} {:?} {:?} {:?} {:?}", p.peek().copied(), p.next(), p.next_if(|x| **x == 2), p.next_if_eq(&&9), p.len());
    println!("{:?} {:?} {:?} {}", p.peek_mut().map(|x| { let y = *x; *x = &100; y }), p.next(), p.next_back(), hint(&p));
    let mut f = a.iter().fuse();
    println!("{:?} {:?} {:?}", f.nth(4), f.next(), (f.next(), f.next()));
    println!("{} {} {} {}", hint(&a.iter().chain(&a)), hint(&a.iter().skip(4)), hint(&a.iter().take(9)), hint(&a.iter().cycle()));
    println!("{} {} {} {}", hint(&a.iter().flat_map(|_| 0..3)), hint(&a.iter().zip(0..)), hint(&(0..)), hint(&a.iter().take_while(|_| true)));
    println!("{} {:?} {:?} {:?}", a.iter().count(), a.iter().last(), a.iter().nth(2), a.iter().nth_back(1));
    println!("{} {} {:?} {:?}", a.iter().sum::<i32>(), a.iter().product::<i32>(), a.iter().max(), a.iter().min());
    println!("{:?} {:?}", ["bb", "a", "cc"].iter().max_by_key(|s| s.len()), ["bb", "a", "c"].iter().min_by_key(|s| s.len()));
    println!("{:?} {:?}", [1.5, 0.5].iter().cloned().max_by(|a: &f64, b| a.total_cmp(b)), [1.5, 0.5].iter().min_by(|a, b| a.partial_cmp(b).unwrap()));
    println!("{} {} {:?} {:?}", a.iter().all(|x| *x > 0), a.iter().any(|x| *x > 5), a.iter().find(|x| **x > 2), a.iter().find_map(|x| (*x > 3).then(|| x * 10)));
    println!("{:?} {:?} {:?} {:?}", a.iter().position(|x| *x == 4), a.iter().rposition(|x| *x < 3), a.iter().rfind(|x| **x % 2 == 1), a.iter().position(|x| *x == 40));
    println!("{} {} {:?}", a.iter().fold(String::new(), |s, x| s + &x.to_string()), a.iter().rfold(0, |s, x| s * 10 + x), a.iter().copied().reduce(|x, y| x * 10 + y));
    println!("{:?} {:?}", a.iter().try_fold(0i8, |s, x| s.checked_add(*x as i8 * 20)), a.iter().try_fold(0, |s, x| if *x < 9 { Ok(s + x) } else { Err(*x) }));
    println!("{:?}", a.iter().try_for_each(|x| if *x == 4 { ControlFlow::Break(*x) } else { ControlFlow::Continue(()) }));
    let (even, odd): (Vec<i32>, Vec<i32>) = a.iter().partition(|x| *x % 2 == 0);
    let (l, r): (Vec<i32>, VecDeque<i32>) = a.iter().map(|x| (*x, x * x)).unzip();
    println!("{even:?} {odd:?} {l:?} {r:?}");
    println!("{:?} {:?}", ["1", "2"].iter().map(|s| s.parse::<i32>()).collect::<Result<Vec<_>, _>>(), ["1", "z"].iter().map(|s| s.parse::<i32>()).collect::<Result<Vec<_>, _>>());
    println!("{:?} {:?}", [Some(1), None].into_iter().collect::<Option<Vec<_>>>(), [Some(1), Some(2)].into_iter().sum::<Option<i32>>());
    println!("{:?} {:?}", ["1", "2"].iter().map(|s| s.parse::<i32>()).product::<Result<i32, _>>(), ["a", "b"].iter().copied().collect::<String>());
    println!("{:?} {:?} {:?}", a.iter().cmp([1, 2, 4].iter()), [1.0].iter().partial_cmp([f64::NAN].iter()), a.iter().eq(&[1, 2, 3, 4, 5, 6]));
    println!("{} {} {} {} {}", a.iter().lt(&[2]), a.iter().le(&[0]), a.iter().gt(&[1]), a.iter().ge(&a), a.iter().ne(&a));
    println!("{} {} {}", a.iter().is_sorted(), a.iter().rev().is_sorted(), a.iter().is_sorted_by_key(|x| -*x));
    println!("{:?} {:?}", v(iter::repeat(7).take(3)), v(iter::repeat_n("x", 2)));
    println!("{:?} {:?}", v(iter::successors(Some(1u8), |x| x.checked_mul(3))), { let mut n = 0; v(iter::from_fn(move || { n += 1; (n < 4).then_some(n) })) });
    println!("{:?} {:?} {:?}", v(iter::once(1)), v(iter::once_with(|| 2)), { let mut c = 1; v(iter::repeat_with(move || { c *= 2; c }).take(4)) });
    println!("{:?} {:?}", v(iter::zip([1, 2], ["a", "b"])), iter::empty::<u8>().next());
    let mut it = a.iter();
    let firsts = v(it.by_ref().take(2));
    println!("{firsts:?} {:?}", v(it));
    println!("{:?} {:?} {:?} {:?}", v(5..8), v((5..8).rev()), v(5..=8), v((5..=8).rev()));
    println!("{:?} {:?} {:?} {:?}", (0..10).nth(3), (0..10).len(), (0..=10).nth(10), (3..3).next());
    let mut r = 0..=3;
    println!("{:?} {:?} {:?} {:?} {:?}", r.next(), r.next_back(), r.next(), r.next(), r.next()); println!("{r:?}");
    println!("{:?} {:?} {:?}", (0..5).contains(&4), (0..=5).is_empty(), (5..=3).next());
    println!("{:?} {:?} {:?}", (250u8..).take(5).collect::<Vec<_>>(), (0u8..=255).count(), (i8::MIN..=i8::MAX).map(|x| x as i32).sum::<i32>());
    println!("{:?} {:?} {:?}", (1u64..=u64::MAX).size_hint(), (0u128..u128::MAX).size_hint(), (0..3).min());
    println!("{:?} {:?}", (0..3).zip((0..3).skip(1)).map(|(a, b)| a * b).collect::<Vec<_>>(), (1..=3).rev().map(|x| x * x).max());
    println!("{:?}", (1..=30).filter(|n| n % 2 == 1).map(|n| n * n).skip_while(|n| *n < 50).take_while(|n| *n < 600).step_by(2).collect::<Vec<i32>>());
    let mut names = vec!["b", "a"];
    names.extend(["d", "c"].iter());
    names.extend(Some("e"));
    println!("{names:?} {:?}", names.iter().map(|s| s.len()).sum::<usize>());
    let boxed: Box<dyn DoubleEndedIterator<Item = i32>> = Box::new((0..4).map(|x| x * x));
    println!("{:?}", boxed.rev().collect::<Vec<_>>());
    let mut dyn_it: &mut dyn Iterator<Item = i32> = &mut (0..5);
    println!("{:?} {:?}", dyn_it.next(), (&mut dyn_it).skip(1).collect::<Vec<_>>());
    println!("{:?} {:?}", ((1, 2), [3]), a.iter().map(|x| x + 1));
    println!("{:?}", a.iter().copied().collect::<std::collections::BTreeSet<_>>().into_iter().rev().collect::<Vec<_>>());
    println!("{:?}", [3, 1, 2].iter().max_by(|a, b| a.cmp(b)).into_iter().chain(None).collect::<Vec<_>>());
    let ((x, y), z): ((Vec<i32>, Vec<char>), Vec<&str>) = [((1, 'a'), "p"), ((2, 'b'), "q")].into_iter().unzip();
    println!("{x:?} {y:?} {z:?}");
}
