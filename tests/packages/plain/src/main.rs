use plain_package::shapes::{Area, Square};

struct Local;

fn main() {
    println!("{} {}", env!("CARGO_PKG_NAME"), plain_package::version());
    println!("{} {} {}", env!("CARGO_CRATE_NAME"), env!("CARGO_BIN_NAME"), env!("CARGO_PKG_AUTHORS"));
    println!("{:?} {:?}", option_env!("CARGO_PKG_VERSION_PRE"), option_env!("NO_SUCH_THING"));
    println!("{} {}", Square(4).area(), plain_package::square(5));
    println!("{} {}", std::any::type_name::<Local>(), std::any::type_name::<Square>());
    println!("{:?}", std::env::args().skip(1).collect::<Vec<_>>());
    println!("{}", std::env::var("CARGO_PKG_VERSION_MAJOR").unwrap());
    let shown: &dyn std::fmt::Display = &helper::Shown(3);
    println!("{shown} {} {}", renamed::NAME, file!());
    if cfg!(feature = "greeting") {
        println!("hello");
    }
}

#[test]
fn of_the_program() {}
