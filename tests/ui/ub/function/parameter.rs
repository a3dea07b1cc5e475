fn narrow(_: u8, x: f32) -> f32 {
    x
}

fn main() {
    let f: fn(u8, u32) -> f32 = unsafe { std::mem::transmute(narrow as fn(u8, f32) -> f32) };
    f(1, 2); //~ ERROR calling a function whose parameter #2 has type f32 passing argument of type u32
}
