"""Expansion: macro_rules, hygiene marks, builtin macros, format strings, derives, cfg; each through `check`."""

from __future__ import annotations

from typing import Any, Optional

import pytest

from interp.base.diagnostics import CompileError, DiagCtxt
from interp.base.span import SourceMap, span_ctxt
from interp.expand.expander import Expander, MacroDef
from interp.syntax import ast, lexer
from interp.syntax.parser import Parser
from interp.syntax.printer import expr_to_string, tokens_to_string
from interp.syntax.token import Group

BUILTINS = "format_args panic assert concat stringify line column file cfg env option_env compile_error unreachable"


class Case:
    """The macros of one source text, ready to be called."""

    def __init__(self, source: str, edition: int = 2021) -> None:
        self.sm = SourceMap()
        self.expander = Expander(self.sm, DiagCtxt(), edition=edition, env={"HOME_TOWN": "Bergen"})
        self.macros: dict[str, MacroDef] = {}
        self.expander.resolve_macro = lambda path, scope: self.macros.get(path.segments[-1].ident.name)
        declared = "".join(f"#[rustc_builtin_macro] macro_rules! {n} {{ () => {{}} }}\n" for n in BUILTINS.split())
        for number, item in enumerate(self.parse(declared + source).parse_crate().items):
            if isinstance(item.kind, ast.MacroRulesDef):
                self.macros[item.ident.name] = self.expander.macro_def(item, number, "demo", edition)
            else:
                self.item = item

    def parse(self, text: str) -> Parser:
        return Parser(lexer.lex(self.sm.add("demo.rs", text.encode())), self.expander.edition, 0)

    def call(self, text: str, kind: str = "expr") -> Any:
        expr = self.parse(text).parse_expr()
        assert isinstance(expr, ast.ExprMac)
        macro = self.macros[expr.mac.path.segments[-1].ident.name]
        return self.expander.expand(macro, expr.mac, kind, None)

    def tokens(self, text: str) -> str:
        """What a macro_rules macro makes, as text."""
        expr = self.parse(text).parse_expr()
        assert isinstance(expr, ast.ExprMac)
        macro = self.macros[expr.mac.path.segments[-1].ident.name]
        return tokens_to_string(self.expander.transcribe(macro, expr.mac)[0])


def check(rules: str, call: str, expected: str) -> None:
    """`macro_rules! m { rules }` makes `expected` of `call` (white space aside)."""
    made = Case(f"macro_rules! m {{ {rules} }}").tokens(call)
    assert "".join(made.split()) == "".join(expected.split())


def fails(rules: str, call: str) -> str:
    with pytest.raises(CompileError) as caught:
        Case(f"macro_rules! m {{ {rules} }}").call(call)
    return caught.value.diagnostics[0].message


def test_fragments() -> None:
    check("($a:expr, $b:ty) => { $a as $b }", "m!(1 + 2, u8)", "1 + 2 as u8")
    check("($v:vis $i:ident) => { $v fn $i() {} }", "m!(pub(crate) f)", "pub(crate) fn f() {}")
    check("($v:vis $i:ident) => { $v fn $i() {} }", "m!(f)", "fn f() {}")
    check("($l:lifetime $b:block) => { $l: loop $b }", "m!('a { 1; })", "'a: loop { 1; }")
    check("($p:pat => $l:literal) => { ($l, $p) }", "m!(Some(1 | 2) => -3)", "(-3, Some(1 | 2))")
    check("($($m:meta),*) => { $(#[$m])* x }", "m!(inline, cfg(test))", "#[inline] #[cfg(test)] x")


def test_repetition() -> None:
    check("($($x:expr),* $(,)?) => { [$($x),*] }", "m!(1, 2, 3,)", "[1, 2, 3]")
    check("($($k:ident: $($v:literal)+);*) => { $(f($k, $($v)+);)* }", "m!(a: 1 2; b: 3)", "f(a, 1 2); f(b, 3);")
    check("($($a:ident)* ; $($b:ident)*) => { $($a = $b),* }", "m!(x y; p q)", "x = p, y = q")
    check("($($($x:literal)*);*) => { $([$($x)*])* }", "m!(1 2; ; 3)", "[1 2][][3]")
    check("($f:ident $($x:ident)*) => { $($f($x);)* }", "m!(f a b)", "f(a); f(b);")


