// Fields of packed structs are moved to an aligned place before they are dropped there, in glue and in assignments.

struct Loud(&'static str, u64);

impl Drop for Loud {
    fn drop(&mut self) {
        let at = self as *const Loud as usize;
        println!("drop {} {} {}", self.0, self.1, at % std::mem::align_of::<Loud>());
    }
}

#[repr(packed)]
struct Packed(u8, Loud, String);

#[repr(C, packed(2))]
struct Two {
    small: u8,
    list: Vec<Loud>,
}

fn main() {
    let mut p = Packed(1, Loud("first", 1), "text".to_string());
    p.1 = Loud("second", 2);
    p.2 = "other".to_string();
    println!("{}", p.0);
    let two = Two { small: 3, list: vec![Loud("a", 5), Loud("b", 6)] };
    println!("{}", two.small);
    drop(two);
    let Packed(_, taken, _) = p;
    println!("{}", taken.1);
    let unwound = std::panic::catch_unwind(|| {
        let _p = Packed(1, Loud("unwound", 9), String::new());
        panic!("out");
    });
    println!("{}", unwound.is_err());
}
