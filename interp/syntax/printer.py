"""Printing tokens and AST as rustc does: `stringify!`, the text of `assert!`, and diagnostics.

Tokens keep the spacing of the source where a person wrote them side by side; elsewhere a rule by the two tokens says
whether a blank goes between (`_space_between`).  AST is laid out by `ast_printer.py` and `expr_printer.py`.
"""

from __future__ import annotations

from .ast import Expr, Pat, Path, Ty
from .expr_printer import AstPrinter
from .keywords import BY_EDITION
from .pp import INDENT, Printer
from .token import INNER, RAW, Group, Token, TokenStream, TokenTree

_KEYWORDS = BY_EDITION[2021]
_CALLABLE = frozenset(["fn", "Self", "pub"])
_CLOSER = {"(": ")", "[": "]", "{": "}", "": ""}
_HI = 0xFFFFFF


def tokens_to_string(stream: TokenStream) -> str:
    """What `stringify!` makes of tokens."""
    out = Printer()
    print_tokens(out, stream)
    return out.finish()


def expr_to_string(expr: Expr) -> str:
    out = Printer()
    AstPrinter(out, print_tokens).expr(expr)
    return out.finish()


def ty_to_string(ty: Ty) -> str:
    out = Printer()
    AstPrinter(out, print_tokens).ty(ty)
    return out.finish()


def pat_to_string(pat: Pat) -> str:
    out = Printer()
    AstPrinter(out, print_tokens).pat(pat)
    return out.finish()


def path_to_string(path: Path) -> str:
    out = Printer()
    AstPrinter(out, print_tokens).path(path)
    return out.finish()


def token_text(tok: Token) -> str:
    """A token as it is written."""
    if tok.kind == "ident":
        return f"r#{tok.text}" if tok.spacing == RAW else tok.text
    if tok.kind == "lifetime" and tok.spacing == RAW:
        return f"'r#{tok.text[1:]}"
    if tok.kind == "doc":
        hashes = "#" * _hashes(tok.text)
        return f"#{'!' if tok.spacing == INNER else ''}[doc = r{hashes}\"{tok.text}\"{hashes}]"
    return tok.text


def _hashes(text: str) -> int:
    """How many `#` a raw string round `text` needs."""
    count = 0
    while '"' + "#" * count in text:
        count += 1
    return count


def print_tokens(out: Printer, stream: TokenStream) -> None:
    last: TokenTree | None = None
    for tree in stream:
        if isinstance(tree, Group) and not tree.delim and not tree.stream:
            continue
        if last is not None and not _adjacent(last, tree) and _space_between(last, tree):
            out.space()
        _print_tree(out, tree)
        last = tree


def _print_tree(out: Printer, tree: TokenTree) -> None:
    if isinstance(tree, Group):
        _print_group(out, tree)
    elif tree.kind == "interp":
        _print_fragment(out, tree)
    else:
        out.word(token_text(tree))


def _print_fragment(out: Printer, tok: Token) -> None:
    if tok.src is not None:
        print_tokens(out, tok.src)
    else:
        AstPrinter(out, print_tokens).node(tok.node)


def _print_group(out: Printer, group: Group) -> None:
    if group.delim == "{":
        _print_braces(out, group)
        return
    out.word(group.delim)
    out.ibox()
    print_tokens(out, group.stream)
    out.end()
    out.word(_CLOSER[group.delim])


def _print_braces(out: Printer, group: Group) -> None:
    if not group.stream:
        out.word("{}")
        return
    spaced = group.open & _HI != (group.stream[0].span >> 24) & _HI
    out.cbox(INDENT)
    out.word("{")
    if spaced:
        out.space()
    out.ibox()
    print_tokens(out, group.stream)
    out.end()
    if spaced:
        out.break_offset(1, -INDENT)
    out.word("}")
    out.end()


def _adjacent(first: TokenTree, second: TokenTree) -> bool:
    """Whether both stood side by side in the text of a file (and not of a macro's body)."""
    one, two = first.span, second.span
    return one >> 48 == two >> 48 and not one >> 64 and one & _HI == (two >> 24) & _HI and two != one


def _is_punct(tree: TokenTree) -> bool:
    return tree.kind == "punct"


def _space_between(first: TokenTree, second: TokenTree) -> bool:
    if first.kind == "punct":
        if (first.text == "." and not _is_punct(second)) or (first.text == "$" and second.kind == "ident"):
            return False
        return not (first.text == "#" and second.text == "[" and second.kind == "group")
    if second.kind == "punct" and second.text in (",", ";", "."):
        return False
    if first.kind == "ident":
        return not _calls(first, second)
    return True


def _calls(first: TokenTree, second: TokenTree) -> bool:
    """`f(`, `pub(`, `name!`: an identifier and what clings to it; one that a macro put in clings to nothing."""
    if first.span >> 64 != second.span >> 64:
        return False
    plain = first.spacing == RAW or first.text not in _KEYWORDS
    if second.kind == "group":
        return second.text == "(" and (plain or first.text in _CALLABLE)
    return second.kind == "punct" and second.text == "!" and plain
