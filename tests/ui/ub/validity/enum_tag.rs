//! A tag that no variant has.
#[repr(u8)]
#[derive(Clone, Copy)]
#[allow(dead_code)]
enum Level {
    Low = 1,
    High = 4,
}

#[repr(C)]
struct Reading {
    level: Level,
    values: [u32; 4],
}

fn main() {
    let reading: Reading = unsafe { std::mem::transmute([2u32, 1, 2, 3, 4]) }; //~ ERROR constructing invalid value of type Reading: at .level.<enum-tag>, encountered 0x02, but expected a valid enum tag
    println!("{} {}", reading.level as u8, reading.values[0]);
}
