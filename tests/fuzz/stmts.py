"""Statements, functions and whole programs for the differential tester (`grow.py`).

To add a kind of statement: a method, and its line in `statement`.
"""

from __future__ import annotations

import random

from .grow import INTS, Enum, Fn, Struct, Ty, Var
from .scenes_std import SCENES, StdScenes

COMMON = """\
#![allow(warnings, arithmetic_overflow, unconditional_panic, overflowing_literals)]
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet, BinaryHeap, HashMap, HashSet, VecDeque};
use std::fmt::Debug;
use std::rc::{Rc, Weak};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::panic::{catch_unwind, AssertUnwindSafe};

pub fn same<T>(x: T) -> T { x }
pub fn second<T: Clone>(_: &bool, x: &T) -> T { x.clone() }
pub trait Loud { fn loud(&self) -> bool; }
impl<T: Debug> Loud for T { fn loud(&self) -> bool { format!("{self:?}").len() % 2 == 0 } }
pub struct Noisy(pub &'static str, pub u32);
impl Drop for Noisy { fn drop(&mut self) { println!("drop {} {}", self.0, self.1); } }
pub fn attempt(number: usize, run: fn()) {
    println!("== {number}");
    if let Err(problem) = catch_unwind(AssertUnwindSafe(run)) {
        let text = problem.downcast_ref::<String>().cloned();
        println!("panic: {:?}", text.or_else(|| problem.downcast_ref::<&str>().map(|s| s.to_string())));
    }
}
"""


