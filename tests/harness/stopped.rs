//! Tests that the machine stops; those after them run all the same.

#[test]
fn a_undefined_behaviour() {
    println!("before");
    let dangling = { let x = 1u8; &raw const x };
    assert_eq!(unsafe { *dangling }, 1);
}

#[test]
#[should_panic]
fn b_undefined_behaviour_is_no_panic() {
    let none: Option<u8> = None;
    unsafe { std::hint::unreachable_unchecked() };
    #[allow(unreachable_code)]
    drop(none);
}

#[test]
fn c_leaks() {
    std::mem::forget(Box::new(1));
}

#[test]
fn e_ends_the_process() {
    std::process::exit(0);
}

#[test]
fn f_aborts() {
    std::process::abort();
}

#[test]
fn g_passes() {}
