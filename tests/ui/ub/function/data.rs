static DATA: [u8; 16] = [0xc3; 16];
fn main() {
    let g: fn() = unsafe { std::mem::transmute(&DATA) };
    g(); //~ ERROR as function pointer but it does not point to a function
}
