fn main() {
    let x = f32::NAN;
    println!("{}", unsafe { x.to_int_unchecked::<i32>() }); //~ ERROR `float_to_int_unchecked` intrinsic called on nan which cannot be represented in target type `i32`
}
