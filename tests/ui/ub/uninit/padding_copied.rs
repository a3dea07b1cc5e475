//! A typed copy keeps no padding: not that of structs, and not what is padding in every field of a union.
#[repr(C)]
#[derive(Clone, Copy)]
struct Mixed {
    small: u8,
    big: u32,
    huge: u64,
}

#[repr(C)]
#[derive(Clone, Copy)]
union Either {
    pair: (u8, u16),
    mixed: Mixed,
}

fn main() {
    let mut mixed = Mixed { small: 1, big: 2, huge: 3 };
    unsafe { (&raw mut mixed).cast::<u8>().write_bytes(1, 16) };
    println!("{}", unsafe { *(&raw const mixed).cast::<u8>().add(1) });
    let mut either: Either = Either { mixed };
    unsafe { (&raw mut either).cast::<u8>().write_bytes(1, 16) };
    let copy = either;
    let bytes = (&raw const copy).cast::<u8>();
    println!("{} {}", unsafe { *bytes }, unsafe { *bytes.add(2) });
    let last = mixed;
    println!("{} {}", last.big, unsafe { *(&raw const last).cast::<u8>().add(2) }); //~ ERROR but memory is uninitialized at [0x2..0x3]
}
