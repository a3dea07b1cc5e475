// What a call's expected type and its pending bounds say about its arguments, and what they leave open.
use std::ptr::NonNull;

enum Enum {
    A(i32),
    B,
}

impl Enum {
    fn tag_is(&self, other: &Enum) -> bool {
        let read = |e: &Enum| unsafe { *<*const _>::from(e).cast::<u8>() };
        read(self) == read(other)
    }
}

struct Part {
    bytes: NonNull<[u8]>,
}

fn main() {
    println!("{} {}", Enum::A(1).tag_is(&Enum::A(2)), Enum::A(1).tag_is(&Enum::B));
    let part = Part { bytes: NonNull::from(&[1, 2, 3]) };
    println!("{} {:?}", part.bytes.len(), unsafe { part.bytes.as_ref() });
    let mut numbers = vec![0, 1, 2, 3];
    let odd: std::vec::ExtractIf<'_, _, _> = numbers.extract_if(.., |x| *x % 2 == 1);
    println!("{:?}", odd.collect::<Vec<_>>());
    let boxed: Box<[i32]> = numbers.into_boxed_slice();
    for (i, x) in boxed.into_iter().enumerate() {
        let x: &i32 = x; // before edition 2024 the method borrows
        println!("{i} {x}");
    }
    let total: i32 = IntoIterator::into_iter(boxed).sum();
    println!("{total}");
}