class Program(StdScenes):
    """One module."""

    def block_of(self, lines: int, depth: int) -> list[str]:
        """Statements in a scope of their own."""
        mark = len(self.scope)
        out = [line for _ in range(lines) for line in self.statement(depth)]
        del self.scope[mark:]
        return ["    " + line for line in out]

    def statement(self, depth: int) -> list[str]:
        if self.budget < 0:
            return []
        ways = [(5, self.let), (4, self.show), (2, self.noisy), (3, self.assign)]
        if depth > 0:
            ways += [
                (3, lambda: self.if_(depth)), (2, lambda: self.for_(depth)), (1, lambda: self.while_(depth)),
                (3, lambda: self.match(depth)), (1, lambda: self.loop(depth)), (1, lambda: self.inner_block(depth)),
                (1, lambda: self.caught(depth)), (1, lambda: self.closure(depth)), (1, lambda: self.if_let(depth)),
            ]  # fmt: skip
        way = self.rng.choices([w for _, w in ways], [weight for weight, _ in ways])[0]
        return way()

    def declare(self, ty: Ty, mutable: bool) -> str:
        name = self.fresh("x")
        self.scope.append(Var(name, ty, mutable))
        return name

    def let(self) -> list[str]:
        ty = self.ty()
        value, mutable = self.expr(ty), self.chance(0.5)
        if ty.kind == "tuple" and self.chance(0.5):
            names = [self.fresh("p") for _ in ty.args]
            self.scope += [Var(n, t) for n, t in zip(names, ty.args)]
            return [f"let ({', '.join(names)},): {ty} = {value};"]
        return [f"let {'mut ' if mutable else ''}{self.declare(ty, mutable)}: {ty} = {value};"]

    def show(self) -> list[str]:
        ty = self.ty()
        return [f'println!("{self.fresh("s")} {{:?}}", {self.expr(ty)});']

    def noisy(self) -> list[str]:
        name = self.fresh("d")
        value = f'Noisy("{name}", {self.expr(Ty("u32"), 1)})'
        form = self.one(("let _{n} = {v};", "let _ = {v};", "drop({v});", "let _{n} = ({v}, 1);", "{v};",
                         "let _{n} = Some({v});", "let _{n} = vec![{v}, Noisy(\"second\", 2)];"))  # fmt: skip
        return [form.format(n=name, v=value)]

    def assign(self) -> list[str]:
        var = self.some(lambda ty: True)
        mutable = [v for v in self.scope if v.mutable]
        if not mutable or var is None:
            return self.show()
        target = self.rng.choice(mutable)
        ty, name = target.ty, target.name
        if ty.kind in INTS and self.chance(0.6):
            op = self.one(("^=", "|=", "&=", ">>="))
            value = self.small(Ty("u32"), 1, 8) if op == ">>=" else self.expr(ty, 2)
            return [f"{name} {op} {value};"]
        if ty.kind == "Vec" and self.chance(0.7):
            elem = ty.args[0]
            return [self.one((f"{name}.push({self.expr(elem, 2)});", f"{name}.extend({self.expr(ty, 2)});",
                              f"{name}.reverse();", f"{name}.truncate(2);", f"{name}.clear();",
                              f"if let Some(last) = {name}.last_mut() {{ *last = {self.expr(elem, 1)}; }}",
                              f"{name} = std::mem::take(&mut {name}).into_iter().rev().collect();"))]  # fmt: skip
        if ty.kind == "String" and self.chance(0.7):
            return [self.one((f"{name}.push({self.expr(Ty('char'), 1)});", f"{name}.push_str(\"+\");",
                              f"{name}.insert(0, '^');", f"{name}.clear();", f"{name} += \"z\";"))]  # fmt: skip
        if ty.kind == "struct" and self.chance(0.7):
            field, of = self.rng.choice(self.struct(ty).fields)
            return [f"{name}.{field} = {self.expr(of, 2)};"]
        if ty.kind == "tuple" and self.chance(0.7):
            at = self.rng.randrange(len(ty.args))
            return [f"{name}.{at} = {self.expr(ty.args[at], 2)};"]
        if ty.kind == "Option" and self.chance(0.5):
            return [self.one((f"let _ = {name}.take();", f"{name}.get_or_insert({self.expr(ty.args[0], 1)});"))]
        return [f"{name} = {self.expr(ty, 2)};"]

    # -- control ---------------------------------------------------------------------------------------

    def if_(self, depth: int) -> list[str]:
        out = [f"if {self.expr(Ty('bool'), 2)} {{", *self.block_of(self.rng.randint(1, 3), depth - 1)]
        if self.chance(0.5):
            out += [f"}} else if {self.expr(Ty('bool'), 1)} {{", *self.block_of(1, depth - 1)]
        if self.chance(0.6):
            out += ["} else {", *self.block_of(self.rng.randint(1, 2), depth - 1)]
        return [*out, "}"]

    def if_let(self, depth: int) -> list[str]:
        elem = self.ty(1)
        value = self.expr(Ty("Option", (elem,)), 2)
        if self.chance(0.4):
            name = self.declare(elem, False)
            return [f"let Some({name}) = ({value}) else {{", '    println!("none"); return Default::default();', "};"]
        mark = len(self.scope)
        name = self.declare(elem, False)
        body = self.block_of(2, depth - 1)
        del self.scope[mark:]
        return [f"if let Some({name}) = {value} {{", *body, "}"]

    def for_(self, depth: int) -> list[str]:
        elem = self.int_ty() if self.chance(0.5) else self.ty(1)
        form = self.one(("range", "vec", "ref"))
        if elem.kind not in INTS and form == "range":
            form = "vec"
        over = {
            "range": f"0..{self.rng.randrange(1, 5)} as {elem}",
            "vec": f"({self.expr(Ty('Vec', (elem,)), 2)}).into_iter().take(4)",
            "ref": f"({self.expr(Ty('Vec', (elem,)), 2)}).iter().cloned().take(3)",
        }[form]
        mark = len(self.scope)
        name, label = self.declare(elem, False), self.fresh("'l")
        self.loops += 1
        self.labels.append(label)
        body = self.block_of(self.rng.randint(1, 3), depth - 1)
        body += self.leave()
        self.labels.pop()
        self.loops -= 1
        del self.scope[mark:]
        return [f"{label}: for {name} in {over} {{", *body, "}"]

    def leave(self) -> list[str]:
        if self.chance(0.5):
            return []
        label = self.one([*self.labels, ""])
        return [f"    if {self.expr(Ty('bool'), 1)} {{ {self.one(('break', 'continue'))} {label}; }}"]

    def while_(self, depth: int) -> list[str]:
        counter = self.fresh("i")
        self.loops += 1
        body = self.block_of(2, depth - 1)
        self.loops -= 1
        limit = f"{counter} < {self.rng.randrange(1, 5)} && {self.expr(Ty('bool'), 1)}"
        return [f"let mut {counter} = 0;", f"while {limit} {{", f"    {counter} += 1;", *body, "}"]

    def loop(self, depth: int) -> list[str]:
        ty, counter = self.ty(1), self.fresh("i")
        label = self.fresh("'l")
        self.loops += 1
        body = self.block_of(2, depth - 1)
        self.loops -= 1
        value = self.expr(ty, 2)
        name = self.declare(ty, False)
        return [f"let mut {counter} = 0;", f"let {name}: {ty} = {label}: loop {{", f"    {counter} += 1;", *body,
                f"    if {counter} > {self.rng.randrange(1, 4)} {{ break {label} {value}; }}", "};"]  # fmt: skip

    def match(self, depth: int) -> list[str]:
        var = self.some(lambda ty: ty.kind in ("enum", "Option", *INTS))
        if var is None:
            return self.let()
        arms = self.arms(var.ty, lambda: " ".join(line.strip() for line in self.block_of(1, 0)))
        return [f"match {self.read(var)} {{", *(f"    {arm}" for arm in arms), "}"]

    def inner_block(self, depth: int) -> list[str]:
        return ["{", *self.block_of(3, depth - 1), "}"]

    def caught(self, depth: int) -> list[str]:
        """A panic, perhaps, that goes no further; what stood on the way is dropped."""
        loops, self.loops = self.loops, 0
        labels, self.labels = self.labels, []
        scope, self.scope = self.scope, [Var(v.name, v.ty) for v in self.scope]
        mark = len(self.scope)
        body = [line for _ in range(2) for line in self.statement(depth - 1)]
        value = self.expr(self.int_ty(), 3)
        del self.scope[mark:]
        self.scope, self.loops, self.labels = scope, loops, labels
        name = self.fresh("c")
        return [f"let {name} = catch_unwind(AssertUnwindSafe(|| {{", *("    " + line for line in body), f"    {value}",
                f'}})); println!("{name} {{:?}}", {name}.ok());']  # fmt: skip

    def closure(self, depth: int) -> list[str]:
        name, param, output = self.fresh("f"), self.ty(1), self.ty(1)
        given = self.expr(param, 2)
        total = self.fresh("t")
        mark = len(self.scope)
        arg = self.declare(param, False)
        value = self.expr(output, 2)
        del self.scope[mark:]
        return [f"let mut {total} = 0u32;",
                f"let mut {name} = |{arg}: {param}| -> {output} {{ {total} += 1; {value} }};",
                f'println!("{name} {{:?}} {{:?}}", {name}({given}), {name}({self.leaf(param)}));',
                f'println!("{total} {{}}", {total});']  # fmt: skip

    # -- items -----------------------------------------------------------------------------------------

    def items(self) -> list[str]:
        out: list[str] = []
        for _ in range(self.rng.randint(1, 2)):
            name = self.fresh("S")
            fields = [(self.fresh("f"), self.ty(1)) for _ in range(self.rng.randint(1, 4))]
            out.append("#[derive(Clone, Debug, PartialEq, Default)]")
            out.append(f"pub struct {name} {{ {', '.join(f'pub {n}: {t}' for n, t in fields)} }}")
            self.structs.append(Struct(Ty("struct", name=name), fields))
        for _ in range(self.rng.randint(1, 2)):
            name = self.fresh("E")
            variants = [(self.fresh("V"), [self.ty(1) for _ in range(self.rng.choice((0, 1, 1, 2)))])
                        for _ in range(self.rng.randint(2, 4))]  # fmt: skip
            variants.insert(0, (self.fresh("V"), []))
            shown = [n + (f"({', '.join(map(str, parts))})" if parts else "") for n, parts in variants]
            out.append("#[derive(Clone, Debug, PartialEq, PartialOrd, Default)]"
                       if all(_ordered(p) for _, ps in variants for p in ps)
                       else "#[derive(Clone, Debug, PartialEq, Default)]")  # fmt: skip
            out.append(f"pub enum {name} {{ #[default] {', '.join(shown)} }}")
            self.enums.append(Enum(Ty("enum", name=name), variants))
        return out

    def function(self) -> list[str]:
        name, params, output = self.fresh("g"), [self.ty(1) for _ in range(self.rng.randint(0, 3))], self.ty()
        self.scope = []
        shown = [f"mut {self.declare(p, True)}: {p}" for p in params]
        self.budget = 60
        body = self.block_of(self.rng.randint(1, 4), 2)
        value = self.expr(output, 3)
        self.fns.append(Fn(name, params, output))
        head = f"pub fn {name}({', '.join(shown)}) -> {output} {{"
        return [head, *body, f"    {value}", "}"]

    def module(self) -> list[str]:
        out = self.items()
        for _ in range(self.rng.randint(1, 4)):
            out += self.function()
        self.scope, self.budget = [], 150
        body = self.block_of(self.rng.randint(4, 9), 3)
        for fn in self.fns:
            args = ", ".join(self.expr(p, 2) for p in fn.params)
            body.append(f'    println!("{fn.name} {{:?}}", {fn.name}({args}));')
        for scene in self.rng.sample(SCENES, self.rng.randint(1, 3)):
            name = self.fresh("scene")
            out += scene(self, name)
            body.append(f"    {name}();")
        return [*out, "pub fn run() {", *body, "}"]


def _ordered(ty: Ty) -> bool:
    return not ty.name and all(_ordered(a) for a in ty.args)


def program(seed: int) -> list[str]:
    """The lines of the module of program number `seed`."""
    return Program(random.Random(f"diff {seed}")).module()


def batch(modules: dict[int, list[str]]) -> str:
    """One file that runs all of them, one after the other."""
    parts = [COMMON]
    for number, lines in modules.items():
        parts += [f"mod p{number} {{ use super::*;", *lines, "}"]
    parts += ["fn main() {", "    std::panic::set_hook(Box::new(|_| {}));"]
    parts += [f"    attempt({number}, p{number}::run);" for number in modules]
    return "\n".join([*parts, "}", ""])
