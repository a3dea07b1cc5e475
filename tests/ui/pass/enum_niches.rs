// Where rustc puts the niche of an enum without fields: `None` next to the discriminants, before or after them.
use std::mem::transmute_copy;

#[repr(u8)]
#[derive(Clone, Copy)]
#[allow(dead_code)]
enum E0 {
    V0 = 0,
    V1 = 128,
}
#[repr(u8)]
#[derive(Clone, Copy)]
#[allow(dead_code)]
enum E1 {
    V0 = 0,
    V1 = 100,
    V2 = 200,
}
#[repr(u8)]
#[derive(Clone, Copy)]
#[allow(dead_code)]
enum E2 {
    V0 = 1,
    V1 = 3,
    V2 = 200,
}
#[repr(u8)]
#[derive(Clone, Copy)]
#[allow(dead_code)]
enum E3 {
    V0 = 0,
    V1 = 127,
}
#[repr(u8)]
#[derive(Clone, Copy)]
#[allow(dead_code)]
enum E4 {
    V0 = 0,
    V1 = 64,
    V2 = 128,
    V3 = 192,
}
#[repr(u8)]
#[derive(Clone, Copy)]
#[allow(dead_code)]
enum E5 {
    V0 = 0,
    V1 = 86,
    V2 = 172,
}
#[repr(u8)]
#[derive(Clone, Copy)]
#[allow(dead_code)]
enum E6 {
    V0 = 36,
    V1 = 121,
    V2 = 206,
}
#[repr(u8)]
#[derive(Clone, Copy)]
#[allow(dead_code)]
enum E7 {
    V0 = 60,
    V1 = 123,
    V2 = 187,
    V3 = 251,
}
#[repr(u8)]
#[derive(Clone, Copy)]
#[allow(dead_code)]
enum E8 {
    V0 = 0,
    V1 = 255,
}
#[repr(i8)]
#[derive(Clone, Copy)]
#[allow(dead_code)]
enum E9 {
    V0 = -53,
    V1 = 38,
}
#[repr(i8)]
#[derive(Clone, Copy)]
#[allow(dead_code)]
enum E10 {
    V0 = -110,
    V1 = -48,
    V2 = -16,
}
#[repr(i8)]
#[derive(Clone, Copy)]
#[allow(dead_code)]
enum E11 {
    V0 = -80,
    V1 = -57,
    V2 = -25,
    V3 = 13,
}
#[repr(i8)]
#[derive(Clone, Copy)]
#[allow(dead_code)]
enum E12 {
    V0 = -70,
    V1 = -38,
    V2 = -10,
}
#[repr(i8)]
#[derive(Clone, Copy)]
#[allow(dead_code)]
enum E13 {
    V0 = -13,
    V1 = 115,
}
#[repr(i8)]
#[derive(Clone, Copy)]
#[allow(dead_code)]
enum E14 {
    V0 = -118,
    V1 = 9,
}
#[repr(i8)]
#[derive(Clone, Copy)]
#[allow(dead_code)]
enum E15 {
    V0 = -1,
    V1 = 1,
}
#[repr(u16)]
#[derive(Clone, Copy)]
#[allow(dead_code)]
enum E16 {
    V0 = 0,
    V1 = 32768,
}
#[repr(i16)]
#[derive(Clone, Copy)]
#[allow(dead_code)]
enum E17 {
    V0 = -31420,
    V1 = 1346,
}
#[repr(i16)]
#[derive(Clone, Copy)]
#[allow(dead_code)]
enum E18 {
    V0 = -20321,
    V1 = 12448,
}
#[derive(Clone, Copy)]
#[allow(dead_code)]
enum E19 {
    V0 = 0,
    V1 = 128,
}
#[derive(Clone, Copy)]
#[allow(dead_code)]
enum E20 {
    V0 = -100,
    V1 = 100,
}
#[derive(Clone, Copy)]
#[allow(dead_code)]
enum E21 {
    V0 = 1,
    V1 = 255,
}
#[derive(Clone, Copy)]
#[allow(dead_code)]
enum E22 {
    V0 = 5,
    V1 = 300,
}

fn bits<T: Copy>(value: &T) -> u16 {
    match size_of::<T>() {
        1 => unsafe { transmute_copy::<T, u8>(value) as u16 },
        2 => unsafe { transmute_copy::<T, u16>(value) },
        size => panic!("{size}"),
    }
}

fn show<T: Copy>(name: &str) {
    let (none, some): (Option<T>, Option<Option<T>>) = (None, Some(None));
    print!("{name}: {}", bits(&none));
    if size_of::<Option<Option<T>>>() == size_of::<T>() {
        print!(" {} {}", bits::<Option<Option<T>>>(&None), bits(&some));
    }
    println!();
}

fn main() {
    show::<E0>("E0");
    show::<E1>("E1");
    show::<E2>("E2");
    show::<E3>("E3");
    show::<E4>("E4");
    show::<E5>("E5");
    show::<E6>("E6");
    show::<E7>("E7");
    show::<E8>("E8");
    show::<E9>("E9");
    show::<E10>("E10");
    show::<E11>("E11");
    show::<E12>("E12");
    show::<E13>("E13");
    show::<E14>("E14");
    show::<E15>("E15");
    show::<E16>("E16");
    show::<E17>("E17");
    show::<E18>("E18");
    show::<E19>("E19");
    show::<E20>("E20");
    show::<E21>("E21");
    show::<E22>("E22");
}
