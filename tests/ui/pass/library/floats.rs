//! Methods of floats, their constants, conversions, parsing and order.
use std::f64::consts::{E, PI};

fn show(name: &str, x: f64) {
    println!("{name}: {x:?} {:016x}", x.to_bits());
}

fn main() {
    let values = [0.0, -0.0, 0.5, 1.5, -1.5, 2.5, 0.1, 123.456, -7.25, 1e300, 1e-300, 5e-324, f64::MAX, f64::MIN, f64::INFINITY, f64::NEG_INFINITY, f64::NAN];
    for x in values {
        println!("{x:?}: {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?}", x.floor(), x.ceil(), x.round(), x.trunc(), x.fract(), x.round_ties_even(), x.abs(), x.signum());
        println!("  {} {} {} {} {} {} {:?}", x.is_nan(), x.is_infinite(), x.is_finite(), x.is_normal(), x.is_sign_negative(), x.is_subnormal(), x.classify());
        println!("  {:?} {:?} {:?} {:?}", x.next_up(), x.next_down(), x.recip(), x.sqrt());
        println!("  {} {} {} {} {} {} {}", x as u8, x as i32, x as u64, x as i64, x as i128, x as usize, x as f32);
        let y = x as f32;
        println!("  {:?} {:?} {:?} {:08x} {:?} {:?}", y.floor(), y.round(), y.abs(), y.to_bits(), y.next_up(), y as f64);
        for z in [0.0, -0.0, 1.0, -3.0, 2.5, f64::INFINITY, f64::NAN] {
            print!(" [{:?} {:?} {:?} {:?} {:?} {:?}]", x.max(z), x.min(z), x.partial_cmp(&z), x.total_cmp(&z), x == z, x.copysign(z));
            if z != 0.0 && x.abs() < 1e10 {
                print!("{:?} {:?} {:?}", x.rem_euclid(z), x.div_euclid(z), x % z);
            }
        }
        println!();
    }
    show("sin", 1.0f64.sin());
    show("cos", 1.0f64.cos());
    show("tan", 1.0f64.tan());
    show("asin", 0.5f64.asin());
    show("acos", 0.5f64.acos());
    show("atan", 0.5f64.atan());
    show("atan2", 1.0f64.atan2(-2.0));
    show("sinh", 0.5f64.sinh());
    show("cosh", 0.5f64.cosh());
    show("tanh", 0.5f64.tanh());
    show("exp", 1.0f64.exp());
    show("exp2", 3.5f64.exp2());
    show("exp_m1", 1e-9f64.exp_m1());
    show("ln", 10.0f64.ln());
    show("log10", 1000.0f64.log10());
    show("log2", 10.0f64.log2());
    show("log", 8.0f64.log(2.0));
    show("ln_1p", 1e-9f64.ln_1p());
    show("powi", 1.1f64.powi(10));
    show("powf", 2.0f64.powf(0.5));
    show("cbrt", 27.0f64.cbrt());
    show("hypot", 3.0f64.hypot(4.0));
    show("mul_add", 2.0f64.mul_add(3.0, 4.0));
    show("to_degrees", PI.to_degrees());
    show("to_radians", 180.0f64.to_radians());
    show("e", E);
    println!("{:?} {:?} {:?}", 1.0f64.sin_cos(), 1.0f32.sin_cos(), 2.0f32.powf(0.5));
    println!("{:?} {:?} {:?}", 1.0f32.exp(), 10f32.ln(), 180f32.to_radians());
    println!("{:?} {:?} {:?} {:?}", f64::EPSILON, f64::MIN_POSITIVE, f64::DIGITS, f64::MANTISSA_DIGITS);
    println!("{:?} {:?} {:?} {:?} {:?}", f32::EPSILON, f32::MIN_POSITIVE, f32::MAX, f32::MAX_EXP, f32::MIN_10_EXP);
    println!("{:?} {:?} {:?}", 7.5f64.clamp(1.0, 5.0), (-1.0f64).clamp(0.0, 1.0), 1.0f64.midpoint(4.0));
    for s in ["1", "-1.5", "+2.", ".5", "1e3", "1E-3", "inf", "-Infinity", "NaN", "", "+", ".", "e5", "1e", "1_000", " 1", "0x10", "1e400", "1e-400", "123456789012345678901234567890", "0.1e1.5"] {
        println!("{s:?}: {:?} {:?}", s.parse::<f64>(), s.parse::<f32>());
    }
    println!("{:?}", "3.4028236e38".parse::<f32>());
    println!("{:?} {:?}", 1.5f64.to_be_bytes(), f32::from_le_bytes([0, 0, 128, 63]));
    let mut v = vec![2.5, -1.0, f64::INFINITY, 0.0, -0.0, f64::NEG_INFINITY];
    v.sort_by(|a, b| a.partial_cmp(b).unwrap());
    println!("{v:?}");
    v.push(f64::NAN);
    v.sort_by(f64::total_cmp);
    println!("{v:?} {:?} {:?}", v.iter().cloned().fold(f64::MIN, f64::max), [1.5f32, 2.5].iter().sum::<f32>());
    println!("{:?} {:?}", u8::MAX as f32 + 0.5, (0.1f32 + 0.2f32) as f64);
    println!("{:?} {:?}", i64::MAX as f64, u128::MAX as f32);
    println!("{:?} {:?}", unsafe { 3.9f64.to_int_unchecked::<u8>() }, f64::from(1.5f32));
    println!("{:?} {:?}", Vec::<f64>::new().iter().sum::<f64>(), Vec::<f64>::new().iter().product::<f64>());
}
