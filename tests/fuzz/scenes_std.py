"""Scenes about the library, for the differential tester: collections, iterators, strings, shared ownership, threads.

To add a scene: as in `scenes.py`, its place in `SCENES`.
"""

from __future__ import annotations

from .scenes import SCENES as LANGUAGE, Scenes


class StdScenes(Scenes):
    """Scenes that use what std has."""

    def iterators(self, name: str) -> list[str]:
        """A chain of adapters over drawn numbers, closed by a drawn consumer."""
        steps = ["map(|x| x * {k})", "filter(|x| x % {k} != 0)", "skip({k})", "take({k})", "step_by({k})", "rev()",
                 "chain(std::iter::once({k}))", "take_while(|x| *x < 3 * {k})", "skip_while(|x| *x < {k})",
                 "flat_map(|x| (0..x.rem_euclid(4)).map(move |y| x + y))", "scan(0, |s, x| {{ *s += x; (*s < 90).then_some(*s) }})",
                 "filter_map(|x| x.checked_sub({k}).filter(|y| y % 2 == 0))", "inspect(|x| print!(\"{{x}} \"))", "map_while(|x| (x < 40).then(|| x + 1))",
                 "zip(1..).map(|(a, b)| a * b)", "enumerate().map(|(i, x)| x - i as i64)"]  # fmt: skip
        ends = ["collect::<Vec<_>>()", "sum::<i64>()", "max()", "min_by_key(|x| (x - {k}).abs())", "fold(String::new(), |s, x| s + &x.to_string())",
                "partition::<Vec<i64>, _>(|x| *x > {k})", "position(|x| x > {k})", "map(|x| x.to_string()).collect::<Vec<_>>().join(\"+\")",
                "collect::<std::collections::BTreeSet<_>>()", "try_fold(0i8, |a, x| a.checked_add(x as i8))", "reduce(|a, b| a.wrapping_mul(31) ^ b)",
                "any(|x| x == {k})", "last()", "nth({k})", "unzip::<i64, bool, Vec<_>, Vec<_>>().0" if self.chance(0) else "count()"]  # fmt: skip
        lines = [f"fn {name}() {{", f"    let xs: Vec<i64> = vec![{self.numbers(9)}]; let words = [{self.words()}];"]
        for _ in range(4):
            chosen = [self.one(steps) for _ in range(self.rng.randint(1, 3))]
            if any(s.startswith("rev") for s in chosen):  # what has no back end comes after it
                chosen = ["rev()", *(s for s in chosen if s != "rev()")]
            chain = ".".join([*chosen, self.one(ends)]).replace("{k}", str(self.number(1, 6))).replace("{{", "{").replace("}}", "}")
            lines.append(f'    println!("{{:?}}", xs.iter().copied().{chain});')
        pieces = self.one(("windows(2)", "chunks(2)", "chunks_exact(3)", "rchunks(2)", "split(|x| x % 3 == 0)"))
        return [
            *lines,
            f'    println!("{{:?}}", xs.{pieces}.map(|w| w.iter().sum::<i64>()).collect::<Vec<_>>());',
            "    let mut it = words.iter().peekable(); let mut groups = Vec::new();",
            "    while let Some(w) = it.next() { let mut n = 1; while it.next_if(|o| o.len() == w.len()).is_some() { n += 1; } groups.push((w.len(), n)); }",
            '    println!("{groups:?}");',
            f"    let (a, b): (Vec<usize>, Vec<&str>) = words.iter().map(|w| (w.len() + {self.number()}, *w)).unzip(); println!(\"{{a:?}} {{b:?}}\");",
            "    let r: Result<Vec<u8>, _> = xs.iter().map(|x| u8::try_from(*x)).collect(); println!(\"{:?}\", r.map_err(|e| e.to_string()));",
            f"    println!(\"{{:?}}\", std::iter::successors(Some({self.number(1, 5)}u32), |x| x.checked_mul({self.number(2, 9)})).take(40).last());",
            "}",
        ]

    def collections(self, name: str) -> list[str]:
        """Maps, sets, queues and heaps; hashed ones are read in order."""
        k = self.number(2, 5)
        deque = [f"push_back({self.number()})", f"push_front({self.number()})", "rotate_left(1)", "pop_front()", "pop_back()", "make_contiguous().sort()",
                 f"extend([{self.numbers(3)}])", "truncate(4)", "swap(0, 1)", f"retain(|x| x % {k} != 1)", "range_mut(..2).for_each(|x| *x += 10)"]  # fmt: skip
        chosen = [f"q.{self.one(deque)};" for _ in range(6)]
        return [
            f"fn {name}() {{",
            f"    let words = [{self.words()}, {self.words()}];",
            "    let mut counts: HashMap<&str, usize> = HashMap::new(); for w in words { *counts.entry(w).or_insert(0) += w.len(); }",
            f"    counts.retain(|_, n| *n != {k}); let mut seen: Vec<_> = counts.iter().collect(); seen.sort(); println!(\"{{seen:?}} {{:?}}\", counts.get(\"ox\"));",
            f"    let mut tree: BTreeMap<i32, Vec<&str>> = BTreeMap::new(); for (i, w) in words.iter().enumerate() {{ tree.entry((i * 7 % {k}) as i32).or_default().push(w); }}",
            f'    println!("{{tree:?}} {{:?}} {{:?}}", tree.range(1..={k}).next_back(), tree.first_key_value());',
            f"    if let Some(mut e) = tree.first_entry() {{ e.get_mut().clear(); }} let high = tree.split_off(&{self.number(1, 3)}); println!(\"{{tree:#?}} {{}}\", high.len());",
            f"    let mut q: VecDeque<i32> = VecDeque::from([{self.number()}, {self.number()}, {self.numbers(5)}]);",
            f"    {' '.join(chosen)} println!(\"{{q:?}} {{:?}}\", q.iter().rev().step_by(2).collect::<Vec<_>>());",
            f"    let (a, b): (BTreeSet<i32>, BTreeSet<i32>) = ([{self.numbers()}].into(), [{self.numbers()}].into());",
            '    println!("{:?} {:?} {:?} {}", &a | &b, a.intersection(&b).collect::<Vec<_>>(), &a - &b, a.is_subset(&b));',
            f"    let mut heap: BinaryHeap<(std::cmp::Reverse<i32>, &str)> = words.iter().map(|w| (std::cmp::Reverse(w.len() as i32 % {k}), *w)).collect();",
            "    while let Some((std::cmp::Reverse(n), w)) = heap.pop() { print!(\"{n}{w} \"); } println!();",
            f"    let h: HashSet<u8> = [{', '.join(str(self.number()) for _ in range(5))}].into_iter().collect(); let mut h: Vec<_> = h.into_iter().collect(); h.sort_unstable_by(|a, b| b.cmp(a)); println!(\"{{h:?}}\");",
            f"    let mut v = vec![{self.numbers()}, 5, 5]; v.dedup(); v.sort_by_key(|x| (x % {k}, *x)); println!(\"{{v:?}} {{:?}} {{:?}}\", v.binary_search_by_key(&1, |x| x % {k}).is_ok(), v.drain(1..).collect::<Vec<_>>());",
            "}",
        ]

    def strings(self, name: str) -> list[str]:
        """Text taken apart and put together, and every flag of formatting."""
        text = self.one(("one, two,,three ", "käse & Brot", "a-b-c--d", "Zürich 8001\\nBern 3000", "  x=1; y = 22 ;", "日本語 text"))
        flags = ("{:>w$}|", "{:^+9}|", "{:#06x}", "{:<08}|", "{:e}", "{:*^7}", "{:#b}", "{:>1$}", "{:o}")
        return [
            f"fn {name}() {{",
            f'    let text = "{text}"; let w = {self.number(1, 9)};',
            '    println!("{:?} {:?} {:?}", text.split(\',\').map(str::trim).collect::<Vec<_>>(), text.find(\' \'), text.rsplitn(2, \'-\').collect::<Vec<_>>());',
            '    println!("{} {} {:?}", text.len(), text.chars().count(), text.char_indices().filter(|(_, c)| !c.is_ascii()).collect::<Vec<_>>());',
            "    println!(\"{:?} {:?}\", text.split_whitespace().rev().collect::<Vec<_>>().join(\"_\"), text.bytes().map(u32::from).sum::<u32>());",
            '    println!("{} {} {:?}", text.to_uppercase(), text.replace("e", "<E>"), text.lines().map(|l| l.matches(char::is_numeric).count()).collect::<Vec<_>>());',
            f"    let mut s = String::with_capacity(8); for (i, c) in text.chars().enumerate() {{ if i % {self.number(2, 4)} == 0 {{ s.push(c); }} else {{ s.insert(0, c); }} }}",
            f"    s.retain(|c| c != 'e'); println!(\"{{s}} {{:?}} {{:?}}\", s.pop(), s.get(0..{self.number(0, 5)}));",
            f'    println!("{self.one(flags).replace("1$", "3$")} {{:w$?}} {{:.*}}", {self.number()}, "q{self.number()}", {self.number(0, 4)}, {self.number()}.125);'
            if self.chance(0) else f'    println!("{self.one([f for f in flags if "$" not in f])} {{:w$?}} {{:.*}}", {self.number()}, "q", {self.number(0, 4)}, {self.number()}.125);',
            f'    println!("{{0:>1$}} {{0:<w$}}| {{name:^10}} {{:#?}}", "{self.one(("ab", "é", ""))}", w + 2, name = {self.number()}.5);',
            '    println!("{:?} {:?} {}", "tab\\t\\"q\\" \\u{7f} é \\\\", \'\\\'\', \'a\'.escape_unicode());',
            f'    println!("{{:?}}", text.chars().map(|c| ((c as u32 + {self.number(1, 25)}) % 128) as u8 as char).collect::<String>());',
            f'    println!("{{:5}}|{{:<5}}|{{:^5}}|{{:>5}}|{{:05}}", true, \'c\', "s", {self.number()}, -{self.number(1, 99)});',
            f'    println!("{{:?}} {{:?}}", String::from_utf8(vec![104, 105, {self.number(100, 255)}]).map_err(|e| e.utf8_error().valid_up_to()), String::from_utf8_lossy(&[72, 255, 73]));',
            "}",
        ]

    def shared(self, name: str) -> list[str]:
        """`Rc`, `Weak`, `RefCell`, `Cell`: a tree with parents, borrows that conflict."""
        node = self.fresh("N")
        return [
            f"struct {node} {{ value: i32, parent: RefCell<Weak<{node}>>, children: RefCell<Vec<Rc<{node}>>>, _mark: Noisy }}",
            f"fn node_{name}(value: i32) -> Rc<{node}> {{ Rc::new({node} {{ value, parent: RefCell::new(Weak::new()), children: RefCell::new(vec![]), _mark: Noisy(\"node\", value as u32) }}) }}",
            f"fn depth_{name}(n: &{node}) -> usize {{ n.parent.borrow().upgrade().map_or(0, |p| 1 + depth_{name}(&p)) }}",
            f"fn {name}() {{",
            f"    let root = node_{name}({self.number(1, 9)}); let mut last = root.clone();",
            f"    for v in 1..{self.number(2, 5)} {{ let n = node_{name}(v); *n.parent.borrow_mut() = Rc::downgrade(&last); last.children.borrow_mut().push(n.clone()); last = n; }}",
            '    println!("{} {} {} {}", depth_' + name + "(&last), Rc::strong_count(&root), Rc::weak_count(&root), last.value);",
            "    let weak = Rc::downgrade(&last); drop(last); println!(\"{:?}\", weak.upgrade().map(|n| n.value));",
            "    root.children.borrow_mut().clear(); println!(\"{}\", weak.upgrade().is_some());",
            f"    let cell = RefCell::new(vec![{self.numbers()}]); {{ let r = cell.borrow(); println!(\"{{:?}} {{}}\", cell.try_borrow_mut().is_err(), r.len()); }}",
            f"    cell.borrow_mut().push({self.number()}); println!(\"{{:?}} {{:?}}\", cell, catch_unwind(AssertUnwindSafe(|| {{ let _a = cell.borrow_mut(); cell.borrow().len() }})).is_err());",
            f"    let shared = Rc::new(Cell::new({self.number()})); let again = Rc::clone(&shared); again.set(again.get() * 2); println!(\"{{}} {{}} {{}}\", shared.get(), Rc::ptr_eq(&shared, &again), shared.replace(1));",
            f"    let mut cow: Rc<Vec<i32>> = Rc::new(vec![{self.numbers()}]); let before = cow.clone(); Rc::make_mut(&mut cow).push(7); println!(\"{{:?}} {{:?}}\", before, cow); println!(\"{{}}\", Rc::try_unwrap(before).map(|v| v.len()).is_ok());",
            "}",
        ]

    def threads(self, name: str) -> list[str]:
        """Threads that are joined, channels, locks, atomics: what they compute does not depend on their order."""
        n, k = self.number(1, 4), self.number(1, 9)
        return [
            f"fn {name}() {{",
            "    let (tx, rx) = std::sync::mpsc::channel();",
            f"    let handles: Vec<_> = (0..{n}u64).map(|i| {{ let tx = tx.clone(); std::thread::spawn(move || {{ for j in 0..{self.number(1, 4)} {{ tx.send(i * 10 + j).unwrap(); }} i * {k} }}) }}).collect();",
            "    drop(tx); let mut got: Vec<u64> = rx.iter().collect(); got.sort();",
            '    println!("{got:?} {:?}", handles.into_iter().map(|h| h.join().unwrap()).collect::<Vec<_>>());',
            f"    let total = Arc::new(Mutex::new(Vec::new())); let hits = Arc::new(AtomicUsize::new({k}));",
            f"    let ts: Vec<_> = (0..{n}).map(|i| {{ let (total, hits) = (total.clone(), Arc::clone(&hits)); std::thread::spawn(move || {{ total.lock().unwrap().push(i); hits.fetch_add(i, Ordering::SeqCst); }}) }}).collect();",
            "    for t in ts { t.join().unwrap(); } let mut all = Arc::try_unwrap(total).unwrap().into_inner().unwrap(); all.sort_by(|a, b| b.cmp(a));",
            '    println!("{all:?} {}", hits.load(Ordering::Relaxed));',
            f"    let mut data = vec![{self.numbers()}]; let (left, right) = data.split_at_mut(1);",
            f"    std::thread::scope(|s| {{ s.spawn(|| left[0] += {k}); s.spawn(|| right.iter_mut().for_each(|x| *x *= 2)); }}); println!(\"{{data:?}}\");",
            f"    let r = std::thread::spawn(|| {{ let _n = Noisy(\"thread\", 1); if {k} > 4 {{ panic!(\"thread {{}}\", {k}); }} {k} }}).join(); "
            'println!("{:?}", r.map_err(|e| e.downcast_ref::<String>().cloned()));',
            f"    let m = Mutex::new(1); let _ = catch_unwind(AssertUnwindSafe(|| {{ let mut g = m.lock().unwrap(); *g += {k}; panic!(\"held\"); }})); println!(\"{{}} {{:?}}\", m.is_poisoned(), m.lock().map_err(|e| *e.into_inner()).err());",
            "}",
        ]

    def panics(self, name: str) -> list[str]:
        """The messages of panics that programs meet."""
        ways = ["let v = vec![1, 2]; let i = v.len() + {k}; v[i]", "let v = [1, 2, 3]; let r = {k}..1; v[r].len() as i32", "None::<i32>.expect(\"nothing {k}\")",
                "Err::<i32, _>(\"bad {k}\").unwrap()", "\"x{k}\".parse::<i32>().unwrap()", "let z = {k} - {k}; 10 / std::hint::black_box(z)",
                "assert_eq!({k} + 1, {k}, \"with {}\", \"text\"); 0", "assert!({k} > 100, \"small\"); 0", "unreachable!(\"at {}\", {k})", "todo!()", "unimplemented!(\"n{k}\")",
                "let s = \"é\"; s[..1].len() as i32", "let mut it = vec![1].into_iter(); it.next(); it.next().unwrap()", "Vec::<i32>::new().remove({k})",
                "std::cell::RefCell::new(1).try_borrow().map(|x| *x).unwrap()", "i32::MIN.abs() + std::hint::black_box({k})", "u8::try_from({k} * 1000).unwrap() as i32",
                "char::from_digit({k}, 50).map_or(0, |c| c as i32)", "[3, 1].chunks(std::hint::black_box({k}) - {k}).count() as i32", "let x: Result<(), i32> = Ok(()); x.unwrap_err()",
                "std::panic::panic_any({k})", "String::from(\"abc\").drain({k}..1).count() as i32", "BTreeMap::from([(1, 2)])[&{k}]", "1i32 << std::hint::black_box({k} + 31)"]  # fmt: skip
        chosen = [w.replace("{k}", str(self.number(2, 9))) for w in self.rng.sample(ways, 6)]
        return [
            f"fn told_{name}(f: impl FnOnce() -> i32) {{ match catch_unwind(AssertUnwindSafe(f)) {{ Ok(x) => println!(\"fine {{x}}\"), "
            "Err(e) => println!(\"{:?} {:?} {:?}\", e.downcast_ref::<String>(), e.downcast_ref::<&str>(), e.downcast_ref::<i32>()) } }",
            f"fn {name}() {{",
            *(f"    told_{name}(|| {{ let _on_the_way = Noisy(\"way\", {i}); {w} }});" for i, w in enumerate(chosen)),
            "}",
        ]


SCENES = (
    *LANGUAGE, StdScenes.iterators, StdScenes.collections, StdScenes.strings, StdScenes.shared, StdScenes.threads, StdScenes.panics,
)  # fmt: skip
