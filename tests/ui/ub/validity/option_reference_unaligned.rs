fn main() {
    let words = [0u32; 2];
    let p = unsafe { (&raw const words).cast::<u8>().add(1) };
    let r: Option<&u32> = unsafe { std::mem::transmute(p) }; //~ ERROR encountered an unaligned reference
    println!("{}", r.is_some());
}
