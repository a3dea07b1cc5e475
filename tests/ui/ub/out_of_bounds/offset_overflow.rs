fn main() {
    let v = [1u32, 2];
    let p = v.as_ptr();
    let q = unsafe { p.offset(isize::MAX) }; //~ ERROR overflowing pointer arithmetic: the total offset in bytes does not fit in an `isize`
    println!("{}", p != q);
}
