//! There is no value of an enum without variants.
#[allow(dead_code)]
enum Void {}

fn main() {
    let place = ();
    let void = unsafe { (&raw const place).cast::<Void>().read() }; //~ ERROR constructing invalid value of type Void: encountered a value of zero-variant enum `Void`
    match void {}
}