def test_recursion_and_internal_rules() -> None:
    rules = "(@n $x:tt) => { 1 }; ($($x:tt)*) => { 0 $(+ m!(@n $x))* }"
    check(rules, "m!(a (b c) [d])", "0 + m!(@n a) + m!(@n (b c)) + m!(@n [d])")


def test_expression_fragment_keeps_its_precedence() -> None:
    made = Case("macro_rules! m { ($e:expr) => { $e * 2 } }").call("m!(1 + 2)")
    assert isinstance(made, ast.ExprBinary) and made.op == "*"
    assert isinstance(made.lhs, ast.ExprBinary) and made.lhs.op == "+"


def test_meta_variable_expressions() -> None:
    check("($($x:ident)*) => { ${count($x)} $(${index()} ${ignore($x)})* }", "m!(a b c)", "3 0 1 2")


def test_hygiene_marks() -> None:
    case = Case("macro_rules! m { ($x:ident) => { ($x, y) } }")
    made = case.call("m!(y)")
    theirs, ours = (e.path.segments[0].ident for e in made.exprs)
    assert theirs.name == ours.name == "y"
    assert span_ctxt(theirs.span) == 0 and span_ctxt(ours.span) != 0


def test_dollar_crate_names_the_macros_crate() -> None:
    case = Case("macro_rules! m { () => { $crate::f() } }")
    made = case.call("m!()")
    ident = made.func.path.segments[0].ident
    assert ident.name == "$crate" and case.expander.krate_of(ident.span) == "demo"


def test_errors() -> None:
    assert fails("(a) => {}", "m!(b)") == "no rules expected `b`"
    assert fails("(a b) => {}", "m!(a)") == "unexpected end of macro invocation"
    assert fails("() => { m!() }; (x) => { $y }", "m!(1)") == "no rules expected `1`"
    assert "repeats 1 time" in fails("($($a:literal)* ; $($b:literal)*) => { $($a $b)* }", "m!(1; 2 3)")
    assert "local ambiguity" in fails("($($a:ident)* $b:ident) => {}", "m!(x)")


def test_recursion_limit() -> None:
    case = Case("macro_rules! m { () => { m!() } }")
    made = case.call("m!()")
    with pytest.raises(CompileError, match="recursion limit"):
        while True:
            made = case.expander.expand(case.macros["m"], made.mac, "expr", None)


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ('concat!("a", 1, 2.5, true, \'c\', -3)', "a12.5truec-3"),
        ("concat!(stringify!(a + b), \"!\")", "a + b!"),
        ("stringify!(fn f(x: u8) -> u8 { x })", "fn f(x: u8) -> u8 { x }"),
        ('env!("HOME_TOWN")', "Bergen"),
        ("file!()", "demo.rs"),
    ],
)
def test_string_macros(call: str, expected: str) -> None:
    assert Case("").call(call).value == expected


def test_line_and_column_are_of_the_outermost_call() -> None:
    case = Case("macro_rules! m { () => { line!() } }")
    inner = case.call("\n\n  m!()")
    made = case.expander.expand(case.macros["line"], inner.mac, "expr", None)
    assert made.value == 3 and made.suffix == "u32"


def test_cfg() -> None:
    case = Case("")
    assert case.call('cfg!(all(unix, not(windows), target_os = "linux"))').value is True
    assert case.call("cfg!(any(windows, feature = \"x\"))").value is False


def test_assert_quotes_its_condition() -> None:
    made = Case("").call("assert!(a == b)")
    assert isinstance(made, ast.ExprIf)
    call = made.then.stmts[0].expr
    assert call.args[0].value == "assertion failed: a == b"


def format_pieces(call: str) -> list[Any]:
    made = Case("").call(call)
    assert isinstance(made, ast.FormatArgs)
    return made.pieces


