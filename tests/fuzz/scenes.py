"""Scenes: what ordinary programs are made of and expressions of one type do not reach, for the differential tester.

A scene is some items and a function that prints what it computes of them, with drawn values and drawn variants of each
step: traits and generics, closures, patterns, destructors, numbers.  `scenes_std.py` has those about the library.
To add a scene: a method that returns its lines (`{name}` is its function), and its place in `SCENES`.
"""

from __future__ import annotations

from .exprs import Exprs
from .grow import INTS, SIGNED


class Scenes(Exprs):
    """Scenes about the language."""

    def number(self, low: int = 0, high: int = 20) -> int:
        return self.rng.randint(low, high)

    def numbers(self, count: int = 6, low: int = -9, high: int = 30) -> str:
        return ", ".join(str(self.rng.randint(low, high)) for _ in range(self.rng.randint(1, count)))

    def words(self, count: int = 5) -> str:
        known = ("sea", "Stone", "éclair", "a", "", "wind mill", "ox", "zebra", "7up", "oak")
        return ", ".join(f'"{self.one(known)}"' for _ in range(self.rng.randint(1, count)))

    def traits(self, name: str) -> list[str]:
        """A trait with an associated type and a default method, two implementors, static and dynamic calls."""
        t, a, b = self.fresh("T"), self.fresh("A"), self.fresh("B")
        out = self.one(("i64", "u32", "String", "(u8, bool)", "Option<i32>"))
        value = {"i64": "self.0 as i64 * 3", "u32": "self.0 as u32 + 1", "String": "format!(\"<{}>\", self.0)",
                 "(u8, bool)": "(self.0 as u8, self.0 > 4)", "Option<i32>": "(self.0 > 2).then_some(self.0)"}[out]  # fmt: skip
        extra = self.one(("", f"impl<X: {t}> {t} for Vec<X> {{ type Out = Vec<X::Out>; fn get(&self) -> Vec<X::Out> "
                              "{ self.iter().map(|x| x.get()).collect() } fn name(&self) -> String { \"many\".into() } }"))  # fmt: skip
        many = f'println!("{{:?}} {{}}", vec![{a}(1), {a}({self.number()})].get(), vec![{a}(2)].describe());'
        return [
            f"pub trait {t} {{ type Out: Debug; fn get(&self) -> Self::Out; fn name(&self) -> String; "
            f'fn describe(&self) -> String {{ format!("{{}}={{:?}}", self.name(), self.get()) }} }}',
            f"pub struct {a}(pub i32);",
            f'impl {t} for {a} {{ type Out = {out}; fn get(&self) -> {out} {{ {value} }} '
            f'fn name(&self) -> String {{ "{a}".to_string() }} }}',
            f"#[derive(Clone, Copy, PartialEq, PartialOrd, Debug)] pub struct {b}<X>(pub X, pub X);",
            f"impl<X: Debug + Clone + PartialOrd> {t} for {b}<X> {{ type Out = X; fn get(&self) -> X {{ if self.0 "
            f"{self.one(('<', '>', '>='))} self.1 {{ self.0.clone() }} else {{ self.1.clone() }} }} "
            'fn name(&self) -> String { format!("pair of {:?}", self.1) } }',
            extra,
            f"fn all_{name}<X: {t}>(xs: &[X]) -> Vec<String> where X::Out: Clone {{ xs.iter().map({t}::describe).collect() }}",
            f"fn {name}() {{",
            f"    let xs: Vec<Box<dyn {t}<Out = i64>>> = vec![Box::new({b}({self.number()}i64, {self.number()})), "
            f"Box::new({b}({self.number()}, -1))];",
            '    for x in &xs { println!("{}", x.describe()); }',
            f'    println!("{{:?}}", all_{name}(&[{a}({self.number()}), {a}({self.number()})]));',
            f'    println!("{{:?}}", {b}("x", "y").partial_cmp(&{b}("x", {self.words(1)})));',
            f"    {many if extra else ''}",
            "}",
        ]

    def operators(self, name: str) -> list[str]:
        """Overloaded operators, `Index`, `Deref`, `Display`, an iterator of one's own."""
        v, c = self.fresh("V"), self.fresh("C")
        return [
            f"#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)] pub struct {v} {{ x: i32, y: i32 }}",
            f"impl std::ops::Add for {v} {{ type Output = {v}; fn add(self, o: {v}) -> {v} "
            f"{{ {v} {{ x: self.x + o.x, y: self.y {self.one('+-*')} o.y }} }} }}",
            f"impl std::ops::Mul<i32> for {v} {{ type Output = {v}; fn mul(self, k: i32) -> {v} {{ {v} {{ x: self.x * k, y: self.y * k }} }} }}",
            f"impl std::ops::Neg for {v} {{ type Output = {v}; fn neg(self) -> {v} {{ {v} {{ x: -self.x, ..self }} }} }}",
            f"impl std::ops::AddAssign for {v} {{ fn add_assign(&mut self, o: {v}) {{ *self = *self + o; }} }}",
            f"impl std::iter::Sum for {v} {{ fn sum<I: Iterator<Item = {v}>>(it: I) -> {v} {{ it.fold({v}::default(), |a, b| a + b) }} }}",
            f'impl std::fmt::Display for {v} {{ fn fmt(&self, f: &mut std::fmt::Formatter<\'_>) -> std::fmt::Result {{ '
            f'if f.alternate() {{ write!(f, "<{{}}|{{}}>", self.x, self.y) }} else {{ f.pad(&format!("{{}},{{}}", self.x, self.y)) }} }} }}',
            f"pub struct {c} {{ at: u32, end: u32 }}",
            f"impl Iterator for {c} {{ type Item = {v}; fn next(&mut self) -> Option<{v}> {{ if self.at >= self.end {{ return None; }} "
            f"self.at += {self.number(1, 3)}; Some({v} {{ x: self.at as i32, y: {self.number(-4, 4)} }}) }} }}",
            f"impl std::ops::Index<&str> for {c} {{ type Output = u32; fn index(&self, at: &str) -> &u32 "
            f'{{ match at {{ "at" => &self.at, "end" => &self.end, other => panic!("no {{other}}") }} }} }}',
            f"fn {name}() {{",
            f"    let (a, mut b) = ({v} {{ x: {self.number()}, y: {self.number()} }}, {v} {{ x: {self.number()}, y: 1 }});",
            f"    b += a * {self.number(-3, 3)};",
            '    println!("{} {:>9} {:#} {:<7}| {:?}", a + b, -a, b, a, a.max(b));',
            f"    let it = {c} {{ at: 0, end: {self.number(0, 9)} }};",
            '    println!("{} {}", it["end"], it["at"]);',
            f'    println!("{{}}", it.{self.one(("skip(1)", "step_by(2)", "take_while(|v| v.x < 6)", "filter(|v| v.x % 2 == 1)"))}.sum::<{v}>());',
            "}",
        ]

    def closures(self, name: str) -> list[str]:
        """What closures capture, by reference or move, and the traits they have."""
        k = self.number(1, 6)
        return [
            f"fn adder_{name}(n: i64) -> impl Fn(i64) -> i64 {{ move |x| x {self.one('+-*')} n }}",
            f"fn boxed_{name}(which: u8) -> Box<dyn FnMut(i64) -> i64> {{ let mut seen = {k}; match which {{ "
            f"0 => Box::new(move |x| {{ seen += x; seen }}), 1 => Box::new(|x| x * {k}), _ => Box::new(adder_{name}({k})) }} }}",
            f"fn twice_{name}<F: FnMut() -> u32>(mut f: F) -> (u32, u32) {{ (f(), f()) }}",
            f"fn compose_{name}<A, B, C>(f: impl Fn(A) -> B, g: impl Fn(B) -> C) -> impl Fn(A) -> C {{ move |x| g(f(x)) }}",
            f"fn {name}() {{",
            f"    let mut count = {self.number()}u32; let text = String::from(\"t{k}\"); let list = vec![{self.numbers()}];",
            f'    println!("{{:?}}", twice_{name}(|| {{ count += list.len() as u32; count }}));',
            "    let owned = move || format!(\"{text}:{}\", list.iter().sum::<i32>());",
            '    println!("{} {} {count}", owned(), owned());',
            f"    for which in 0..3 {{ let mut f = boxed_{name}(which); println!(\"{{}} {{}}\", f({self.number()}), f({self.number()})); }}",
            f'    let f = compose_{name}(adder_{name}({k}), |x| format!("{{x:03}}"));',
            f'    println!("{{}} {{}}", f({self.number()}), compose_{name}(&f, |s: String| s.len())(100));',
            "    let mut pair = (vec![1], String::from(\"p\"));",
            "    { let mut push = |n| pair.0.push(n); push(2); push(3); }",
            f"    let shown = || pair.1.len() + {k}; let length = shown(); pair.1.push('!');",
            '    let eat = move || { let (a, b) = pair; (b, a.len()) }; println!("{length} {:?}", eat());',
            "}",
        ]

    def patterns(self, name: str) -> list[str]:
        """Slices, bindings, guards, nested enums, `let else`, labels."""
        e = self.fresh("P")
        arms = ["[] => \"none\".to_string(),", "[x] if *x > 4 => format!(\"one {x}\"),", "[a, b] => format!(\"two {a} {b}\"),",
                "[first, .., last] if first == last => format!(\"same {first}\"),", "[1 | 2, rest @ ..] => format!(\"low {rest:?}\"),",
                "[head @ .., 0..=3] => format!(\"end {}\", head.len()),", "[_, middle @ .., _] => format!(\"mid {middle:?}\"),"]  # fmt: skip
        self.rng.shuffle(arms)
        named = self.one(('"x"', '"z"'))
        return [
            f"#[derive(Debug, Clone)] pub enum {e} {{ Leaf(i32), Node(Box<{e}>, Box<{e}>), Named {{ name: &'static str, at: (u8, i8) }}, Nil }}",
            f"use {e}::*;",
            f"fn sum_{name}(p: &{e}) -> i32 {{ match p {{ Leaf(n @ {self.number(-9, 0)}..={self.number(1, 30)}) => *n, Leaf(n) => n / 2, "
            f"Node(a, b) if matches!(**a, Nil) => sum_{name}(b) * 2, Node(a, b) => sum_{name}(a) - sum_{name}(b), "
            f"Named {{ name: \"x\" | \"y\", .. }} => 1, &Named {{ at: (a, b), .. }} => a as i32 + b as i32, Nil => 0 }} }}",
            f"fn slice_{name}(xs: &[i32]) -> String {{ match xs {{ {' '.join(arms)} other => format!(\"{{}}\", other.len()) }} }}",
            f"fn word_{name}(text: &str) -> Option<(String, u32)> {{ let Some((a, b)) = text.split_once('=') else {{ return None; }}; "
            "let Ok(n) = b.trim().parse::<u32>() else { return Some((a.to_uppercase(), u32::MAX)); }; Some((a.into(), n)) }",
            f"fn {name}() {{",
            f"    let tree = Node(Box::new({self.one(('Nil', 'Leaf(40)', 'Leaf(-3)'))}), Box::new(Node(Box::new(Leaf({self.number()})), "
            f"Box::new(Named {{ name: {named}, at: ({self.number()}, -{self.number(1, 9)}) }}))));",
            f'    println!("{{}} {{:?}}", sum_{name}(&tree), tree);',
            f"    for xs in [vec![], vec![{self.numbers(1)}], vec![{self.numbers()}], vec![1, {self.numbers()}, 2], vec![5, 5]] "
            f'{{ println!("{{}}", slice_{name}(&xs)); }}',
            f'    for t in ["a={self.number()}", "b= 7 ", "c", "d=x{self.number()}"] {{ println!("{{:?}}", word_{name}(t)); }}',
            f"    let found = 'out: loop {{ for i in 1.. {{ for j in 0..i {{ if (i * j) % {self.number(5, 11)} == {self.number(1, 4)} {{ break 'out (i, j); }} "
            f"if i > {self.number(8, 20)} {{ break 'out (0, 0); }} }} }} }};",
            f"    let block = 'b: {{ if found.0 > {self.number(1, 9)} {{ break 'b found.0; }} found.1 * 10 }};",
            '    println!("{found:?} {block}");',
            f"    let x = {self.number()}; let x = if let 3..=9 = x {{ x * 2 }} else {{ x }}; {{ let x = \"inner\"; println!(\"{{x}}\"); }} println!(\"{{x}}\");",
            "}",
        ]

    def drops(self, name: str) -> list[str]:
        """When what is dropped, also on the way out of a panic, a `?`, a `break`."""
        s = self.fresh("D")
        hows = ["let _ = Noisy(\"ignored\", 1);", "let _kept = Noisy(\"kept\", 2);", "drop(Noisy(\"dropped\", 3));",
                "let moved = Noisy(\"moved\", 4); let _other = moved;", "Noisy(\"statement\", 5);",
                "let (_a, _) = (Noisy(\"left\", 6), Noisy(\"right\", 7));", "match Noisy(\"matched\", 8) { Noisy(_, n) => println!(\"arm {n}\") }",
                "let shadow = Noisy(\"old\", 9); let shadow = Noisy(\"new\", shadow.1 + 1); println!(\"{}\", shadow.1);",
                "let mut slot = Noisy(\"first\", 11); slot = Noisy(\"second\", 12); println!(\"{}\", slot.1);",
                "if Noisy(\"condition\", 13).1 > 5 { println!(\"then\"); }", "let n = { Noisy(\"block\", 14).1 }; println!(\"{n}\");",
                "let list = vec![Noisy(\"v\", 15), Noisy(\"w\", 16)]; let first = list.into_iter().next(); println!(\"{}\", first.is_some());",
                "let boxed: Box<dyn std::any::Any> = Box::new(Noisy(\"any\", 17)); println!(\"{}\", boxed.is::<Noisy>());",
                "std::mem::forget(Box::new(18)); let cell = std::cell::Cell::new(Some(Noisy(\"cell\", 18))); cell.take();"]  # fmt: skip
        chosen = self.rng.sample([h for h in hows if "forget" not in h], self.rng.randint(3, 7))
        return [
            f"struct {s} {{ a: Noisy, b: Option<Noisy>, c: [Noisy; 2] }}",
            f'impl Drop for {s} {{ fn drop(&mut self) {{ println!("{s} {{}}", self.a.1); self.b.take(); }} }}',
            f"fn try_{name}(n: u32) -> Result<Noisy, String> {{ let _guard = Noisy(\"guard\", n); "
            f"let checked = n.checked_sub({self.number(1, 5)}).ok_or_else(|| format!(\"low {{n}}\"))?; Ok(Noisy(\"made\", checked)) }}",
            f"fn {name}() {{",
            *(f"    {how}" for how in chosen),
            f"    let whole = {s} {{ a: Noisy(\"a\", {self.number()}), b: Some(Noisy(\"b\", 0)), c: [Noisy(\"c\", 1), Noisy(\"c\", 2)] }};",
            f'    for n in [{self.number()}, {self.number(0, 3)}] {{ match try_{name}(n) {{ Ok(x) => println!("ok {{}}", x.1), Err(e) => println!("{{e}}") }} }}',
            "    let caught = catch_unwind(AssertUnwindSafe(|| { let _first = Noisy(\"first\", 1); let inner = whole; let _second = Noisy(\"second\", 2); "
            f"let xs = [1, 2, 3]; let at = xs.len() + {self.number(0, 1)} - 1; println!(\"{{}}\", xs[at] + inner.a.1 as i32); }}));",
            '    println!("{}", caught.is_ok());',
            "}",
        ]

    def numerics(self, name: str) -> list[str]:
        """Wide integers, overflow, floats as text and back."""
        ints = [self.int_literal(self.one(INTS)) for _ in range(6)]
        wide, signed = self.int_literal("u128"), self.int_literal("i128")
        floats = ("0.1", "1e21", "-0.0", "1.5e-7", "123456789.125", "f64::MAX", "f64::NAN", "f64::INFINITY", "2.5", "1.0 / 3.0",
                  "5e-324", "1e16", "0.3 + 0.6")  # fmt: skip
        drawn = ", ".join(f"{self.one(floats)}" for _ in range(4))
        kind = self.one([i for i in INTS if i in SIGNED])
        specs = ("{:?}", "{:e}", "{:.3}", "{:+}", "{:08.2}", "{:>12.1e}", "{:E}", "{:.0}", "{:<9?}|")
        texts = ("1e3", " 1", "-.5", "inf", "NaN", "0x10", "1_000", "+7", "", "12345678901234567890123", "1.7976931348623157e308")
        return [
            f"fn {name}() {{",
            f'    println!("{{:?}} {{:#x}} {{:b}} {{:o}} {{:#X}} {{:e}}", {", ".join(ints[:5])}, {self.int_literal("u32")});',
            f"    let (a, b) = ({wide}, {signed});",
            '    println!("{a} {b} {:#x} {} {} {}", a, a.leading_zeros(), b.count_ones(), a as u64 as i64);',
            f'    println!("{{:?}} {{:?}} {{:?}}", a.checked_mul({self.number()}), b.checked_neg(), a.checked_rem(b as u128));',
            f'    println!("{{}} {{}} {{:?}}", a / ({self.number(1, 9)} << 60), b % {self.number(2, 99)}, (b as f64, a as f32));',
            f"    let list: [{kind}; 3] = [{kind}::MIN, {self.int_literal(kind)}, {kind}::MAX];",
            f"    for x in list {{ println!(\"{{:?}} {{:?}} {{:?}} {{}} {{}}\", x.checked_add({self.number(1, 9)}), x.overflowing_sub(1), x.checked_abs(), "
            f"x.rem_euclid({self.number(2, 9)}), x.wrapping_shl({self.number(0, 200)})); }}",
            f'    let r = catch_unwind(|| {{ let n: {kind} = std::hint::black_box({kind}::MAX); n {self.one("+*")} {self.number(1, 3)} }}); println!("{{:?}}", r.ok());',
            f"    for x in [{drawn}] {{ let x: f64 = x; println!(\"{self.one(specs)} {self.one(specs)} {self.one(specs)} {{}} {{:?}}\", x, x, x, x as i32, x as f32); "
            f"println!(\"{{:?}} {{}} {{}}\", x.to_string().parse::<f64>().map(f64::to_bits) == Ok(x.to_bits()), x.round(), x.min(1.0).abs()); }}",
            f"    for t in [{', '.join(chr(34) + self.one(texts) + chr(34) for _ in range(4))}] "
            '{ println!("{:?} {:?} {:?}", t.parse::<f64>(), t.parse::<i64>(), t.parse::<u8>().map_err(|e| e.to_string())); }',
            "}",
        ]

    def generic_sizes(self, name: str) -> list[str]:
        """Const generics, associated constants, `Default`, conversions and `?` between errors."""
        r, err, n = self.fresh("R"), self.fresh("Er"), self.number(1, 5)
        return [
            f"#[derive(Clone, Debug, PartialEq)] pub struct {r}<T, const N: usize> {{ items: [T; N], at: usize }}",
            f"impl<T: Copy + Default, const N: usize> {r}<T, N> {{ const SIZE: usize = N * {self.number(1, 4)}; "
            f"fn new() -> Self {{ {r} {{ items: [T::default(); N], at: 0 }} }} "
            "fn put(&mut self, x: T) -> Option<T> { let old = std::mem::replace(&mut self.items[self.at % N], x); self.at += 1; (self.at > N).then_some(old) } "
            "fn rotated(mut self) -> Self { self.items.rotate_left(self.at % N); self } }",
            f"fn total_{name}<const N: usize>(xs: [i64; N]) -> i64 {{ xs.iter().enumerate().map(|(i, x)| x * (N - i) as i64).sum() }}",
            f"#[derive(Debug)] pub enum {err} {{ Parse(std::num::ParseIntError), Low(i32), Text(String) }}",
            f"impl From<std::num::ParseIntError> for {err} {{ fn from(e: std::num::ParseIntError) -> Self {{ {err}::Parse(e) }} }}",
            f"impl From<&str> for {err} {{ fn from(e: &str) -> Self {{ {err}::Text(e.to_owned()) }} }}",
            f"fn read_{name}(s: &str) -> Result<u8, {err}> {{ let n: i32 = s.parse()?; if n < {self.number()} {{ return Err({err}::Low(n)); }} "
            f"let small = u8::try_from(n).map_err(|_| \"too big\")?; Ok(small) }}",
            f"fn {name}() {{",
            f"    let mut ring = {r}::<{self.one(('u8', 'i32', 'char', 'bool'))}, {n}>::new(); println!(\"{{:?}}\", ring);",
            f"    let mut ints = {r}::<i32, {n}>::new(); for x in [{self.numbers(8)}] {{ print!(\"{{:?}} \", ints.put(x)); }}",
            f'    println!("{{:?}} {{}}", ints.clone().rotated(), {r}::<i32, {n}>::SIZE); ring.at += 1; println!("{{}}", ints == ints.clone().rotated());',
            f"    println!(\"{{}} {{}}\", total_{name}([{self.numbers()}]), total_{name}([0; 0]));",
            f"    for s in [\"{self.number()}\", \"300\", \"x\", \"-4\"] {{ println!(\"{{:?}}\", read_{name}(s)); }}",
            "}",
        ]


SCENES = (
    Scenes.traits, Scenes.operators, Scenes.closures, Scenes.patterns, Scenes.drops, Scenes.numerics, Scenes.generic_sizes,
)  # fmt: skip
