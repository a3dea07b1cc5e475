//! A bool inside a struct inside a tuple was overwritten through a raw pointer: the copy of the struct finds it.
#[repr(C)]
#[derive(Clone, Copy)]
struct Flags {
    count: u64,
    set: bool,
    letter: char,
}

#[derive(Clone, Copy)]
struct Record {
    numbers: [u64; 2],
    tagged: (u64, Flags),
}

fn main() {
    let mut record = Record { numbers: [1, 2], tagged: (3, Flags { count: 4, set: true, letter: 'x' }) };
    let byte = &raw mut record.tagged.1.set as *mut u8;
    unsafe { byte.write(7) };
    let copy = record; //~ ERROR constructing invalid value of type Record: at .tagged.1.set, encountered 0x07, but expected a boolean
    println!("{}", copy.numbers[0] + copy.tagged.1.count + copy.tagged.1.letter as u64);
}
