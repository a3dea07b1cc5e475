fn main() {
    let mut v = vec![1, 2, 3];
    let w: *mut Vec<i32> = &mut v;
    for x in v.iter() {
        unsafe { (*w).reserve(50) };
        println!("{x}"); //~ ERROR encountered a dangling reference (use-after-free)
    }
}
