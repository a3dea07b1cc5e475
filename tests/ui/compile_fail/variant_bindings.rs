enum Light {
    Red,
    Green,
    Other(u8),
}

fn main() {
    match Light::Green {
        Red => println!("1"), //~ ERROR pattern binding `Red` is named the same
        Light::Green | Light::Other(_) => println!("2"),
    }
    match &Light::Other(1) {
        Light::Other(Green) => println!("{Green}"),
        Other => println!("not a unit: a name like others"),
    }
    #[allow(unused)]
    let number @ Light::Red = Light::Red else { return };
}
