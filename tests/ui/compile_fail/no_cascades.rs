use nothing::thing; //~ ERROR unresolved import `nothing`
use std::collections::Nothing; //~ ERROR unresolved import `std::collections::Nothing`

fn unknown_element(v: Vec<Missing>) -> bool { //~ ERROR cannot find type `Missing` in this scope
    for x in v.iter() {
        if x.a == 1 {
            return true;
        }
    }
    v[0].b.len() > 3
}

fn missing_lifetime() -> &u8 { //~ ERROR missing lifetime specifier
    "text"
}

#[derive(Copy)]
struct Named { //~ ERROR the trait `Copy` cannot be implemented for this type
    s: String,
}

fn main() {
    thing();
    let v: Nothing = Nothing::new();
    v.method();
    for i in undefined { //~ ERROR cannot find value `undefined` in this scope
        i.x().y;
    }
    unknown_element(vec![]);
}
