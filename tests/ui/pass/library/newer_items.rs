// Younger and rarer items of std: strict arithmetic, conversions, chunks as arrays, lazily made values, room for more.
use std::cell::LazyCell;
use std::collections::{BinaryHeap, HashMap};
use std::ffi::{OsStr, OsString};
use std::mem::MaybeUninit;
use std::panic::catch_unwind;
use std::path::PathBuf;
use std::sync::atomic::{AtomicPtr, Ordering};
use std::sync::LazyLock;

fn strict() {
    println!("{} {}", 5i8.strict_add_unsigned(100), (-5i8).strict_sub_unsigned(100));
    println!("{} {}", 5u8.strict_add_signed(-5), 5u8.strict_sub_signed(-100));
    println!("{} {} {}", (-7i32).strict_div_euclid(2), (-7i32).strict_rem_euclid(2), (-7i64).strict_abs());
    println!("{}", unsafe { 7i16.unchecked_neg() });
    std::panic::set_hook(Box::new(|_| ()));
    println!("{}", catch_unwind(|| 100i8.strict_add_unsigned(std::hint::black_box(28))).is_err());
    println!("{}", catch_unwind(|| 1u8.strict_sub_signed(std::hint::black_box(2))).is_err());
    println!("{}", catch_unwind(|| std::hint::black_box(i32::MIN).strict_abs()).is_err());
}

fn conversions() {
    println!("{:?} {:?} {:?}", bool::try_from(1u8), bool::try_from(0i128), bool::try_from(-1i32));
    println!("{:?}", usize::try_from('\u{1F600}'));
}

fn slices() {
    let mut numbers = [1, 2, 3, 4, 5, 6, 7];
    if let Some((rest, last)) = numbers.split_last_chunk_mut::<3>() {
        last[0] *= 10;
        rest[0] += last[0];
    }
    let (rest, pairs) = numbers.as_rchunks_mut::<2>();
    rest[0] += 1;
    pairs[1].swap(0, 1);
    println!("{numbers:?}");
    println!("{:?}", unsafe { numbers[..6].as_chunks_unchecked::<3>() });
    let mut room = [const { MaybeUninit::<String>::uninit() }; 2];
    println!("{:?}", room.write_clone_of_slice(&["a".to_string(), "b".to_string()]));
    unsafe { room.assume_init_drop() };
    let mut bytes = *b"h\xc3\xa9llo";
    if let Ok(text) = str::from_utf8_mut(&mut bytes) {
        text.make_ascii_uppercase();
        println!("{text}");
    }
}

fn lazy() {
    let mut cell = LazyCell::new(|| vec![1]);
    println!("{:?}", LazyCell::force(&cell).len());
    LazyCell::force(&cell);
    println!("{cell:?}");
    cell.push(2);
    println!("{cell:?}");
    let lock: LazyLock<u8> = LazyLock::new(|| 9);
    println!("{} {lock:?}", *lock);
}

fn room() {
    let mut heap = BinaryHeap::from([3, 1, 2]);
    heap.try_reserve(10).unwrap();
    println!("{} {:?}", heap.capacity() >= 13, heap.into_sorted_vec());
    let mut text = OsString::from("abc");
    text.reserve_exact(10);
    text.shrink_to(4);
    println!("{}", text.capacity() >= 4);
    let text: &OsStr = text.as_os_str();
    println!("{text:?} {:?}", <&str>::try_from(text));
    let mut path = PathBuf::from("a/b");
    path.try_reserve(10).unwrap();
    path.as_mut_os_string().push("c");
    path.shrink_to_fit();
    println!("{}", path.display());
    let mut map = HashMap::from([("a", 1), ("b", 2)]);
    let [Some(a), Some(b)] = map.get_disjoint_mut(["a", "b"]) else { return };
    std::mem::swap(a, b);
    println!("{} {}", map["a"], map["b"]);
}

fn pointers() {
    let mut values = [1u64, 2];
    let pointer = AtomicPtr::new(&mut values[0] as *mut u64);
    let tagged = pointer.fetch_or(1, Ordering::Relaxed);
    println!("{}", pointer.load(Ordering::Relaxed).addr() - tagged.addr());
    pointer.fetch_and(!1, Ordering::Relaxed);
    println!("{}", unsafe { *pointer.load(Ordering::Relaxed) });
}

std::cfg_select! {
    windows => { fn family() -> &'static str { "windows" } }
    all(unix, not(windows)) => { fn family() -> &'static str { "unix" } }
    _ => { fn family() -> &'static str { "other" } }
}

fn main() {
    strict();
    conversions();
    slices();
    lazy();
    room();
    pointers();
    println!("{} {}", family(), std::cfg_select! { target_pointer_width = "64" => { 64 } _ => 32 });
}
