//! Methods of `char`: properties, case, digits, escapes, encodings; and of bytes as ASCII.
//@ heavy: it asks every `char` for its properties
fn main() {
    let samples = ['a', 'Z', '0', '9', ' ', '\n', '_', '~', '\0', '\u{7f}', 'é', 'ß', 'İ', 'ſ', 'Σ', 'ς', 'ŉ', 'ǆ', 'ǅ', 'Ω', '中', '٣', 'Ⅷ', '½', '²', '\u{85}', '\u{a0}', '\u{3000}', '\u{301}', '\u{200d}', '\u{feff}', '😀', '\u{10ffff}', 'ﬁ', 'ᾳ', 'Ა', 'ⓐ'];
    for c in samples {
        println!("{c:?} {:x} {} {}", c as u32, c.len_utf8(), c.len_utf16());
        println!("  {} {} {} {} {} {} {}", c.is_alphabetic(), c.is_numeric(), c.is_alphanumeric(), c.is_whitespace(), c.is_control(), c.is_lowercase(), c.is_uppercase());
        println!("  {:?} {:?} {} {}", c.to_lowercase().collect::<String>(), c.to_uppercase().collect::<String>(), c.to_lowercase(), c.to_uppercase());
        println!("  {} {} {} {:?}", c.escape_unicode(), c.escape_default(), c.escape_debug(), c.to_string());
        println!("  {:?} {:?} {:?}", c.to_digit(10), c.to_digit(16), c.to_digit(36));
        println!("  {} {} {} {} {} {}", c.is_ascii(), c.is_ascii_alphabetic(), c.is_ascii_digit(), c.is_ascii_punctuation(), c.is_ascii_graphic(), c.is_ascii_whitespace());
        let mut b = [0; 4];
        println!("  {:?} {:?}", c.encode_utf8(&mut b).as_bytes(), c.encode_utf16(&mut [0; 2]));
        println!("  {} {} {}", c.to_ascii_uppercase(), c.to_ascii_lowercase(), c.eq_ignore_ascii_case(&'A'));
    }
    let (mut alpha, mut num, mut lower, mut upper, mut printed) = (0, 0, 0, 0, 0u64);
    for i in (0..0x3000u32).chain(0xa000..0xb000).chain(0x1d000..0x1d800) {
        if let Some(c) = char::from_u32(i) {
            alpha += c.is_alphabetic() as u32;
            num += c.is_numeric() as u32;
            lower += c.is_lowercase() as u32;
            upper += c.is_uppercase() as u32;
            for d in c.to_lowercase().chain(c.to_uppercase()) {
                printed = printed.wrapping_mul(31).wrapping_add(d as u64);
            }
            printed = printed.wrapping_mul(31).wrapping_add(c.escape_debug().count() as u64);
        }
    }
    println!("{alpha} {num} {lower} {upper} {printed}");
    println!("{:?} {:?} {:?}", char::from_digit(7, 10), char::from_digit(35, 36), char::from_digit(9, 8));
    println!("{:?} {:?} {:?}", char::from_u32(0xd800), char::from_u32(0x41), char::from_u32(0x110000));
    println!("{:?} {:?} {:?}", "x".parse::<char>(), "".parse::<char>(), "xy".parse::<char>());
    println!("{:?} {:?} {:?} {}", u8::try_from('é'), u8::try_from('中'), char::try_from(0x1f600u32), char::from(65u8));
    println!("{:?}", ('a'..='e').collect::<Vec<_>>());
    println!("{:?}", ('\u{d7fe}'..='\u{e001}').map(|c| c as u32).collect::<Vec<_>>());
    println!("{:?} {:?}", ('a'..'z').rev().step_by(5).collect::<String>(), ('a'..'f').nth(2));
    let units = [0x48, 0xd83d, 0xde00, 0xd800, 0x49, 0xdc00];
    println!("{:?}", char::decode_utf16(units).map(|r| r.map_err(|e| e.unpaired_surrogate())).collect::<Vec<_>>());
    for b in [b'a', b'Z', b'5', b' ', b'\t', b'\'', b'"', b'\\', 0, 127, 128, 255] {
        println!("{} {} {} {} {} {} {}", b, b.escape_ascii(), b.is_ascii_alphanumeric(), b.is_ascii_hexdigit(), b.is_ascii_control(), b.to_ascii_uppercase(), b.is_ascii_uppercase());
    }
    println!("{} {:?}", b"a\n\xff\"".escape_ascii(), std::ascii::escape_default(b'\r').map(|b| b as char).collect::<String>());
    println!("{:?} {:?}", char::MAX, char::REPLACEMENT_CHARACTER);
    println!("{:?} {:?}", 'a' < 'b', 'é'.cmp(&'e'));
    println!("{} {} {}", 'ß'.to_uppercase(), 'a'.to_uppercase().len(), 'ŉ'.to_uppercase().rev().collect::<String>());
}
