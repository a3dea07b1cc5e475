mod t {
    mod custom { pub const NAME: &str = "c"; }
    macro_rules! fl { (item: { $($i:tt)* }, #[bitflags(flag_name = $e:expr)] ) => { fl2!{ { $($i)* } = $e } } }
    macro_rules! fl2 { ({ $v:vis const $n:ident } = $e:expr) => { $v const $n: &str = $e; } }
    macro_rules! m { ($(#[$inner:ident $($args:tt)*])*) => {
        const _: () = { 
            struct X;
            impl X { fn f() -> &'static str { mod names { use super::*; fl!(item: { pub(super) const A }, $(#[$inner $($args)*])* ); } names::A } }
            #[allow(dead_code)]
            fn f() -> &'static str { X::f() }
        };
        pub fn g() -> &'static str { mod names { use super::*; fl!(item: { pub(super) const A }, $(#[$inner $($args)*])* ); } names::A }
    } }
    m!(#[bitflags(flag_name = custom::NAME)]);
}
trait P { type I; }
struct S(<S as P>::I);
impl P for S { type I = J; }
#[derive(Clone, Copy)] struct J(u8);
impl S { const fn new(a: u8) -> S { S(J(a)) } const fn get(self) -> u8 { self.0.0 } }
fn main() { println!("{} {}", t::g(), S::new(3).get()); }
