//! Statics that are declared in one place and defined in another.
#[unsafe(no_mangle)]
pub static GREETING: u32 = 17;

#[unsafe(export_name = "renamed")]
pub static mut COUNT: u64 = 1;

mod elsewhere {
    unsafe extern "C" {
        pub safe static GREETING: u32;
        #[link_name = "renamed"]
        pub static mut COUNTER: u64;
    }
}

fn main() {
    println!("{} {}", elsewhere::GREETING, std::ptr::eq(&elsewhere::GREETING, &GREETING));
    unsafe { COUNT += 1 };
    println!("{}", unsafe { elsewhere::COUNTER });
}
