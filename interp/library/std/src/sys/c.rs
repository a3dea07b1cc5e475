//! Functions of the C library that a program may declare in an `extern "C"` block.
//!
//! A declaration is bound to the function of its name here; the machine compares the signatures at the call, as
//! for any other function. What is missing ends a run with `unsupported:` when it is called.
//!
//! To add one: an `extern "C" fn` with C's signature, its behaviour as the C standard states it.

use crate::ffi::{c_char, c_double, c_float, c_int, c_long, c_longlong, c_void};
use crate::io::Write;

// stdlib.h

extern "C" fn abs(x: c_int) -> c_int {
    x.wrapping_abs()
}

extern "C" fn labs(x: c_long) -> c_long {
    x.wrapping_abs()
}

extern "C" fn llabs(x: c_longlong) -> c_longlong {
    x.wrapping_abs()
}

unsafe extern "C" fn atoi(text: *const c_char) -> c_int {
    unsafe { atol(text) as c_int }
}

/// Blanks, a sign, digits; what follows is not looked at.
unsafe extern "C" fn atol(mut text: *const c_char) -> c_long {
    unsafe {
        while isspace(*text as c_int) != 0 {
            text = text.add(1);
        }
        let negative = *text as u8 == b'-';
        if negative || *text as u8 == b'+' {
            text = text.add(1);
        }
        let mut value: c_long = 0;
        while isdigit(*text as c_int) != 0 {
            let digit = (*text as u8 - b'0') as c_long;
            value = value.saturating_mul(10).saturating_add(if negative { -digit } else { digit });
            text = text.add(1);
        }
        value
    }
}

extern "C" fn exit(code: c_int) -> ! {
    crate::process::exit(code)
}

extern "C" fn abort() -> ! {
    crate::process::abort()
}

extern "C" fn getpid() -> c_int {
    crate::process::id() as c_int
}

// string.h

unsafe extern "C" fn strlen(text: *const c_char) -> usize {
    let mut len = 0;
    while unsafe { *text.add(len) } != 0 {
        len += 1;
    }
    len
}

unsafe extern "C" fn strcmp(left: *const c_char, right: *const c_char) -> c_int {
    unsafe { strncmp(left, right, usize::MAX) }
}

unsafe extern "C" fn strncmp(left: *const c_char, right: *const c_char, len: usize) -> c_int {
    let mut at = 0;
    while at < len {
        let (a, b) = unsafe { (*left.add(at) as u8, *right.add(at) as u8) };
        if a != b || a == 0 {
            return a as c_int - b as c_int;
        }
        at += 1;
    }
    0
}

unsafe extern "C" fn memcmp(left: *const c_void, right: *const c_void, len: usize) -> c_int {
    let (left, right) = (left as *const u8, right as *const u8);
    let mut at = 0;
    while at < len {
        let (a, b) = unsafe { (*left.add(at), *right.add(at)) };
        if a != b {
            return a as c_int - b as c_int;
        }
        at += 1;
    }
    0
}

unsafe extern "C" fn memchr(from: *const c_void, byte: c_int, len: usize) -> *mut c_void {
    let mut at = from as *const u8;
    let mut left = len;
    while left > 0 {
        if unsafe { *at } == byte as u8 {
            return at as *mut c_void;
        }
        at = unsafe { at.add(1) };
        left -= 1;
    }
    core::ptr::null_mut()
}

unsafe extern "C" fn memcpy(to: *mut c_void, from: *const c_void, len: usize) -> *mut c_void {
    unsafe { core::ptr::copy_nonoverlapping(from as *const u8, to as *mut u8, len) };
    to
}

unsafe extern "C" fn memmove(to: *mut c_void, from: *const c_void, len: usize) -> *mut c_void {
    unsafe { core::ptr::copy(from as *const u8, to as *mut u8, len) };
    to
}

unsafe extern "C" fn memset(to: *mut c_void, byte: c_int, len: usize) -> *mut c_void {
    unsafe { core::ptr::write_bytes(to as *mut u8, byte as u8, len) };
    to
}

// ctype.h

macro_rules! classes {
    ($($name:ident: $test:expr;)*) => { $(
        extern "C" fn $name(c: c_int) -> c_int {
            let test: fn(&u8) -> bool = $test;
            (c >= 0 && c < 128 && test(&(c as u8))) as c_int
        }
    )* };
}

classes! {
    isalpha: u8::is_ascii_alphabetic;
    isdigit: u8::is_ascii_digit;
    isalnum: u8::is_ascii_alphanumeric;
    isupper: u8::is_ascii_uppercase;
    islower: u8::is_ascii_lowercase;
    isspace: |c| c.is_ascii_whitespace() || *c == 0x0b;
    ispunct: u8::is_ascii_punctuation;
    isxdigit: u8::is_ascii_hexdigit;
    iscntrl: u8::is_ascii_control;
}

extern "C" fn toupper(c: c_int) -> c_int {
    if islower(c) != 0 { c - 32 } else { c }
}

extern "C" fn tolower(c: c_int) -> c_int {
    if isupper(c) != 0 { c + 32 } else { c }
}

// stdio.h, unistd.h

extern "C" fn putchar(c: c_int) -> c_int {
    let _ = crate::io::stdout().write_all(&[c as u8]);
    c as u8 as c_int
}

unsafe extern "C" fn puts(text: *const c_char) -> c_int {
    let mut out = crate::io::stdout().lock();
    let bytes = unsafe { core::slice::from_raw_parts(text as *const u8, strlen(text)) };
    let _ = out.write_all(bytes).and_then(|()| out.write_all(b"\n"));
    1
}

// math.h

macro_rules! functions {
    ($($name:ident $narrow:ident: $method:ident;)*) => { $(
        extern "C" fn $name(x: c_double) -> c_double {
            x.$method()
        }
        extern "C" fn $narrow(x: c_float) -> c_float {
            x.$method()
        }
    )* };
}

functions! {
    fabs fabsf: abs; sqrt sqrtf: sqrt; cbrt cbrtf: cbrt; floor floorf: floor; ceil ceilf: ceil; trunc truncf: trunc;
    round roundf: round; exp expf: exp; exp2 exp2f: exp2; expm1 expm1f: exp_m1; log logf: ln; log2 log2f: log2;
    log10 log10f: log10; log1p log1pf: ln_1p; sin sinf: sin; cos cosf: cos; tan tanf: tan; asin asinf: asin;
    acos acosf: acos; atan atanf: atan; sinh sinhf: sinh; cosh coshf: cosh; tanh tanhf: tanh;
}

macro_rules! functions_of_two {
    ($($name:ident $narrow:ident: $method:ident;)*) => { $(
        extern "C" fn $name(x: c_double, y: c_double) -> c_double {
            x.$method(y)
        }
        extern "C" fn $narrow(x: c_float, y: c_float) -> c_float {
            x.$method(y)
        }
    )* };
}

functions_of_two! {
    pow powf: powf; hypot hypotf: hypot; atan2 atan2f: atan2; fmin fminf: min; fmax fmaxf: max;
    copysign copysignf: copysign;
}

extern "C" fn fmod(x: c_double, y: c_double) -> c_double {
    x % y
}
