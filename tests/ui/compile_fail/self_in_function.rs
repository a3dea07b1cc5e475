//! `self` belongs to associated functions.
fn plain(&self, x: u8) -> u8 { //~ ERROR `self` parameter is only allowed in associated functions
    x
}

fn main() {}
