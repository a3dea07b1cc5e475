use std::ops::Deref;
use std::collections::HashMap;

#[derive(Debug, Clone)]
enum Either<L, R> {
    Left(L),
    Right(R),
}
use Either::*;

impl<L, R> Either<L, R> {
    /// Exists only where both are pointers: its return type says so.
    fn first(&self) -> Option<&<L as Deref>::Target>
    where
        L: Deref,
    {
        match self {
            Left(l) => Some(&**l),
            Right(_) => None,
        }
    }

    fn iter(&self) -> Pair<<&L as IntoIterator>::IntoIter, <&R as IntoIterator>::IntoIter>
    where
        for<'a> &'a L: IntoIterator,
        for<'a> &'a R: IntoIterator,
    {
        match self {
            Left(l) => Pair(Some(l.into_iter()), None),
            Right(r) => Pair(None, Some(r.into_iter())),
        }
    }
}
struct Pair<A, B>(Option<A>, Option<B>);

// an item of a trait that applies where the inherent method does not
trait First {
    fn first(&self) -> &'static str;
}
impl<L, R> First for Either<L, R> {
    fn first(&self) -> &'static str {
        "the trait's"
    }
}

impl<L: Deref, R: Deref<Target = L::Target>> Deref for Either<L, R> {
    type Target = L::Target;
    fn deref(&self) -> &L::Target {
        match self {
            Left(l) => l,
            Right(r) => r,
        }
    }
}

// where clauses that contradict each other together, not one by one
struct Wrap<T>(T);
trait Kind {
    type Of;
}
impl Kind for u8 {
    type Of = String;
}
impl Kind for u16 {
    type Of = Vec<i32>;
}
impl<T: Kind<Of = String>> Wrap<T> {
    fn name(&self) -> &'static str {
        "inherent, of strings"
    }
}
trait Named {
    fn name(&self) -> &'static str;
}
impl<T> Named for Wrap<T> {
    fn name(&self) -> &'static str {
        "of whatever else"
    }
}

fn is_str(_: &str) -> usize {
    1
}

fn main() {
    let ints: Either<i32, i32> = Left(1);
    println!("{}", ints.first());
    let boxes: Either<Box<i32>, i32> = Left(Box::new(5));
    println!("{:?}", boxes.first());
    println!("{} {}", Wrap(1u8).name(), Wrap(1u16).name());
    let value: Either<String, &str> = Left(String::from("test"));
    println!("{} {}", is_str(&value), value.len());
    let slices: Either<Vec<u8>, &[u8]> = Right(&[1, 2, 3]);
    println!("{:?}", slices.iter().sum::<u8>());
    let vecs: Either<Vec<u8>, [u8; 2]> = Right([1, 2]);
    println!("{:?}", vecs.iter().1.map(|i| i.sum::<u8>()));
    let both: Either<Box<[u8]>, &[u8]> = Left(vec![1u8, 2].into());
    println!("{}", both.len());
    let mut m: HashMap<&str, Vec<i32>> = HashMap::new();
    m.entry("a").or_default().push(1);
    println!("{m:?}");
}
