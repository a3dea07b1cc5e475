struct Point {
    x: u8; //~ ERROR struct fields are separated by `,`
    y: u8,
}

enum Shape {
    Round: u8, //~ ERROR expected one of
}

trait Named {
    name: String, //~ ERROR expected one of `!` or `::`, found `:`
}

fn area(width: u8, height) -> u8 { //~ ERROR expected one of `:`, `@`, or `|`, found `)`
    width
}

const LIMIT = 3; //~ ERROR missing type for `const` item

fn main() {}
