#[repr(C)]
struct Padded {
    small: u8,
    large: u32,
}

fn main() {
    let p = Padded { small: 1, large: 2 };
    let bytes = &raw const p as *const u8;
    let _ok = unsafe { *bytes };
    let _large = p.large + p.small as u32;
    let _bad = unsafe { *bytes.add(2) }; //~ ERROR uninitialized
}
