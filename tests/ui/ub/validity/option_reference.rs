// A reference inside an `Option` is a reference: it must not dangle.
fn main() {
    let p: *const i32 = {
        let b = Box::new(3);
        &*b
    };
    let r: Option<&i32> = unsafe { std::mem::transmute(p) }; //~ ERROR encountered a dangling reference (use-after-free)
    println!("{}", r.is_some());
}
