mod t {
    mod custom { pub const NAME: &str = "c"; }
    const K: i32 = 4;
    pub fn g() -> &'static str { mod names { use super::*; pub(super) const A: &str = custom::NAME; } names::A }
    pub fn h() -> i32 { mod names { use super::*; pub(super) const A: i32 = K; } names::A }
    pub fn i() -> i32 { mod names { pub(super) const A: i32 = super::K; } names::A }
    macro_rules! fl { (item: { $($i:tt)* }, #[bitflags(flag_name = $e:expr)] ) => { fl2!{ { $($i)* } = $e } } }
    macro_rules! fl2 { ({ $v:vis const $n:ident } = $e:expr) => { $v const $n: &str = $e; } }
    pub fn j() -> &'static str { mod names { use super::*; fl!(item: { pub(super) const A }, #[bitflags(flag_name = custom::NAME)]);  } names::A }
    macro_rules! m { ($e:expr) => { pub const B: &str = $e; } }
    pub fn k() -> &'static str { mod names { use super::*; m!(custom::NAME);  } names::B }
    m!(self::custom::NAME);
    macro_rules! mm { ($($e:tt)*) => { pub fn l() -> &'static str { mod names { use super::*; m!($($e)*); } names::B } } }
    mm!(custom::NAME);
}
fn main() { println!("{} {} {} {} {} {}", t::g(), t::h(), t::i(), t::j(), t::k(), t::l()); }
