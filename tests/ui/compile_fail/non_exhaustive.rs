enum Shape {
    Dot,
    Line(u32),
}

fn main() {
    let s = Shape::Line(3);
    match s { //~ ERROR non-exhaustive patterns
        Shape::Dot => {}
    }
}
