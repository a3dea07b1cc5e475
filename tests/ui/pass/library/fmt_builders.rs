//! The helpers of `Debug`, plain and over several lines, and writing to one's own targets.
use std::fmt::{self, Debug, Display, Write};

struct S;
impl Debug for S {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("S").field("a", &1).field("b", &"x\ny").field("c", &[1, 2]).finish()
    }
}
struct N;
impl Debug for N {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("N").field("s", &S).finish_non_exhaustive()
    }
}
struct N0;
impl Debug for N0 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("N0").finish_non_exhaustive()
    }
}
struct T(u8);
impl Debug for T {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut t = f.debug_tuple(if self.0 == 9 { "" } else { "T" });
        for i in 0..self.0 % 8 {
            t.field(&i);
        }
        t.finish()
    }
}
struct L;
impl Debug for L {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entry(&1).entries(["a", "b"].iter()).entry(&S).finish()
    }
}
struct Set;
impl Debug for Set {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(1..4).finish()
    }
}
struct M;
impl Debug for M {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entry(&"k", &S).key(&T(1)).value(&2).entries(vec![(1, 'a'), (2, 'b')]).finish()
    }
}
struct Upper(String);
impl Write for Upper {
    fn write_str(&mut self, s: &str) -> fmt::Result {
        if s.contains('!') {
            return Err(fmt::Error);
        }
        self.0.push_str(&s.to_uppercase());
        Ok(())
    }
}
struct Multi;
impl Display for Multi {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("one")?;
        f.write_char('-')?;
        f.write_fmt(format_args!("{:03}", 7))?;
        writeln!(f, ".")?;
        write!(f, "{:?}", Some("end"))
    }
}
fn generic<W: Write + ?Sized>(w: &mut W) -> fmt::Result {
    write!(w, "g{}", 1)
}

fn main() {
    println!("{:?} {:?} {:?} {:?} {:?} {:?} {:?}", S, N, N0, T(0), T(1), T(3), T(9));
    println!("{:#?}\n{:#?}\n{:#?}\n{:#?}\n{:#?}\n{:#?}\n{:#?}", S, N, N0, T(0), T(1), T(3), T(9));
    println!("{:?} {:?} {:?}", L, Set, M);
    println!("{:#?}\n{:#?}\n{:#?}", L, Set, M);
    println!("{}", Multi);
    println!("[{:>20}]", Multi);
    let mut u = Upper(String::new());
    println!("{:?}", write!(u, "abc {} {:?}", 1, "x"));
    println!("{:?} {:?}", u.write_str("no!"), write!(u, "then {}!", 2));
    println!("{:?}", u.0);
    let mut s = String::new();
    generic(&mut s).unwrap();
    generic(&mut s as &mut dyn Write).unwrap();
    let d: &mut dyn Write = &mut s;
    write!(d, "{}", 5).unwrap();
    s.write_char('é').unwrap();
    println!("{s}");
    println!("{}", std::fmt::format(format_args!("{:?}", (1, 2))));
    println!("{:?} {:?}", format_args!("lit").as_str(), format_args!("{}", s).as_str());
}
