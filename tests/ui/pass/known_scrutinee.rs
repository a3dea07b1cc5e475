//! A scrutinee that is known at assembly and is read again after the match.

fn main() {
    let v @ (1 | 2 | 3) = 2 else { return };
    println!("{v}");
    let w = match 7 {
        n @ 0..=5 => n,
        n @ (6 | 7) => n * 10,
        n => -n,
    };
    println!("{w}");
    if let c @ ('a' | 'b') = 'b' {
        println!("{c}");
    }
}
