//! A result is checked when its function returns, however its place was written.
struct Switch {
    on: [bool; 4],
    count: u64,
}

fn broken() -> Switch {
    let mut switch = Switch { on: [true; 4], count: 1 };
    let second = &raw mut switch.on[1] as *mut u8;
    unsafe { second.write(0x80) };
    switch
} //~^ ERROR constructing invalid value of type Switch: at .on[1], encountered 0x80, but expected a boolean

fn main() {
    let switch = broken();
    println!("{} {}", switch.on[0], switch.count);
}
