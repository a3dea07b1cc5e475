//! A fragment that another macro got may be the beginning of a longer one.
macro_rules! twice {
    ($e:expr) => {
        $e + $e
    };
}
macro_rules! through {
    ($a:expr) => {
        (twice!($a.len()), twice!($a[0]), twice!($a.iter().sum::<i32>()))
    };
}
macro_rules! either {
    ($p:pat, $v:expr) => {
        matches!($v, $p | 9)
    };
}
macro_rules! chain {
    ([$a:expr, $b:expr]) => { chain!([], $a.chain($b)) };
    ([], $all:expr) => { $all.rev().collect::<Vec<_>>() };
}

fn main() {
    let v = vec![1, 2, 3];
    println!("{:?}", through!(v));
    println!("{} {} {}", either!(1, 1), either!(1, 9), either!(1, 2));
    println!("{:?}", chain!([v.iter(), [7, 8].iter()]));
}
