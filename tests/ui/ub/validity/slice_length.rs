//! A slice cannot be bigger than half the address space.
fn main() {
    let bytes = [1u32; 4];
    let slice: &[u32] = unsafe { std::mem::transmute((&raw const bytes, 1usize << 62)) }; //~ ERROR constructing invalid value of type &[u32]: encountered invalid reference metadata: slice is bigger than largest supported object
    println!("{}", slice.len());
}
