fn main() { loop { oof as fn(); } }   // `oof as usize` too, and generic functions before that
fn oof() {}
