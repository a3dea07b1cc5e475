// Patterns of every kind, with what they bind.
#[derive(Debug, Clone, PartialEq)]
enum Tok {
    Num(i64),
    Op(char),
    Pair(Box<Tok>, Box<Tok>),
    List(Vec<Tok>),
    Name { id: String, len: usize },
    Unit,
}
use Tok::*;
const LIMIT: i64 = 100;
const NAME: &str = "const";
const PT: (i32, i32) = (1, 2);
const OPT: Option<u8> = Some(9);
#[derive(PartialEq, Eq, Debug, Clone, Copy)]
struct Pt {
    x: i32,
    y: i32,
}
const ORIGIN: Pt = Pt { x: 0, y: 0 };
fn tok(t: &Tok) -> String {
    match t {
        Num(0) => "zero".into(),
        Num(n @ (1..=9 | -9..=-1)) => format!("digit {n}"),
        Num(LIMIT) => "limit".into(),
        Num(n) if *n > 1000 => format!("big {n}"),
        Num(..=-10) => "negative".into(),
        Num(n) => format!("num {n}"),
        Op(c @ ('+' | '-')) => format!("additive {c}"),
        Op(c @ 'a'..='z') => format!("letter {c}"),
        Op(_) => "op".into(),
        Pair(l, r) => match (&**l, &**r) {
            (Num(a), Num(b)) => format!("nums {}", a + b),
            (Unit, x) | (x, Unit) => format!("one {}", tok(x)),
            (a, b) => format!("{} & {}", tok(a), tok(b)),
        },
        List(v) => match v.as_slice() {
            [] => "empty".into(),
            [x] => format!("single {}", tok(x)),
            [Num(a), .., Num(b)] if a == b => format!("same ends {a}"),
            [Op(c), rest @ ..] => format!("call {c} of {}", rest.len()),
            [first, mid @ .., last] => format!("{} .. {} .. {}", tok(first), mid.len(), tok(last)),
        },
        Name { id, .. } if id == NAME => "the const".into(),
        Name { id: s, len: 0..=3 } => format!("short {s}"),
        Name { id, len } => format!("{id}:{len}"),
        Unit => "unit".into(),
    }
}
fn text(s: &str) -> u32 {
    match s {
        "" => 0,
        "one" => 1,
        NAME => 2,
        x if x.starts_with("pre") => 3,
        "two" | "deux" => 4,
        _ => 5,
    }
}
fn bytes(b: &[u8]) -> u32 {
    match b {
        b"" => 0,
        b"GET" => 1,
        [b'P', ..] => 2,
        [.., b'!'] => 3,
        [0x80..=0xff, _, _] => 4,
        [a, b, rest @ ..] if a == b => 5 + rest.len() as u32,
        _ => 99,
    }
}
fn float(x: f64) -> &'static str {
    match x {
        0.0 => "zero",
        1.5 => "one and a half",
        -1.0..=1.0 => "small",
        f64::INFINITY => "inf",
        _ if x.is_nan() => "nan",
        _ => "other",
    }
}
fn big(x: i128) -> u32 {
    match x {
        i128::MIN => 0,
        i128::MIN..=-1 => 1,
        0 => 2,
        1..=0xffff_ffff_ffff_ffff => 3,
        0x1_0000_0000_0000_0000 => 4,
        _ => 5,
    }
}
fn exhaust(x: i8) -> u32 {
    match x {
        -128..=-64 => 0,
        -63..0 => 1,
        0 => 2,
        1..64 => 3,
        64..=127 => 4,
    }
}
fn consts(p: (i32, i32), o: Option<u8>, q: Pt) -> u32 {
    match (p, o, q) {
        (PT, OPT, ORIGIN) => 1,
        (PT, OPT, _) => 2,
        (PT, None | Some(0..=3), _) => 3,
        ((a, b), Some(c), Pt { x, .. }) if a + b == c as i32 + x => 4,
        (_, _, Pt { x: 0, y } | Pt { y, x: 1 }) => 10 + y as u32,
        _ => 0,
    }
}
fn refs(o: &mut Option<(String, u32)>) {
    match o {
        Some((s, n @ 1..)) => {
            s.push('!');
            *n -= 1;
        }
        Some((s, _)) => s.clear(),
        slot @ None => *slot = Some(("new".to_string(), 2)),
    }
}
fn at(v: &[Option<Pt>]) -> String {
    match v {
        all @ [Some(p @ Pt { x, .. }), .., Some(Pt { y, .. })] => format!("{} {:?} {} {}", all.len(), p, x, y),
        [one @ Some(_)] => format!("{one:?}"),
        _ => "none".into(),
    }
}
fn nested(a: Result<Option<u8>, Result<bool, char>>) -> u32 {
    match a {
        Ok(Some(0..=9)) | Err(Err('0'..='9' )) if { let n = 1; n == 1 } && matches!(a, Ok(Some(0..=9))) => 1,
        Ok(None) => 2,
        Ok(Some(n)) => n as u32,
        Err(Ok(true)) => 4,
        Err(Ok(false) | Err('x')) => 5,
        Err(Err(c)) => c as u32,
    }
}
fn main() {
    let n = |x| Box::new(Num(x));
    let toks = vec![
        Num(0), Num(5), Num(-5), Num(100), Num(5000), Num(-50), Num(50), Op('+'), Op('q'), Op('*'),
        Pair(n(1), n(2)), Pair(Box::new(Unit), n(3)), Pair(n(4), Box::new(Unit)), Pair(n(7), Box::new(Op('-'))),
        List(vec![]), List(vec![Unit]), List(vec![Num(1), Unit, Num(1)]), List(vec![Op('f'), Num(1)]),
        List(vec![Num(1), Unit, Op('z')]), Name { id: "const".into(), len: 5 }, Name { id: "ab".into(), len: 2 },
        Name { id: "abcd".into(), len: 4 }, Unit,
    ];
    for t in &toks {
        println!("{}", tok(t));
    }
    println!("{:?}", ["", "one", "const", "prefix", "deux", "x"].map(text));
    let bs: [&[u8]; 8] = [b"", b"GET", b"POST", b"hey!", &[0x90, 1, 2], b"aabc", b"ab", b"G"];
    println!("{:?}", bs.map(bytes));
    println!("{:?}", [0.0, -0.0, 1.5, 0.5, f64::INFINITY, f64::NAN, 2.0].map(float));
    println!("{:?}", [i128::MIN, -5, 0, 1 << 64, (1 << 64) - 1, (1 << 64) + 1].map(big));
    println!("{:?}", [-128, -64, -63, -1, 0, 1, 63, 64, 127].map(exhaust));
    println!("{}", consts((1, 2), Some(9), ORIGIN));
    println!("{}", consts((1, 2), Some(9), Pt { x: 3, y: 4 }));
    println!("{}", consts((1, 2), Some(2), Pt { x: 3, y: 4 }));
    println!("{}", consts((3, 4), Some(5), Pt { x: 2, y: 4 }));
    println!("{}", consts((0, 0), None, Pt { x: 0, y: 7 }));
    println!("{}", consts((0, 0), None, Pt { x: 1, y: 8 }));
    let mut o = None;
    for _ in 0..5 {
        refs(&mut o);
        println!("{o:?}");
    }
    let p = |x, y| Some(Pt { x, y });
    println!("{} | {} | {}", at(&[p(1, 2), None, p(3, 4)]), at(&[p(5, 6)]), at(&[None]));
    println!("{:?}", [Ok(Some(3)), Ok(None), Ok(Some(77)), Err(Ok(true)), Err(Ok(false)), Err(Err('x')), Err(Err('7'))].map(nested));
}
