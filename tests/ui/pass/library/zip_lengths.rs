// How often the closures in front of a `zip` are called when one side is longer.

fn main() {
    let (a, b) = ([1, 2, 3, 4, 5], [10, 20]);
    for p in a.iter().map(|x| said("a", *x)).zip(b.iter().map(|y| said("b", *y))) {
        println!("{p:?}");
    }
    for p in (0..4).map(|x| said("range", x)).enumerate().zip(b.iter().copied().map(|y| said("b", y))) {
        println!("{p:?}");
    }
    for p in a.iter().take(4).map(|x| said("take", *x)).zip(b) {
        println!("{p:?}");
    }
    for p in vec![1, 2, 3].into_iter().map(|x| said("vec", x)).zip(b.iter()) {
        println!("{p:?}");
    }
    let mut both = a.iter().map(|x| said("a", *x)).zip(b.iter());
    println!("{:?} {:?} {:?} {:?}", both.size_hint(), both.next_back(), both.next(), both.next());
    let mut list = [0; 5];
    for (slot, word) in list.iter_mut().skip(1).zip("one two three".split(' ')) {
        *slot = word.len();
    }
    println!("{list:?} {}", a.iter().zip(&b).zip(a.iter().rev()).map(|((x, y), z)| x * y - z).sum::<i32>());
}

fn said(who: &str, x: i32) -> i32 {
    print!("{who}{x} ");
    x
}
