fn main() {
    let b = Box::new([1u8, 2]);
    let p = Box::into_raw(b).cast::<u8>();
    let c = unsafe { Box::from_raw(p.add(1)) };
    drop(c); //~ ERROR which does not point to the beginning of an object
}
