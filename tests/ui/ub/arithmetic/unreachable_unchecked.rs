fn main() {
    let x = Some(3);
    match x {
        Some(3) => unsafe { std::hint::unreachable_unchecked() }, //~ ERROR entering unreachable code
        _ => {}
    }
}
