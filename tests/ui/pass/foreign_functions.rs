//! Functions of C's library, declared safe or not; one that is unknown is harmless as long as nobody calls it.
use std::ffi::{CString, c_char, c_double, c_int, c_void};

unsafe extern "C" {
    safe fn abs(x: c_int) -> c_int;
    safe fn toupper(c: c_int) -> c_int;
    fn strlen(text: *const c_char) -> usize;
    fn atoi(text: *const c_char) -> c_int;
    fn memcmp(left: *const c_void, right: *const c_void, len: usize) -> c_int;
    unsafe fn pow(x: c_double, y: c_double) -> c_double;
    fn not_in_any_library(x: c_int);
}

fn main() {
    println!("{} {}", abs(-3), toupper('q' as c_int) as u8 as char);
    let text = CString::new(" -42 apples").unwrap();
    unsafe {
        println!("{} {} {}", strlen(text.as_ptr()), atoi(text.as_ptr()), pow(2.0, 10.0));
        let (a, b) = ([1u8, 2, 3], [1u8, 2, 4]);
        println!("{}", memcmp(a.as_ptr().cast(), b.as_ptr().cast(), 3) < 0);
        if std::env::args().count() > 5 {
            not_in_any_library(1);
        }
    }
}
