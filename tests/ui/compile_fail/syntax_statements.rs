fn missing_semicolon() {
    let x = 1 //~ ERROR expected `;`, found keyword `let`
    let y = 2;
}

fn two_blocks() {
    {
        let = 1; //~ ERROR expected pattern, found `=`
    }
    x y; //~ ERROR expected one of
}

fn conditions(a: bool) -> u8 {
    match a {
        true => 1
        //~^ ERROR expected `,` following `match` arm
        false => 2,
    }
}

fn comparisons(a: u8) -> bool {
    1 < a < 3 //~ ERROR comparison operators cannot be chained
}

fn main() {
    let v = Vec<u8>::new(); //~ ERROR comparison operators cannot be chained
}
