fn main() {
    let x = 5u32;
    let address = (&raw const x).addr();
    let p = std::ptr::without_provenance::<u32>(address);
    println!("{}", unsafe { *p }); //~ ERROR no provenance
}
