//! Every flag of format strings, on integers, floats, text and pointers.
use std::fmt;

struct Both(i32);
impl fmt::Display for Both {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<{}>", self.0)?;
        write!(f, "[w={:?} p={:?} +{} -{} #{} 0{} fill={:?} align={}]", f.width(), f.precision(), f.sign_plus(),
            f.sign_minus(), f.alternate(), f.sign_aware_zero_pad(), f.fill(),
            match f.align() { Some(fmt::Alignment::Left) => "L", Some(fmt::Alignment::Right) => "R",
                Some(fmt::Alignment::Center) => "C", None => "-" })
    }
}
struct Padded(&'static str);
impl fmt::Display for Padded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.0)
    }
}
struct Hex(u32);
impl fmt::LowerHex for Hex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad_integral(true, "0x", "beef")
    }
}
#[derive(Debug, Clone, Default)]
struct Point { x: i32, y: f64 }
#[derive(Debug)]
struct Unit;
#[derive(Debug)]
struct Pair(i32, &'static str);
#[derive(Debug)]
enum E { A, B(u8, Option<Box<E>>), C { p: Point, list: Vec<i32> } }
#[derive(Debug)]
struct Empty {}

fn main() {
    for n in [0, 7, -7, 255, i32::MAX, i32::MIN] {
        println!("[{}] [{:5}] [{:<5}] [{:^5}] [{:>5}] [{:05}] [{:+}] [{:+05}] [{:*^9}]", n, n, n, n, n, n, n, n, n);
        println!("[{:x}] [{:#x}] [{:X}] [{:#010x}] [{:o}] [{:#o}] [{:b}] [{:#b}]", n, n, n, n, n, n, n, n);
        println!("[{:e}] [{:E}] [{:.2e}] [{:12e}] [{:<12e}] [{:012e}]", n, n, n, n, n, n);
        println!("[{:?}] [{:#?}] [{:x?}] [{:X?}] [{:#x?}] [{:#06X?}]", n, n, n, n, n, n);
    }
    println!("{} {} {} {}", u128::MAX, i128::MIN, u64::MAX, i64::MIN);
    println!("{:x} {:#b} {:o} {:e}", u128::MAX, i128::MIN, u128::MAX, u128::MAX);
    println!("{:40} {:<40}| {:^44}|", u128::MAX, i128::MIN, i128::MAX);
    for x in [0.0, -0.0, 1.0, 1.5, -2.25, 0.1, 123456.789, 1e15, 1e16, 1e21, 1e-5, 1e-7, 5e-324, f64::MAX, f64::INFINITY, f64::NEG_INFINITY, f64::NAN] {
        println!("[{}] [{:?}] [{:.0}] [{:.1}] [{:.3}] [{:8.2}] [{:<8.2}] [{:^8.2}] [{:08.2}] [{:+}] [{:+.1}]", x, x, x, x, x, x, x, x, x, x, x);
        println!("[{:e}] [{:E}] [{:.2e}] [{:.0e}] [{:12.1e}] [{:?}] [{:.2?}] [{:#?}] [{:8?}]", x, x, x, x, x, x as f32, x, x, x);
    }
    println!("{:.20} {:.30} {:.1100}", 0.1, 1e-10, 0.5f32);
    println!("{} {} {} {:?} {:?}", 0.3f32, 16777216f32, 1.0e10f32, f32::MIN_POSITIVE, f32::MAX);
    println!("{:.0} {:.0} {:.0} {:.0} {:.1} {:.1} {:.2}", 0.5, 1.5, 2.5, 3.5, 0.25, 0.35, 1.005);
    println!("[{}] [{:5}] [{:>5}] [{:^5}] [{:-<5}] [{:.2}] [{:5.2}] [{:?}] [{:8?}]", "añb", "añb", "añb", "añb", "añb", "añb", "añb", "añb", "añb");
    println!("[{}] [{:3}] [{:>3}] [{:^3}] [{:?}] [{:?}] [{:?}] [{:?}]", 'x', 'x', 'x', 'x', 'x', '\'', '"', '\n');
    println!("{:?} {:?} {:?}", "q\"uo'te\\ \t\r\n\0 \u{7f} \u{1b} é \u{301} \u{200b} \u{1f600} \u{e000}", '\u{301}', '\u{200d}');
    println!("[{}] [{:6}] [{:>6}] [{:?}] [{:6?}]", true, true, false, true, false);
    println!("{:?} {:?} {:?} {:5?} {:#?}", (), (1,), (1, "a", 2.5), (1, 2), (1, "x"));
    println!("{} {:5} {:<+#07.3} {:^9} {:*>4$} {:w$.p$}", Both(1), Both(2), Both(3), Both(4), 8, Both(6), w = 7, p = 2);
    println!("[{}] [{:6}] [{:>6.1}] [{:x}] [{:#x}] [{:#010x}] [{:<10x}] [{:+x}]", Padded("ab"), Padded("ab"), Padded("ab"), Hex(1), Hex(1), Hex(1), Hex(1), Hex(1));
    let (width, prec, name) = (10, 3, "pi");
    println!("[{name:>width$}] [{:>1$}]", 1, 6);
    println!("[{:.*}] [{:>10.*}] [{:>2$.*}]", 3, 1.23456, 4, 9.87654321, 2, 0.55555);
    println!("[{0:>1$} {0:<1$} {0:.prec$} {name}] {{}} {{{0}}}", 2.5f64, width);
    println!("{:?} {:?} {:?} {:?}", Unit, Pair(1, "x"), Empty {}, Point::default());
    println!("{:#?}", Unit);
    println!("{:#?}", Pair(1, "x"));
    println!("{:#?}", Empty {});
    let e = E::C { p: Point { x: 1, y: -0.5 }, list: vec![1, 2] };
    println!("{:?} {:?} {:?}", E::A, E::B(1, Some(Box::new(E::A))), e);
    println!("{:#?}\n{:#?}\n{:#?}", E::A, E::B(1, Some(Box::new(E::B(2, None)))), e);
    println!("{:#?} {:#?} {:#?}", Vec::<i32>::new(), [[1, 2], [3, 4]], (vec![()], Some("x"), Err::<(), _>('c')));
    println!("{:02x?} {:#04X?} {:?} {:.1?} {:6.2?}", [1, 171], [1, 171], &[1u8, 2][..], [1.25, 2.0], [1.0]);
    println!("{:?} {:?} {:?} {:?} {:?} {:?} {:?}", 1..2, 1.., ..2, .., 1..=2, ..=2, Some(1..=3));
    println!("{:p} {:p} {:#p} {:20p}|{:<20p}|{:020p}", 0x1f as *const u8, std::ptr::null::<u8>(), 0x1f as *const u8, 0x1f as *const u8, 0x1f as *mut u8, 0x1f as *const u8);
    println!("{:?} {:?}", std::ptr::null::<u8>(), std::ptr::NonNull::<u64>::dangling());
    println!("{}", format_args!("{} {}", 1, format_args!("{:?}", "a")));
    println!("{:?} {:10}|", format_args!("x{}", 1), format_args!("{}", 2));
    let s = format!("{:>5}|{:<5}|{:^5}", &&1, Box::new(2), &mut 3);
    println!("{s} {} {:?}", s.len(), std::rc::Rc::new("rc"));
    println!("{:?}", std::marker::PhantomData::<Vec<u8>>);
    println!("{:?} {:?}", std::cmp::Ordering::Less, std::cmp::Reverse(1));
    println!("{}", fmt::Error);
}
