"""Expressions of each type, for the differential tester's programs (`grow.py`).

To add a form: a way in the function of its type.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from .grow import BITS, INTS, SIGNED, Grower, Ty, Var

_STRINGS: Final = ('""', '"a"', '"Rust 2021"', '"käse"', '"one two three"', '"-17"', '"tab\\tquote\\"end"', '"日本"')
_CHARS: Final = ("'a'", "'Z'", "'7'", "' '", "'é'", "'\\n'", "'\\u{1F600}'", "'_'")
_FLOATS: Final = ("0.0", "1.0", "-2.5", "0.1", "1e10", "3.25", "1234.5678", "-1e-3")


class Exprs(Grower):
    """The part about expressions; `depth` is how much deeper they may nest."""

    def expr(self, ty: Ty, depth: int = 3) -> str:
        self.budget -= 1
        if depth <= 0 or self.budget < 0:
            return self.leaf(ty)
        if self.chance(0.3) and (var := self.some(lambda t: t == ty)) is not None:
            return self.read(var)
        if self.chance(0.12):
            return self.general(ty, depth)
        return _FORMS.get(ty.kind, Exprs.leaf_of)(self, ty, depth - 1)

    def leaf_of(self, ty: Ty, depth: int) -> str:
        return self.leaf(ty)

    def leaf(self, ty: Ty) -> str:
        """A variable or the plainest value."""
        if self.chance(0.6) and (var := self.some(lambda t: t == ty)) is not None:
            return self.read(var)
        kind = ty.kind
        if kind in INTS:
            return self.int_literal(kind)
        if kind in ("f64", "f32"):
            return f"({self.one(_FLOATS)}{kind})"
        if kind == "tuple":
            return f"({''.join(self.leaf(a) + ', ' for a in ty.args)})"
        if kind == "array":
            return f"[{', '.join(self.leaf(ty.args[0]) for _ in range(ty.size))}]"
        if kind == "struct":
            return f"{ty.name} {{ {', '.join(f'{n}: {self.leaf(t)}' for n, t in self.struct(ty).fields)} }}"
        if kind == "enum":
            name, parts = self.rng.choice(self.enum(ty).variants)
            return f"{ty.name}::{name}" + (f"({', '.join(self.leaf(p) for p in parts)})" if parts else "")
        if kind == "Box":
            return f"Box::new({self.leaf(ty.args[0])})"
        plain = {"bool": ("true", "false"), "char": _CHARS, "String": tuple(f"String::from({s})" for s in _STRINGS),
                 "Vec": (f"Vec::<{ty.args[0] if ty.args else ''}>::new()",),
                 "Option": (f"None::<{ty.args[0] if ty.args else ''}>",)}  # fmt: skip
        return self.one(plain[kind])

    def int_literal(self, name: str) -> str:
        bits, signed = BITS[name], name in SIGNED
        top = (1 << bits - signed) - 1
        value = self.rng.choice((0, 1, 2, 3, 7, 10, 100, top, top - 1, self.rng.randint(0, top), 5, 4))
        if signed and self.chance(0.3):
            return self.one((f"(-{min(value, top)}{name})", f"{name}::MIN"))
        return f"{min(value, top)}{name}"

    def small(self, ty: Ty, depth: int, below: int = 10) -> str:
        """An integer in 0..below."""
        if self.chance(0.3):
            return f"{self.rng.randrange(below)}{ty.kind}"
        return f"({self.expr(ty, depth)}).rem_euclid({below})"

    # -- of any type -------------------------------------------------------------------------------

    def general(self, ty: Ty, depth: int) -> str:
        return self.pick([
            (3, lambda: f"if {self.expr(Ty('bool'), depth - 1)} {{ {self.expr(ty, depth - 1)} }} "
                        f"else {{ {self.expr(ty, depth - 1)} }}"),
            (2, lambda: self.block(ty, depth)),
            (3, lambda: self.call(ty, depth)),
            (2, lambda: self.matched(ty, depth)),
            (1, lambda: f"(|| {self.expr(ty, depth - 1)})()"),
            (1, lambda: f"same({self.expr(ty, depth - 1)})"),
            (1, lambda: f"second(&({self.expr(Ty('bool'), 1)}), &({self.expr(ty, depth - 1)}))"),
            (2, lambda: self.part(ty, depth)),
            (1, lambda: f"(*Box::new({self.expr(ty, depth - 1)}))"),
            (1, lambda: f"std::mem::replace(&mut {{ {self.expr(ty, depth - 1)} }}, {self.leaf(ty)})"),
        ])  # fmt: skip

    def block(self, ty: Ty, depth: int) -> str:
        inner = self.ty(1)
        name, value = self.fresh("b"), self.expr(inner, depth - 1)
        mark = len(self.scope)
        self.scope.append(Var(name, inner))
        out = f"{{ let {name}: {inner} = {value}; {self.expr(ty, depth - 1)} }}"
        del self.scope[mark:]
        return out

    def call(self, ty: Ty, depth: int) -> str:
        found = [f for f in self.fns if f.output == ty]
        if not found or self.loops > 1:
            return self.leaf(ty)
        fn = self.rng.choice(found)
        return f"{fn.name}({', '.join(self.expr(p, min(1, depth - 1)) for p in fn.params)})"

    def part(self, ty: Ty, depth: int) -> str:
        """A field of a variable, an element of an array."""
        ways: list[str] = []
        for var in self.scope:
            path = var.name
            if var.ty.kind == "struct":
                ways += [f"{path}.{n}" for n, t in self.struct(var.ty).fields if t == ty]
            elif var.ty.kind == "tuple":
                ways += [f"{path}.{i}" for i, t in enumerate(var.ty.args) if t == ty]
            elif var.ty.kind == "array" and var.ty.args[0] == ty:
                ways.append(f"{path}[{self.rng.randrange(var.ty.size)}]")
            elif var.ty.kind == "Vec" and var.ty.args[0] == ty:
                ways.append(f"{path}.get({self.small(Ty('usize'), 1, 4)}).cloned().unwrap_or({self.leaf(ty)})")
            elif var.ty.kind == "Option" and var.ty.args[0] == ty:
                ways.append(f"{path}.clone().unwrap_or_else(|| {self.leaf(ty)})")
            elif var.ty.kind == "Box" and var.ty.args[0] == ty:
                ways.append(f"(*{path})")
        if not ways:
            return self.leaf(ty)
        found = self.one(ways)
        return found if ty.is_copy or (found.endswith(")") and ".clone" in found) else f"{found}.clone()"

    def matched(self, ty: Ty, depth: int) -> str:
        var = self.some(lambda t: t.kind in ("enum", "Option", *INTS))
        if var is None:
            return self.leaf(ty)
        arms = self.arms(var.ty, lambda: self.expr(ty, depth - 1))
        return f"match {self.read(var)} {{ {' '.join(arms)} }}"

    def arms(self, ty: Ty, body: Callable[[], str]) -> list[str]:
        """Arms that are exhaustive; what they bind is in scope in their bodies."""
        made: list[str] = []

        def arm(pattern: str, bound: list[Var], guard: bool = False) -> None:
            mark = len(self.scope)
            self.scope += bound
            condition = f" if {self.expr(Ty('bool'), 1)}" if guard else ""
            made.append(f"{pattern}{condition} => {{ {body()} }}")
            del self.scope[mark:]

        if ty.kind == "Option":
            name = self.fresh("o")
            if self.chance(0.4):
                arm(f"Some({name})", [Var(name, ty.args[0])], guard=True)
            arm(f"Some({name})", [Var(name, ty.args[0])])
            arm("None", [])
        elif ty.kind == "enum":
            variants = list(self.enum(ty).variants)
            self.rng.shuffle(variants)
            rest = self.chance(0.3) and len(variants) > 1
            for name, parts in variants[1:] if rest else variants:
                for guard in (True, False) if self.chance(0.3) else (False,):
                    bound = [Var(self.fresh("v"), p) for p in parts]
                    names = f"({', '.join(v.name for v in bound)})" if parts else ""
                    arm(f"{ty.name}::{name}{names}", bound, guard)
            if rest:
                arm("_", [])
        else:
            low = self.rng.randrange(0, 50)
            name = self.fresh("n")
            arm(f"0 | {low + 60}", [])
            arm(f"{name} @ 1..={low + 3}", [Var(name, ty)])
            arm(f"{name}", [Var(name, ty)], guard=True)
            arm("_", [])
        return made

    # -- integers ------------------------------------------------------------------------------------

    def int_(self, ty: Ty, depth: int) -> str:
        name = ty.kind

        def e() -> str:
            return self.expr(ty, depth)

        def small() -> str:
            return self.small(ty, depth)

        return self.pick([
            (2, lambda: self.int_literal(name)),
            (4, lambda: f"({small()} {self.one('+*-' if name in SIGNED else '+*')} {small()})"),
            (1, lambda: f"({e()} {self.one('+-*')} {e()})"),
            (3, lambda: f"({e()}).wrapping_{self.one(('add', 'sub', 'mul'))}({e()})"),
            (2, lambda: f"({e()}).saturating_{self.one(('add', 'sub', 'mul'))}({e()})"),
            (2, lambda: f"({e()}).checked_{self.one(('add', 'sub', 'mul', 'div', 'rem'))}({e()}).unwrap_or({e()})"),
            (1, lambda: f"({e()}).overflowing_{self.one(('add', 'sub', 'mul'))}({e()}).0"),
            (2, lambda: f"({e()} {self.one(('&', '|', '^'))} {e()})"),
            (1, lambda: f"(!{e()})"),
            (1, lambda: f"({e()} {self.one(('<<', '>>'))} ({self.small(Ty('u32'), depth, BITS[name])}))"),
            (2, lambda: f"({e()} {self.one(('/', '%'))} ({small()} + 1))"),
            (3, lambda: f"(({self.expr(self.int_ty(), depth)}) as {name})"),
            (1, lambda: f"(({self.expr(Ty('f64'), depth)}) as {name})"),
            (1, lambda: f"(({self.expr(Ty('bool'), depth)}) as {name})"),
            (1, lambda: f"(({self.expr(Ty('char'), depth)}) as u32 as {name})"),
            (1, lambda: f"({e()}).rotate_left({self.small(Ty('u32'), depth, 200)})"),
            (2, lambda: f"(({e()}).{self.one(('count_ones', 'leading_zeros', 'trailing_zeros'))}() as {name})"),
            (1, lambda: f"({e()}).swap_bytes()"),
            (1, lambda: f"({e()}).wrapping_pow({self.rng.randrange(6)})"),
            (1, lambda: f"({e()}).{self.one(('min', 'max'))}({e()})"),
            (1, lambda: f"(({e()}).abs_diff({e()}) as {name})"),
            (2, lambda: self.folded(ty, depth)),
            (1, lambda: f"({self.expr(Ty('String'), depth)}).parse::<{name}>().unwrap_or({self.int_literal(name)})"),
            (1, lambda: f"(({self.expr(Ty('Vec', (self.ty(1),)), depth)}).len() as {name})"),
            (1, lambda: f"(({self.expr(Ty('String'), depth)}).{self.one(('len()', 'chars().count()'))} as {name})"),
            (1, lambda: f"<{name} as std::str::FromStr>::from_str(\"{self.rng.randrange(140)}\").unwrap_or(0)"),
        ])  # fmt: skip

    def folded(self, ty: Ty, depth: int) -> str:
        """A number out of an iterator."""
        vec = self.expr(Ty("Vec", (ty,)), depth)
        step = self.expr(ty, 0)
        return self.one((
            f"({vec}).iter().fold({self.leaf(ty)}, |a, x| a.wrapping_add(*x).wrapping_mul(3))",
            f"({vec}).iter().copied().{self.one(('max', 'min'))}().unwrap_or({step})",
            f"({vec}).into_iter().filter(|x| *x % 2 == 0).map(|x| x.wrapping_sub({step})).last().unwrap_or(1)",
            f"({vec}).windows(2).map(|w| w[0] ^ w[1]).fold(0, |a, b| a | b)",
            f"({vec}).iter().rev().skip(1).step_by(2).fold(0, |a: {ty}, x| a.rotate_left(1) ^ x)",
            f"({vec}).iter().zip({self.expr(Ty('Vec', (ty,)), 1)}.iter()).map(|(a, b)| a & b).fold(0, |a, b| a | b)",
            f"(0..{self.rng.randrange(1, 6)}).map(|i| (i as {ty}).wrapping_mul({step})).fold(0, {ty}::wrapping_add)",
        ))

    # -- other primitives ----------------------------------------------------------------------------

    def bool_(self, ty: Ty, depth: int) -> str:
        def compared() -> str:
            other = self.ty(1)
            ordered = other.kind in (*INTS, "bool", "char", "String", "f64")
            op = self.one(("==", "!=", "<", ">=", "<=", ">") if ordered else ("==", "!="))
            return f"({self.expr(other, depth)} {op} {self.expr(other, depth)})"

        string, number = Ty("String"), self.int_ty()
        return self.pick([
            (5, compared),
            (2, lambda: f"({self.expr(ty, depth)} {self.one(('&&', '||', '^', '&', '|'))} {self.expr(ty, depth)})"),
            (1, lambda: f"(!{self.expr(ty, depth)})"),
            (1, lambda: f"({self.expr(Ty('Option', (self.ty(1),)), depth)}).is_{self.one(('some', 'none'))}()"),
            (1, lambda: f"({self.expr(Ty('Vec', (number,)), depth)}).contains(&({self.expr(number, depth)}))"),
            (1, lambda: f"({self.expr(Ty('Vec', (number,)), depth)}).iter().{self.one(('any', 'all'))}(|x| *x > 3)"),
            (1, lambda: f"({self.expr(string, depth)}).{self.one(('contains', 'starts_with', 'ends_with'))}("
                        f"{self.one(_CHARS)})"),
            (1, lambda: f"({self.expr(Ty('char'), depth)}).is_{self.one(('alphabetic', 'numeric', 'uppercase'))}()"),
            (1, lambda: f"matches!({self.expr(number, depth)}, 1 | 3..=9)"),
            (1, lambda: f"({self.expr(self.ty(1), depth)}).loud()"),
        ])  # fmt: skip

    def char_(self, ty: Ty, depth: int) -> str:
        return self.pick([
            (2, lambda: self.one(_CHARS)),
            (2, lambda: f"((b'a' + ({self.small(Ty('u8'), depth, 26)}) as u8) as char)"),
            (1, lambda: f"({self.expr(ty, depth)}).to_ascii_{self.one(('uppercase', 'lowercase'))}()"),
            (1, lambda: f"({self.expr(Ty('String'), depth)}).chars().{self.one(('next()', 'last()', 'nth(2)'))}"
                        f".unwrap_or({self.one(_CHARS)})"),
            (1, lambda: f"char::from_u32({self.expr(Ty('u32'), depth)}).unwrap_or('?')"),
            (1, lambda: f"char::from_digit({self.small(Ty('u32'), depth, 16)}, 16).unwrap_or('x')"),
        ])  # fmt: skip

    def float(self, ty: Ty, depth: int) -> str:
        def e() -> str:
            return self.expr(ty, depth)

        return self.pick([
            (2, lambda: f"({self.one(_FLOATS)}{ty.kind})"),
            (3, lambda: f"({e()} {self.one('+-*/')} {e()})"),
            (1, lambda: f"({e()}).{self.one(('abs', 'floor', 'ceil', 'trunc', 'round', 'sqrt', 'fract'))}()"),
            (2, lambda: f"(({self.expr(self.int_ty(), depth)}) as {ty.kind})"),
            (1, lambda: f"({e()}).{self.one(('min', 'max'))}({e()})"),
            (1, lambda: f"({e()}).mul_add({e()}, {e()})"),
        ])  # fmt: skip

    def string(self, ty: Ty, depth: int) -> str:
        def e() -> str:
            return self.expr(ty, depth)

        def formatted() -> str:
            spec = self.one((":?", ":#?", ":>12?", ":<6?", ":08.2?"))
            return f'format!("{{{spec}}}|{{}}", {self.expr(self.ty(1), depth)}, {self.expr(self.int_ty(), depth)})'

        number = f'format!("{{:{self.one(("x", "#b", "+", "08", ">7", "^9", "o", "#X", "<5"))}}}", '
        return self.pick([
            (2, lambda: f"String::from({self.one(_STRINGS)})"),
            (3, formatted),
            (2, lambda: number + f"{self.expr(self.int_ty(), depth)})"),
            (2, lambda: f"({e()} + &({e()}))"),
            (1, lambda: f"({e()}).to_{self.one(('upper', 'lower'))}case()"),
            (1, lambda: f"({e()}).chars().rev().collect::<String>()"),
            (1, lambda: f"({e()}).repeat({self.rng.randrange(3)})"),
            (1, lambda: f"({e()}).replace({self.one(_CHARS)}, \"<>\")"),
            (1, lambda: f"({e()}).trim().to_string()"),
            (1, lambda: f"({self.expr(self.int_ty(), depth)}).to_string()"),
            (1, lambda: f"({self.expr(Ty('f64'), depth)}).to_string()"),
            (1, lambda: f"({self.expr(Ty('Vec', (ty,)), depth)}).join(\"-\")"),
            (1, lambda: f"({e()}).split(' ').map(|w| w.len().to_string()).collect::<Vec<_>>().concat()"),
            (1, lambda: f"({e()}).char_indices().filter(|(i, _)| i % 2 == 0).map(|(_, c)| c).collect::<String>()"),
        ])  # fmt: skip

    # -- compound types --------------------------------------------------------------------------------

    def vec(self, ty: Ty, depth: int) -> str:
        elem = ty.args[0]

        def e() -> str:
            return self.expr(ty, depth)

        def listed() -> str:
            return f"vec![{', '.join(self.expr(elem, depth) for _ in range(self.rng.randrange(1, 4)))}]"

        ways: list[tuple[int, Callable[[], str]]] = [
            (5, listed),
            (1, lambda: f"vec![{self.expr(elem, depth)}; {self.rng.randrange(4)}]"),
            (1, lambda: f"({e()}).into_iter().rev().collect::<{ty}>()"),
            (1, lambda: f"({e()}).into_iter().chain({e()}).take(4).collect::<{ty}>()"),
            (1, lambda: f"({e()}).into_iter().skip(1).collect::<{ty}>()"),
            (1, lambda: f"({e()}).iter().enumerate().filter(|(i, _)| i % 2 == 0).map(|(_, x)| x.clone())"
                        f".collect::<{ty}>()"),
            (1, lambda: f"(0..{self.rng.randrange(4)}usize).map(|_| {self.expr(elem, depth)}).collect::<{ty}>()"),
            (1, lambda: f"{{ let mut t = {e()}; t.push({self.expr(elem, depth)}); t.truncate(3); t }}"),
            (1, lambda: f"{{ let mut t = {e()}; t.insert(0, {self.expr(elem, depth)}); t.pop(); t }}"),
            (1, lambda: f"{{ let mut t = {e()}; t.retain(|x| *x != {self.leaf(elem)}); t }}"),
        ]  # fmt: skip
        if elem.kind in (*INTS, "char", "bool", "String"):
            ways += [
                (1, lambda: f"{{ let mut t = {e()}; t.sort(); t.dedup(); t }}"),
                (1, lambda: f"{{ let mut t = {e()}; t.sort_by(|a, b| b.cmp(a)); t }}"),
                (1, lambda: f"({e()}).into_iter().collect::<std::collections::BTreeSet<_>>().into_iter()"
                            f".collect::<{ty}>()"),
            ]  # fmt: skip
        return self.pick(ways)

    def option(self, ty: Ty, depth: int) -> str:
        elem = ty.args[0]
        ways: list[tuple[int, Callable[[], str]]] = [
            (3, lambda: f"Some({self.expr(elem, depth)})"),
            (1, lambda: f"None::<{elem}>"),
            (1, lambda: f"({self.expr(Ty('Vec', (elem,)), depth)}).pop()"),
            (1, lambda: f"({self.expr(Ty('Vec', (elem,)), depth)}).first().cloned()"),
            (1, lambda: f"({self.expr(ty, depth)}).or({self.expr(ty, depth)})"),
            (1, lambda: f"({self.expr(ty, depth)}).filter(|x| *x != {self.leaf(elem)})"),
            (1, lambda: f"({self.expr(Ty('bool'), depth)}).then(|| {self.expr(elem, depth)})"),
            (1, lambda: f"({self.expr(ty, depth)}).map(|x| same(x))"),
        ]
        if elem.kind in INTS:
            name = self.one(("add", "sub", "mul", "div", "rem"))
            ways += [
                (3, lambda: f"({self.expr(elem, depth)}).checked_{name}({self.expr(elem, depth)})"),
                (1, lambda: f"({self.expr(ty, depth)}).and_then(|x| x.checked_sub({self.expr(elem, 1)}))"),
                (1, lambda: f"({self.expr(Ty('String'), depth)}).parse::<{elem}>().ok()"),
                (1, lambda: f"{elem}::try_from({self.expr(self.int_ty(), depth)}).ok()"),
            ]
        return self.pick(ways)

    def tuple_(self, ty: Ty, depth: int) -> str:
        return f"({''.join(self.expr(a, depth) + ', ' for a in ty.args)})"

    def array(self, ty: Ty, depth: int) -> str:
        if ty.args[0].is_copy and self.chance(0.2):
            return f"[{self.expr(ty.args[0], depth)}; {ty.size}]"
        if self.chance(0.2):
            return f"({self.expr(ty, depth)}).map(|x| same(x))"
        return f"[{', '.join(self.expr(ty.args[0], depth) for _ in range(ty.size))}]"

    def box(self, ty: Ty, depth: int) -> str:
        return f"Box::new({self.expr(ty.args[0], depth)})"

    def struct_(self, ty: Ty, depth: int) -> str:
        fields = self.struct(ty).fields
        if self.chance(0.25) and len(fields) > 1:
            name, of = self.rng.choice(fields)
            return f"{ty.name} {{ {name}: {self.expr(of, depth)}, ..{self.expr(ty, depth)} }}"
        return f"{ty.name} {{ {', '.join(f'{n}: {self.expr(t, depth)}' for n, t in fields)} }}"

    def enum_(self, ty: Ty, depth: int) -> str:
        name, parts = self.rng.choice(self.enum(ty).variants)
        return f"{ty.name}::{name}" + (f"({', '.join(self.expr(p, depth) for p in parts)})" if parts else "")


_FORMS: Final[dict[str, Callable[[Exprs, Ty, int], str]]] = {
    **dict.fromkeys(INTS, Exprs.int_), "bool": Exprs.bool_, "char": Exprs.char_, "f64": Exprs.float, "f32": Exprs.float,
    "String": Exprs.string, "Vec": Exprs.vec, "Option": Exprs.option, "tuple": Exprs.tuple_, "array": Exprs.array,
    "Box": Exprs.box, "struct": Exprs.struct_, "enum": Exprs.enum_,
}  # fmt: skip
