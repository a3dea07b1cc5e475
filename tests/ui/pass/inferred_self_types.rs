use std::sync::Mutex;
struct Foo(i32);
impl Default for Foo { fn default() -> Foo { Foo(42) } }
struct Lazy<T>(T);
impl<T: Default> Default for Lazy<T> { fn default() -> Self { Lazy(T::default()) } }
fn main() {
    let l: Lazy<Mutex<Foo>> = <_>::default();
    println!("{}", l.0.lock().unwrap().0);
    let v: Vec<i32> = <_>::from([1, 2]);
    let s = <_ as Default>::default();
    let t: u8 = s;
    let n = <Vec<_>>::with_capacity(3);
    let mut n = n; n.push(1u8);
    println!("{v:?} {t} {n:?}");
    println!("{}", less(&Many(vec![1]), &Many(vec![2])));
}

// An argument is coerced to what the method's bounds say that it is: here `&[T]`, the one type slices are compared with.
struct Many<T>(Vec<T>);
impl<T> std::ops::Deref for Many<T> {
    type Target = [T];
    fn deref(&self) -> &[T] {
        &self.0
    }
}
#[allow(dead_code)]
fn less<T: PartialOrd>(a: &Many<T>, b: &Many<T>) -> bool {
    (**a).lt(b)
}
