fn main() {
    let p = Box::into_raw(Box::new([1u8, 2]));
    unsafe { drop(Box::from_raw(p)) };
    let q = unsafe { p.cast::<u8>().add(1) }; //~ ERROR has been freed, so this pointer is dangling
    println!("{}", q.is_null());
}
