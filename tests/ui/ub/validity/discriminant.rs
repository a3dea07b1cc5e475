#[derive(Debug)]
#[repr(u8)]
#[allow(dead_code)]
enum Level {
    Low = 1,
    High = 4,
}

fn main() {
    let level: Level = unsafe { std::mem::transmute(3u8) }; //~ ERROR enum
    println!("{level:?}");
}
