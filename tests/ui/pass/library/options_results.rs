//! Methods of `Option`, `Result`, `bool` and `ControlFlow`.
use std::ops::ControlFlow;

fn half(x: i32) -> Option<i32> {
    (x % 2 == 0).then_some(x / 2)
}
fn small(x: i32) -> Result<i32, String> {
    if x < 10 { Ok(x) } else { Err(format!("{x} is large")) }
}
fn chain(x: i32) -> Option<i32> {
    Some(half(half(x)?)? + 1)
}
fn convert(s: &str) -> Result<i32, Box<dyn std::error::Error>> {
    let n: i32 = s.parse()?;
    let m = small(n)?;
    if m == 7 {
        return Err("seven".into());
    }
    Ok(m)
}
fn flow(v: &[i32]) -> ControlFlow<i32, u8> {
    for x in v {
        if *x < 0 {
            return ControlFlow::Break(*x);
        }
    }
    ControlFlow::Continue(3)
}

fn main() {
    let (s, n) = (Some(4), None::<i32>);
    println!("{} {} {} {}", s.is_some(), n.is_none(), s.is_some_and(|x| x > 3), n.is_none_or(|x| x > 3));
    println!("{:?} {:?} {:?}", s.map(|x| x * 2), s.and_then(half), n.and_then(half));
    println!("{} {} {} {}", s.unwrap_or(1), n.unwrap_or(1), n.unwrap_or_else(|| 2), n.unwrap_or_default());
    println!("{} {} {:?}", s.map_or(0, |x| x + 1), n.map_or_else(|| -1, |x| x), s.filter(|x| *x > 9));
    println!("{:?} {:?} {:?} {:?}", s.or(Some(1)), n.or(Some(1)), n.or_else(|| Some(2)), s.xor(n));
    println!("{:?} {:?} {:?}", s.and(Some("x")), s.zip(Some('c')), Some((1, 2)).unzip());
    println!("{:?} {:?} {:?}", s.ok_or("none"), n.ok_or("none"), n.ok_or_else(|| 5));
    let mut m = Some(3);
    println!("{:?} {:?}", m.take(), *m.insert(8));
    println!("{:?} {:?} {:?}", m.replace(1), { *m.get_or_insert(7) }, m.as_mut().map(|x| { *x += 1; *x }));
    m = None;
    println!("{} {:?} {:?}", { *m.get_or_insert_with(|| 9) }, m.take_if(|x| *x == 9), Some(Some(1)).flatten());
    println!("{:?} {:?}", Some(String::from("abc")).as_deref(), Some(&5).copied());
    println!("{:?} {:?} {:?}", Some(Ok::<_, ()>(1)).transpose(), None::<Result<i32, ()>>.transpose(), Ok::<_, ()>(Some(1)).transpose());
    println!("{:?} {:?} {:?}", s.iter().collect::<Vec<_>>(), n.into_iter().count(), s.as_slice());
    println!("{:?} {:?} {:?} {:?}", s < n, n < s, s.max(Some(9)), Some(1).cmp(&None));
    println!("{:?} {:?}", chain(8), chain(6));
    println!("{:?}", s.inspect(|x| print!("[{x}]")));
    let (o, e) = (small(3), small(30));
    println!("{} {} {} {}", o.is_ok(), e.is_err(), o.clone().is_ok_and(|x| x > 2), e.clone().is_err_and(|x| x.is_empty()));
    println!("{:?} {:?} {:?}", o.clone().ok(), e.clone().ok(), e.clone().err());
    println!("{:?} {:?} {:?}", o.clone().map(|x| x + 1), e.clone().map_err(|x| x.len()), o.as_ref().map_or(0, |x| *x));
    println!("{:?} {:?} {:?}", o.clone().and_then(|x| small(x * 5)), e.clone().or_else(|x| small(x.len() as i32)), o.clone().and(Ok::<u8, String>(1)));
    println!("{:?} {:?} {:?} {:?}", e.clone().or(Ok::<i32, ()>(2)), e.clone().unwrap_or(5), e.clone().unwrap_or_else(|x| x.len() as i32), e.clone().unwrap_or_default());
    println!("{:?} {:?} {:?}", o.iter().next(), e.as_ref().unwrap_err(), o.as_deref_err());
    println!("{:?} {:?}", Ok::<Result<i32, ()>, ()>(Ok(3)).and_then(|x| x), o.clone().inspect_err(|_| print!("?")).inspect(|x| print!("({x})")));
    for text in ["5", "x", "50", "7"] {
        match convert(text) {
            Ok(n) => println!("{n}"),
            Err(e) => println!("{e} / {e:?}"),
        }
    }
    println!("{:?} {:?} {:?}", flow(&[1, -2]), flow(&[]).continue_value(), flow(&[-1]).is_break());
    println!("{:?} {:?}", true.then(|| 1), false.then_some(2));
    println!("{:?} {:?}", Option::<i32>::default(), Some(5).into_iter().chain(None).sum::<i32>());
    println!("{:?}", Option::from(3).map(|x: i32| x));
    let words = ["apple", "bob"];
    println!("{:?}", words.iter().map(|w| w.chars().next().ok_or(())).collect::<Result<String, ()>>());
    if let Some(x @ 1..=9) = s {
        println!("let chain {x}");
    }
}

trait AsDerefErr {
    fn as_deref_err(&self) -> Option<&str>;
}
impl AsDerefErr for Result<i32, String> {
    fn as_deref_err(&self) -> Option<&str> {
        self.as_ref().err().map(|s| s.as_str())
    }
}
