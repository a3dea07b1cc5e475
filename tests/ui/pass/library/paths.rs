// `Path`, `PathBuf`, `OsString`, `CString`.
use std::ffi::{CStr, CString, OsStr, OsString};
use std::path::{Component, Path, PathBuf};

fn main() {
    for text in ["/usr/lib/libx.so.1", "a/./b//../c/", "./x", ".", "", "/", "..", "/..", ".hidden", "no_ext", "a/.", "x."] {
        let p = Path::new(text);
        println!("{text:?}: {:?}", p.components().collect::<Vec<_>>());
        println!(
            "  {:?} {:?} {:?} {:?} {} {}",
            p.parent(),
            p.file_name(),
            p.file_stem(),
            p.extension(),
            p.is_absolute(),
            p.display()
        );
        println!("  {:?} {:?}", p.components().rev().collect::<Vec<_>>(), p.ancestors().collect::<Vec<_>>());
    }
    let mut b = PathBuf::from("/tmp");
    b.push("dir");
    b.push("file.tar.gz");
    println!("{b:?} {:?}", b.with_extension("zip"));
    println!("{} {:?}", b.set_extension(""), b);
    b.set_file_name("other");
    println!("{:?} {} {:?}", b.join("/abs"), b.pop(), b);
    println!("{:?}", Path::new("/a/b/c").strip_prefix("/a").unwrap());
    println!("{:?}", Path::new("/a/b").strip_prefix("b").map_err(|e| e.to_string()));
    println!("{} {}", Path::new("/a/b").starts_with("/a/"), Path::new("/a/bc").starts_with("/a/b"));
    println!("{} {}", Path::new("a/b/c").ends_with("b/c"), Path::new("a//b") == Path::new("a/b/."));
    println!("{:?} {:?}", Path::new("a") < Path::new("b"), ["x", "y"].iter().collect::<PathBuf>());
    println!("{:?}", Path::new("a/b").iter().map(|c| c.len()).collect::<Vec<_>>());
    println!("{:?}", matches!(Path::new("/").components().next(), Some(Component::RootDir)));
    println!("{:?}", b.to_str().map(str::len));
    println!("{:?} {:?}", Path::new("a.tar.gz").file_prefix(), Path::new("a.x").with_added_extension("y"));
    let mut o = OsString::from("os");
    o.push(" string");
    println!("{o:?} {} {:?}", o.len(), o.to_str());
    println!("{} {:?}", OsStr::new("x") == "x", o.into_string());
    let c = CString::new("c text").unwrap();
    println!("{c:?} {:?} {:?}", c.as_bytes_with_nul().len(), c.to_str());
    println!("{}", CString::new("a\0b").unwrap_err());
    let raw = c.into_raw();
    unsafe {
        *raw = b'C' as _;
        println!("{:?}", CString::from_raw(raw).into_string());
    }
    println!("{:?} {:?}", CStr::from_bytes_with_nul(b"hi\0"), CStr::from_bytes_until_nul(b"one\0two\0"));
    println!("{:?} {:?}", CStr::from_bytes_with_nul(b"hi").is_err(), c"lit".to_bytes());
}
