// `let` is no expression, but for the conditions of `if`, `while` and arms.
fn main() {
    let option = Some(3);
    let six = (let y = 6); //~ ERROR expected expression, found `let` statement
    if (let Some(a) = option) {} //~ ERROR expected expression, found `let` statement
    while !(let None = option) {} //~ ERROR expected expression, found `let` statement
    match option {
        Some(b) if let 3 = b => {}
        _ => {}
    }
}