def test_format_strings() -> None:
    pieces = format_pieces('format_args!("a{{{}}}b{x:>8.3?}{0:#010x}", 1, x = 2)')
    first, second, third = (p for p in pieces if isinstance(p, ast.FormatSpec))
    assert [p for p in pieces if isinstance(p, str)] == ["a{", "}b"]
    assert (first.arg, first.trait_) == (0, "Display")
    assert (second.arg, second.trait_, second.align, second.width, second.precision) == (1, "Debug", ">", 8, 3)
    assert (third.trait_, third.alternate, third.zero_pad, third.width) == ("LowerHex", True, True, 10)


def test_format_widths_from_arguments() -> None:
    (spec,) = format_pieces('format_args!("{:>1$}", 1, 2)')
    assert spec.width == ("arg", 1)
    (spec,) = format_pieces('format_args!("{:.*}", 1, 2)')
    assert (spec.arg, spec.precision) == (1, ("arg", 0))
    made = Case("").call('format_args!("{x:w$}")')
    assert [expr_to_string(a) for a in made.args] == ["x", "w"] or [expr_to_string(a) for a in made.args] == ["w", "x"]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ('format_args!("{}")', "1 positional argument in format string, but no arguments were given"),
        ('format_args!("{", 1)', "invalid format string: expected `}` but string was terminated"),
        ('format_args!("}")', "invalid format string: unmatched `}` found"),
        ('format_args!("", 1)', "argument never used"),
        ('format_args!("{:q}", 1)', "unknown format trait `q`"),
        ("format_args!(x)", "format argument must be a string literal"),
        ('format_args!("{0} {3}", 1)', "invalid reference to positional argument 3 (there is 1 argument)"),
    ],
)
def test_format_errors(call: str, message: str) -> None:
    with pytest.raises(CompileError) as caught:
        Case("").call(call)
    assert caught.value.diagnostics[0].message == message


def derived(source: str) -> list[ast.Item]:
    case = Case(source)
    return case.expander.derive(case.item)


def trait_names(items: list[ast.Item]) -> list[str]:
    return [i.kind.trait_.segments[-1].ident.name for i in items if isinstance(i.kind, ast.Impl) and i.kind.trait_]


def test_derives_in_order() -> None:
    made = derived(
        "#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)] struct S { a: u8, r#fn: u8 }"
    )
    names = [n for n in trait_names(made) if n != "StructuralPartialEq"]
    assert names == ["Debug", "Clone", "PartialEq", "Eq", "Hash", "PartialOrd", "Ord", "Default"]


def test_derive_bounds() -> None:
    (made,) = derived("#[derive(Clone)] struct S<T: Iterator, U> { a: T::Item, b: U }")
    assert isinstance(made.kind, ast.Impl)
    assert [len(p.bounds) for p in made.kind.generics.params] == [2, 1]
    assert len(made.kind.generics.where) == 1


def test_derive_errors() -> None:
    for source, code in (("#[derive(Default)] enum E { A }", "E0665"), ("#[derive(Clone)] fn f() {}", "E0774")):
        with pytest.raises(CompileError) as caught:
            derived(source)
        assert caught.value.diagnostics[0].code == code


def test_configure() -> None:
    case = Case("struct S { #[cfg(windows)] a: u8, #[cfg(unix)] b: u8, #[cfg_attr(unix, doc = \"x\")] c: u8 }")
    made: Optional[ast.Item] = case.expander.configure_item(case.item)
    assert made is not None and isinstance(made.kind, ast.Struct)
    assert [f.ident.name for f in made.kind.data.fields] == ["b", "c"]
    assert made.kind.data.fields[1].attrs[0].value == "x"


def test_groups_survive() -> None:
    case = Case("macro_rules! m { ($t:tt) => { [$t] } }")
    made = case.expander.transcribe(case.macros["m"], case.parse("m!((1, 2))").parse_expr().mac)[0]  # type: ignore[union-attr]
    assert isinstance(made[0], Group) and isinstance(made[0].stream[0], Group)
