//! Methods of `str`: searching with every kind of pattern, splitting, trimming, slicing, parsing.
fn v<'a>(i: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    i.collect()
}

fn main() {
    let s = "  Löwe 老虎 Léopard, Gepardi;; x=1 ";
    println!("{} {} {:?} {:?}", s.len(), s.chars().count(), s.chars().rev().collect::<String>(), s.char_indices().filter(|(_, c)| !c.is_ascii()).collect::<Vec<_>>());
    println!("{:?} {:?} {:?}", s.trim(), s.trim_start(), s.trim_end());
    println!("{:?} {:?} {:?} {:?}", s.find('L'), s.rfind('L'), s.find("老虎"), s.find("none"));
    println!("{:?} {:?} {:?} {:?}", s.find(char::is_uppercase), s.rfind(|c: char| c == 'o'), s.find(['x', ';']), s.rfind(&['p', 'é'][..]));
    println!("{:?} {:?}", s.find(""), s.rfind(""));
    println!("{} {} {} {}", s.contains("Gep"), s.contains('虎'), s.contains(char::is_numeric), s.contains(""));
    println!("{} {} {} {}", s.starts_with(' '), s.starts_with("  L"), s.ends_with(" "), s.ends_with(char::is_whitespace));
    println!("{:?} {:?}", v(s.split(' ')), v(s.split("")));
    println!("{:?} {:?}", v(s.split(&[',', ';'][..])), v(s.split(|c: char| !c.is_alphanumeric())));
    println!("{:?} {:?}", v(s.rsplit(';')), v(s.split_whitespace()));
    println!("{:?} {:?}", v(s.split_whitespace().rev()), v(" a  b ".split_ascii_whitespace()));
    println!("{:?} {:?} {:?}", v("a,b,c,".split_terminator(',')), v("a,b,c,".rsplit_terminator(',')), v("a,b,,c,".split_inclusive(',')));
    println!("{:?} {:?} {:?}", v("a,b,c,d".splitn(2, ',')), v("a,b,c,d".rsplitn(2, ',')), v("a,b".splitn(0, ',')));
    println!("{:?} {:?} {:?}", v("".split(',')), v("".split_terminator(',')), v("".split_inclusive(',')));
    println!("{:?} {:?}", v("aXbXc".split('X').rev()), v("a,b,".split_inclusive(',').rev()));
    println!("{:?} {:?} {:?}", "k=v=w".split_once('='), "k=v=w".rsplit_once("="), "kv".split_once("=="));
    println!("{:?} {:?}", v("abcabca".matches("a")), v("a1b22c".rmatches(char::is_numeric)));
    println!("{:?} {:?}", "abcabca".match_indices("ca").collect::<Vec<_>>(), "aaaa".rmatch_indices("aa").collect::<Vec<_>>());
    println!("{:?} {:?}", "aaaa".match_indices("aa").collect::<Vec<_>>(), "héé".match_indices("").collect::<Vec<_>>());
    println!("{:?} {:?} {:?}", "xxaxx".trim_matches('x'), "xxaxx".trim_start_matches("x"), "123a456".trim_end_matches(char::is_numeric));
    println!("{:?} {:?} {:?}", "xyxax".trim_matches(&['x', 'y'][..]), "foofoobar".trim_start_matches("foo"), "barfoofoo".trim_end_matches("foo"));
    println!("{:?} {:?} {:?}", "prefix-x".strip_prefix("prefix"), "x.rs".strip_suffix(".rs"), "x.rs".strip_suffix('x'));
    println!("{:?} {:?}", v("a\nb\r\n\nc\r".lines()), v("x\ny\n".lines().rev()));
    println!("{:?} {:?} {:?}", &s[2..7], &"héllo"[..3], &"héllo"[3..]);
    println!("{:?} {:?} {:?} {:?}", "héllo".get(0..2), "héllo".get(0..3), "héllo".get(9..), "héllo".get(..=2));
    println!("{:?} {:?} {:?}", "héllo".split_at(3), "héllo".split_at_checked(2), "héllo".is_char_boundary(2));
    println!("{} {}", "héllo".floor_char_boundary(2), "héllo".ceil_char_boundary(2));
    println!("{:?} {:?}", "ab".bytes().rev().collect::<Vec<_>>(), "é".as_bytes());
    println!("{:?} {:?}", "a😀".encode_utf16().collect::<Vec<_>>(), "a\té\u{301}'\"".escape_debug().to_string());
    println!("{} {}", "a\té'".escape_default(), "aé".escape_unicode());
    println!("{:?} {:?} {:?} {:?}", "true".parse::<bool>(), "True".parse::<bool>(), "12".parse::<u8>(), "-7".parse::<i64>());
    println!("{:?} {:?} {:?}", "a" < "b", "a".cmp("aa"), "Z".partial_cmp("a"));
    println!("{} {} {}", "HeLLo".eq_ignore_ascii_case("hEllO"), "abc".is_ascii(), "é".is_ascii());
    println!("{:?} {:?}", "HeLLo é".to_ascii_lowercase(), "straße ΑΣ ΣΑΣ.".to_lowercase());
    println!("{:?} {:?} {:?}", "straße ŉ ﬁ".to_uppercase(), "ab".repeat(3), "a-b-c".replace('-', "+"));
    println!("{:?} {:?}", "aaa".replacen("a", "b", 2), "one two".replace("one", "two").replace("two", "2"));
    let mut t = String::from("abcdef");
    t[1..3].make_ascii_uppercase();
    println!("{t} {:?}", t.char_indices().rev().nth(1));
    println!("{:?} {:?}", std::str::from_utf8(b"ok\xc3\xa9"), std::str::from_utf8(b"bad\xff!"));
    for bytes in [&b"\xe2\x82"[..], b"a\xe2\x28\xa1", b"\xf0\x9f\x98", b"\xc0\x80", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"x\x80"] {
        let e = std::str::from_utf8(bytes).unwrap_err();
        println!("{:?} {} {:?}", e, e, bytes.utf8_chunks().map(|c| (c.valid().to_string(), c.invalid().to_vec())).collect::<Vec<_>>());
    }
    println!("{:?} {:?}", "abc".chars().as_str(), { let mut c = "abc".chars(); c.next(); c.next_back(); c.as_str().to_string() });
    let mut ci = "añb".char_indices();
    ci.next();
    println!("{} {:?} {:?}", ci.offset(), ci.as_str(), ci.next_back());
    println!("{:?}", "a b c".split(' ').map(str::to_owned).collect::<Vec<String>>());
    println!("{:?} {:?}", "Mary had".chars().filter(|c| !"aeiou".contains(*c)).collect::<String>(), "x".chars().cycle().take(3).collect::<String>());
    println!("{:?}", "a=1;b=2".split(';').filter_map(|kv| kv.split_once('=')).collect::<Vec<_>>());
    println!("{:?} {:?}", " \u{3000}x\u{85}".trim(), "\u{feff}x".trim());
    println!("{:?}", "tic-tac-toe".char_indices().filter(|&(_, c)| c == '-').map(|(i, _)| i).collect::<Vec<_>>());
    println!("{:?} {:?}", "abc".trim_ascii(), " a ".trim_ascii_start());
}
