//! Functions called through pointers made of integers: many addresses, in turn, interleaved with new ones.
fn add<const A: u64, const B: u64>(x: u64) -> u64 {
    x.wrapping_mul(A + 3).wrapping_add(B)
}

fn mark(x: &mut u32) {
    *x += 1;
}

macro_rules! table {
    ($out:ident, $($a:literal)*) => { $(table!(@ $out, $a, 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15);)* };
    (@ $out:ident, $a:literal, $($b:literal)*) => { $($out.push((add::<$a, $b> as fn(u64) -> u64 as usize, $a, $b));)* };
}

fn main() {
    let mut wrong = 0;
    let mut calls = 0u32;
    for round in 0..4u64 {
        let mut table: Vec<(usize, u64, u64)> = Vec::new();
        table!(table, 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15);
        for (i, &(address, a, b)) in table.iter().enumerate() {
            let f: fn(u64) -> u64 = unsafe { std::mem::transmute(address as *const ()) };
            let x = i as u64 + round;
            if f(x) != x.wrapping_mul(a + 3).wrapping_add(b) {
                wrong += 1;
            }
            let g = mark as fn(&mut u32) as *const () as usize as *const ();
            let g: fn(&mut u32) = unsafe { std::mem::transmute(g) };
            g(&mut calls);
        }
    }
    println!("{calls} calls, {wrong} wrong");
}
