// `Box`: values, slices, text, trait objects, closures.
use std::any::Any;
use std::error::Error;
use std::fmt;

#[derive(Debug)]
struct Bad(u8);

impl fmt::Display for Bad {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "bad {}", self.0)
    }
}

impl Error for Bad {}

fn fails(n: u8) -> Result<u8, Box<dyn Error>> {
    match n {
        0 => Err(Box::new(Bad(0))),
        1 => Err("just text".into()),
        2 => Err(format!("owned {n}"))?,
        3 => Ok("x".parse::<u8>()?),
        _ => Ok(n),
    }
}

fn main() {
    for n in 0..5 {
        match fails(n) {
            Ok(v) => println!("ok {v}"),
            Err(e) => println!("{e} / {e:?} / {}", e.downcast_ref::<Bad>().is_some()),
        }
    }
    let e: Box<dyn Error + Send + Sync> = "send".into();
    println!("{e}");
    println!("{:?}", e.downcast::<Bad>().is_err());
    println!("{:?}", fails(0).unwrap_err().downcast::<Bad>().map(|b| b.0));
    let b = Box::new((1, String::from("two")));
    let (one, two) = *b;
    println!("{one} {two}");
    let any: Box<dyn Any> = Box::new(7u8);
    println!("{:?}", any.downcast::<u8>());
    let mut fs: Vec<Box<dyn FnMut(i32) -> i32>> = Vec::new();
    let mut total = 0;
    fs.push(Box::new(move |x| {
        total += x;
        total
    }));
    fs.push(Box::new(|x| x * 2));
    println!("{:?}", fs.iter_mut().map(|f| f(3) + f(4)).collect::<Vec<_>>());
    let once: Box<dyn FnOnce() -> String> = Box::new(move || two + "!");
    println!("{}", once());
    let f: Box<dyn Fn(&str) -> usize> = Box::new(str::len);
    println!("{}", f("four"));
    let mut it: Box<dyn Iterator<Item = u32>> = Box::new((1..4).map(|x| x * x));
    println!("{:?} {:?}", it.next(), it.collect::<Vec<_>>());
    let s: Box<[i32]> = (1..=3).collect();
    println!("{s:?} {} {:?}", s.len(), s.iter().sum::<i32>());
    let a: Box<[i32; 3]> = s.clone().try_into().unwrap();
    println!("{a:?} {:?}", s.into_iter().rev().collect::<Vec<_>>());
    let t: Box<str> = "text".chars().rev().collect();
    println!("{t} {:?}", t.clone().into_boxed_bytes());
    let mut c = Box::new([1, 2, 3]);
    c[1] = 9;
    let d = c.clone();
    println!("{c:?} {} {:?}", c == d, c.cmp(&Box::new([1, 9, 4])));
    let raw = Box::into_raw(Box::new(5i64));
    unsafe {
        *raw += 1;
        println!("{}", Box::from_raw(raw));
    }
    let l: &'static mut i32 = Box::leak(Box::new(1));
    *l += 1;
    println!("{}", unsafe { Box::from_raw(l) });
    let mut u = Box::<u32>::new_uninit();
    u.write(8);
    println!("{}", unsafe { u.assume_init() });
    println!("{:?} {}", Box::<[u8]>::default(), Box::<i32>::default());
    let p = Box::pin(3);
    println!("{p} {}", std::mem::size_of::<Option<Box<dyn Any>>>());
    let n: Box<dyn fmt::Debug + Send> = Box::new(vec![Some(1), None]);
    println!("{n:?}");
}
