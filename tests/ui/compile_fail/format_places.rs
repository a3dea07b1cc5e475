//! Errors about parts of a format string point at the part.
struct S;

fn main() {
    let (s, a) = (S, 1);
    println!("héé\t{a} {unknown}"); //~ ERROR cannot find value `unknown` in this scope
    println!("{a:>width$}"); //~ ERROR cannot find value `width` in this scope
    println!(r#"{a} {raw}"#); //~ ERROR cannot find value `raw` in this scope
    println!("\u{e9}\
        {a}
        {below}"); //~ ERROR cannot find value `below` in this scope
    println!("{s:?} {}", s); //~ ERROR `S` doesn't implement `Debug`
    //~^ ERROR `S` doesn't implement `std::fmt::Display`
    println!("{a} {0} {1}", a); //~ ERROR invalid reference to positional argument 1 (there is 1 argument)
    println!("{a:y}"); //~ ERROR unknown format trait `y`
    println!("{a} }"); //~ ERROR invalid format string: unmatched `}` found
}
