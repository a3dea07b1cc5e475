trait Ext: Iterator { fn intersperse(self, x: u8) -> u8 where Self: Sized { x } fn cmp_by(self) -> u8 where Self: Sized { 3 } }
impl<I: Iterator> Ext for I {}
trait IntExt { fn div_floor(self, o: i32) -> i32; }
impl IntExt for i32 { fn div_floor(self, _o: i32) -> i32 { 77 } }
fn main() { println!("{} {} {}", [1].iter().intersperse(9), [1].iter().cmp_by(), 7i32.div_floor(2)); }
