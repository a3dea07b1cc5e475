//! Bits of a pointer changed atomically, absolute paths, tokens chosen by `cfg`, the environment before edition 2024.
use std::path::{Path, absolute};
use std::sync::atomic::{AtomicPtr, Ordering};

cfg_select! {
    windows => {
        fn family() -> &'static str { "windows" }
    }
    unix => {
        fn family() -> &'static str { "unix" }
    }
    _ => {
        fn family() -> &'static str { "another" }
    }
}

fn main() {
    let word = cfg_select! {
        target_pointer_width = "32" => 4,
        all(target_pointer_width = "64", not(windows)) => 8,
        _ => 0,
    };
    println!("{} {word}", family());

    let mut value = 5u64;
    let pointer = AtomicPtr::new(&raw mut value);
    let old = pointer.fetch_or(1, Ordering::Relaxed);
    println!("{}", pointer.load(Ordering::Relaxed).addr() - old.addr());
    pointer.fetch_xor(3, Ordering::SeqCst);
    println!("{}", pointer.load(Ordering::Relaxed).addr() - old.addr());
    let tagged = pointer.fetch_and(!3, Ordering::AcqRel);
    println!("{} {}", tagged.addr() & 7, unsafe { *pointer.load(Ordering::Acquire) });
    pointer.fetch_byte_add(8, Ordering::Relaxed);
    println!("{}", pointer.fetch_ptr_sub(1, Ordering::Relaxed) == (&raw mut value).wrapping_add(1));

    for path in ["/a//b/./c", "//a/b", "///a/../b/", "/"] {
        println!("{}", absolute(path).unwrap().display());
    }
    println!("{:?} {:?}", absolute("").is_err(), Path::new("/x").join("y"));

    std::env::set_var("CORPUS_ODDS", "1");
    println!("{:?}", std::env::var("CORPUS_ODDS"));
    std::env::remove_var("CORPUS_ODDS");
    println!("{:?}", std::env::var("CORPUS_ODDS").is_err());
}
