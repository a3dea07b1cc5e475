fn at(v: &[i32], i: usize) -> i32 {
    v[i]
}

fn main() {
    println!("{}", at(&[1, 2], 1));
    println!("{}", at(&[1, 2], 2));
}
