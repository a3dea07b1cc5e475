// The standard input by lines, words and whole.
use std::io::{self, BufRead, Read, Write};

fn main() -> io::Result<()> {
    let stdin = io::stdin();
    let mut first = String::new();
    println!("{} {first:?}", stdin.read_line(&mut first)?);
    let n: usize = first.trim().parse().unwrap();
    let mut lines = stdin.lock().lines();
    let numbers: Vec<i64> =
        lines.by_ref().take(n).map(|l| l.unwrap().split_whitespace().map(|w| w.parse::<i64>().unwrap()).sum()).collect();
    println!("{numbers:?}");
    drop(lines);
    let mut rest = String::new();
    stdin.lock().read_to_string(&mut rest)?;
    println!("{rest:?}");
    println!("{}", stdin.lock().read_line(&mut rest)?);
    let out = io::stdout();
    let mut out = out.lock();
    write!(out, "locked ")?;
    println!("reentrant");
    out.write_all(b"bytes\n")?;
    out.flush()
}
