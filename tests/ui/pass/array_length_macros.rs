macro_rules! count { () => { 0 }; ($a:ident $($r:ident)*) => { 1 + count!($($r)*) }; }
trait TC { type Item; type Buffer: Default + AsRef<[Option<Self::Item>]> + AsMut<[Option<Self::Item>]>; fn n() -> usize; }
macro_rules! ig { ($a:ident, $t:ty) => { $t } }
macro_rules! im { ($($Y:ident)*) => { impl<A> TC for ($(ig!($Y, A),)*) { type Item = A; type Buffer = [Option<A>; count!($($Y)*) - 1]; fn n() -> usize { let mut b = Self::Buffer::default(); b.as_mut().len() } } } }
im!(a); im!(a b c);
struct Fl<I, T, E> where I: Iterator<Item = Result<T, E>>, T: IntoIterator { iter: I, f: Option<T::IntoIter> }
fn main() { println!("{} {}", <(u8,)>::n(), <(u8,u8,u8)>::n()); 
  let f = Fl { iter: vec![Ok::<_, u8>(vec![1])].into_iter(), f: None }; println!("{}", f.iter.len() + f.f.is_none() as usize); }
