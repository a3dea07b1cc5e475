fn main() {
    let a = [1u16, 2];
    let p = a.as_ptr();
    println!("{}", unsafe { p.offset_from_unsigned(p.add(1)) }); //~ ERROR `ptr_offset_from_unsigned` called when first pointer has smaller address than second
}
