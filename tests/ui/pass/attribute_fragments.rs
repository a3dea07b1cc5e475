macro_rules! m { ($w:literal, $c:meta, $e:expr, $i:ident) => {
  #[cfg(target_pointer_width = $w)] fn a() -> i32 { 1 }
  #[cfg(not(target_pointer_width = $w))] fn a() -> i32 { 2 }
  #[cfg($c)] fn b() -> i32 { 1 }
  #[cfg(not($c))] fn b() -> i32 { 2 }
  #[repr(align($e))] struct S(#[allow(dead_code)] u8);
  #[derive($i)] struct T;
  #[cfg_attr(all(), deprecated(note = $w))] #[allow(dead_code)] fn c() {}
  #[test] #[should_panic(expected = $w)] fn t() { panic!("64") }
} }
m!("64", all(unix, not(windows)), 32, Debug);
fn main() { println!("{} {} {} {:?}", a(), b(), std::mem::align_of::<S>(), T); }
