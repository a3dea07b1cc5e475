fn takes(n: u32) -> u32 {
    n
}

fn main() {
    let s = "text";
    takes(s); //~ ERROR mismatched types
    let n: i32 = 1.5; //~ ERROR mismatched types
    s.no_such_method(); //~ ERROR no method named `no_such_method`
    println!("{}", missing); //~ ERROR cannot find value `missing`
    let _ = n;
}
