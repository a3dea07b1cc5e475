"""Already parsed fragments (`$e:expr` and so on) and invisible groups stand wherever their nonterminal may."""

from __future__ import annotations

import pytest

from interp.base.span import SourceMap
from interp.syntax.lexer import lex_str
from interp.syntax.parser import Parser
from interp.syntax.token import Group, Token, TokenStream

from .check import parser, picture

_PARSE = {"pat_param": "pat", "literal": "literal_maybe_minus", "meta": "meta_item"}


def fragment(kind: str, text: str) -> Token:
    p = parser(text)
    node = getattr(p, f"parse_{_PARSE.get(kind, kind)}")()
    assert p.at_end
    return Token("interp", kind, p.toks[0].span if p.toks else p.end.span, 0, node)


def fill(stream: TokenStream, holes: dict[str, Token | Group]) -> TokenStream:
    """`$name` replaced by what stands for it."""
    out: TokenStream = []
    skip = False
    for at, tree in enumerate(stream):
        if skip:
            skip = False
        elif isinstance(tree, Group):
            out.append(Group(tree.delim, fill(tree.stream, holes), tree.open, tree.close))
        elif tree.text == "$":
            out.append(holes[stream[at + 1].text])
            skip = True
        else:
            out.append(tree)
    return out


def check(kind: str, text: str, expected: str, **holes: Token | Group) -> None:
    p = Parser(fill(lex_str(SourceMap(), text), holes))
    node = getattr(p, f"parse_{kind}")()
    assert p.at_end, p.tok
    assert picture(node) == expected


E = fragment("expr", "1 + 2")
L = fragment("literal", "-1")
T = fragment("ty", "Vec<u8>")
P = fragment("path", "a::B")
B = fragment("block", "{ x }")
PAT = fragment("pat", "A | B")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$e * 3", "((1 + 2) * 3)"),
        ("-$e", "(-(1 + 2))"),
        ("$e.f()", "(1 + 2).f()"),
        ("[$e; $e]", "ExprRepeat(expr=(1 + 2), len=const (1 + 2))"),
        ("f($e, $l)", "f((1 + 2), (-1))"),
        ("if $e == $e {}", "ExprIf(cond=((1 + 2) == (1 + 2)), then={})"),
        ("x as $t", "(x as Vec<u8>)"),
        ("<$t>::new()", "<Vec<u8>@0>new()"),
        ("$t::new()", "Vec<u8>::new()"),
        ("$p { a: 1 }", "ExprStruct(path=a::B, fields=[ExprFieldInit(ident=a, expr=1)])"),
        ("$p(1)", "a::B(1)"),
        ("$p!(x)", "a::B!(ident:x"),
        ("$b", "ExprBlock(block={x})"),
        ("if a $b else $b", "ExprIf(cond=a, then={x}, else_=ExprBlock(block={x}))"),
        ("unsafe $b", "ExprBlock(block={x}, kind='unsafe')"),
        ("loop $b", "ExprLoop(body={x})"),
        ("|x| -> u8 $b", "ExprClosure(params=[ClosureParam(pat=x)], output=u8, body=ExprBlock(block={x}))"),
        ("match x { $q => 1, $l..=$l => $b }", "ExprMatch(scrutinee=x, arms=[Arm(pat=(A | B), body=1), "
         "Arm(pat=PatRange(lo=(-1), hi=(-1), inclusive), body=ExprBlock(block={x}))])"),
        ("F::<$e, $l, $t, $b>::X", "F<const (1 + 2), const (-1), Vec<u8>, const ExprBlock(block={x})>::X"),
    ],
)  # fmt: skip
def test_in_expressions(text: str, expected: str) -> None:
    check("expr", text, expected, e=E, l=L, t=T, p=P, b=B, q=PAT)


def test_in_patterns() -> None:
    check("pat", "($q, x)", "tuple((A | B), x)", q=PAT)
    check("pat", "$q | C", "((A | B) | C)", q=PAT)
    check("pat", "$l..=$l", "PatRange(lo=(-1), hi=(-1), inclusive)", l=L)
    check("pat", "$p(x)", "a::B(x)", p=P)
    check("pat", "$p", "path a::B", p=P)
    check("pat", "$e", "path X", e=fragment("expr", "X"))


def test_in_types() -> None:
    check("ty", "&mut [$t; $e]", "&mut [Vec<u8>; (1 + 2)]", t=T, e=E)
    check("ty", "HashMap<$t, $p>", "HashMap<Vec<u8>, a::B>", t=T, p=P)
    check("ty", "$t::Item", "Vec<u8>::Item", t=T)
    check("ty", "<$t as $p>::Item", "<Vec<u8>@2>a::B::Item", t=T, p=P)
    check("ty", "impl $p + $l", "TyImplTrait(bounds=[a::B, 'a])", p=P, l=fragment("lifetime", "'a"))


def test_items() -> None:
    item, vis, meta = fragment("item", "fn f() {}"), fragment("vis", "pub(crate)"), fragment("meta", "derive(Debug)")
    none = fragment("vis", "")
    check("items", "#[$m] $v struct S { $v a: $t } $i $n fn g() {}",
          "[#[derive] crate S Struct(generics=[], data=VariantData(kind='struct', fields=[FieldDef(ident=a, vis=crate, "
          "ty=Vec<u8>)])), f Fn(generics=[], body={}), g Fn(generics=[], body={})]",
          m=meta, v=vis, i=item, t=T, n=none)  # fmt: skip
    expected = "Impl(generics=[], trait_=a::B, self_ty=Vec<u8>, items=[f Fn(generics=[], body={x})])"
    check("item", "impl $p for $t { fn f() $b }", expected, p=P, t=T, b=B)


def test_statements() -> None:
    let, expr = fragment("stmt", "let x = 1"), fragment("stmt", "f()")
    check("stmts", "$a; $b; $i y", "[StmtLet(pat=x, init=1), f();, f Fn(generics=[], body={}), y]",
          a=let, b=expr, i=fragment("item", "fn f() {}"))  # fmt: skip


def test_a_statement_fragment_is_not_changed_by_its_use() -> None:
    stmt = fragment("stmt", "f()")
    check("stmts", "$a; $a", "[f();, f()]", a=stmt)
    assert picture(stmt.node) == "f()"


def _invisible(text: str) -> Group:
    stream = lex_str(SourceMap(), text)
    return Group("", stream, stream[0].span, stream[-1].span)


def test_invisible_groups_are_one_operand() -> None:
    check("expr", "$e * 3", "((1 + 2) * 3)", e=_invisible("1 + 2"))
    check("ty", "&$t", "&Vec<u8>", t=_invisible("Vec<u8>"))
    check("pat", "($q, x)", "tuple((A | B), x)", q=_invisible("A | B"))
    check("expr", "$p::c(1)", "a::b::c(1)", p=_invisible("a::b"))


def test_a_fragment_of_the_wrong_kind_is_an_error() -> None:
    p = Parser([fragment("ty", "[u8]")])
    with pytest.raises(Exception, match="expected expression, found `ty` metavariable"):
        p.parse_expr()
