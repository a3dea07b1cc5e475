"""Format strings: parsing `"{x:>8.3} {}"` and its arguments into `ast.FormatArgs` (std::fmt's grammar)."""

from __future__ import annotations

import re
from typing import Callable, Optional, Union

from ..base.diagnostics import CompileError, error
from ..base.span import Span
from ..syntax import ast

_TRAITS = {
    "": "Display", "?": "Debug", "x": "LowerHex", "X": "UpperHex", "o": "Octal", "b": "Binary", "e": "LowerExp",
    "E": "UpperExp", "p": "Pointer", "x?": "Debug", "X?": "Debug",
}  # fmt: skip
_IDENT = r"[^\W\d]\w*"
_SPEC = re.compile(
    rf"(?:(?P<fill>.)(?P<falign>[<^>])|(?P<align>[<^>]))?(?P<sign>[+-])?(?P<alt>\#)?(?P<zero>0(?!\$))?"
    rf"(?P<width>{_IDENT}\$|\d+\$|\d+)?(?:\.(?P<prec>\*|{_IDENT}\$|\d+\$|\d+))?\s*(?P<trait>.*)",
    re.S,
)

Place = Callable[[int, int], Span]
Count = Optional[Union[int, tuple[str, int]]]


class _Builder:
    """Collects arguments: the explicit ones first, captured identifiers behind them."""

    def __init__(
        self, positional: list[ast.Expr], named: dict[str, tuple[ast.Expr, Span]], span: Span, lit_span: Span
    ) -> None:
        self.args = [*positional, *(e for e, _ in named.values())]
        self.explicit = len(self.args)
        self.positional = len(positional)
        self.names = {name: self.positional + i for i, name in enumerate(named)}
        self.named_spans = {self.positional + i: s for i, (_, s) in enumerate(named.values())}
        self.used: set[int] = set()
        self.next = 0
        self.span = span
        self.lit_span = lit_span
        self.place: Place = lambda first, last: lit_span
        self.implicit_wanted = 0
        self.may_capture = True

    def index(self, number: int, span: Span) -> int:
        if number >= self.positional and number >= self.explicit:
            self._too_many(number, span)
        self.used.add(number)
        return number

    def _too_many(self, number: int, span: Span) -> None:
        have = self.positional
        are = (
            "there is 1 argument" if have == 1 else f"there are {have} arguments" if have else "no arguments were given"
        )
        raise CompileError(error(span, f"invalid reference to positional argument {number} ({are})"))

    def name(self, name: str, span: Span, whole: Optional[Span] = None) -> int:
        """The argument called `name`; captured now if need be, by the placeholder at `whole`."""
        found = self.names.get(name)
        if found is None:
            if not self.may_capture:
                raise CompileError(error(span, f"there is no argument named `{name}`"))
            found = self.names[name] = len(self.args)
            path = ast.Path([ast.PathSegment(ast.Ident(name, span), None)], span)
            self.args.append(ast.ExprPath(path, whole or span))
        self.used.add(found)
        return found

    def implicit(self) -> int:
        number = self.next
        self.next += 1
        self.implicit_wanted += 1
        if number < self.positional:
            self.used.add(number)
        return number


def parse(
    template: str, positional: list[ast.Expr], named: dict[str, tuple[ast.Expr, Span]], span: Span, lit_span: Span,
    may_capture: bool = True, place: Optional[Place] = None,
) -> ast.FormatArgs:  # fmt: skip
    """`template` is the decoded string; `lit_span` its literal, whose hygiene captured names take; `place` tells where
    in that a part of the template stands."""
    builder = _Builder(positional, named, span, lit_span)
    builder.may_capture = may_capture
    if place is not None:
        builder.place = place
    pieces: list[Union[str, ast.FormatSpec]] = []
    at = 0
    text: list[str] = []
    while at < len(template):
        char = template[at]
        if char in "{}" and template[at : at + 2] == char * 2:
            text.append(char)
            at += 2
        elif char == "{":
            end = _closing(template, at, builder)
            if text:
                pieces.append("".join(text))
                text = []
            pieces.append(_argument(template[at + 1 : end], at + 1, builder))
            at = end + 1
        elif char == "}":
            raise CompileError(
                error(
                    builder.place(at, at + 1), "invalid format string: unmatched `}` found",
                    label="unmatched `}` in format string",
                )
            )
        else:
            stop = _next_brace(template, at)
            text.append(template[at:stop])
            at = stop
    if text:
        pieces.append("".join(text))
    _check_used(builder)
    return ast.FormatArgs(pieces, builder.args, span)


def _next_brace(template: str, at: int) -> int:
    found = [i for i in (template.find("{", at), template.find("}", at)) if i >= 0]
    return min(found, default=len(template))


def _closing(template: str, at: int, builder: _Builder) -> int:
    start = at + 1
    while start < len(template):
        if template[start] == "}" and not (
            template[start + 1 : start + 2] in "<^>" and template[start - 1] == ":" and template[start + 1 : start + 2]
        ):
            return start
        start += 1
    raise CompileError(
        error(
            builder.lit_span,
            "invalid format string: expected `}` but string was terminated",
            label="expected `}` in format string",
        )
    )


def _argument(inner: str, start: int, builder: _Builder) -> ast.FormatSpec:
    """`inner` stands between braces, from `start` in the template."""
    name, colon, spec = inner.partition(":")
    behind = start + len(name) + 1
    named = builder.place(start + len(name) - len(name.lstrip()), start + len(name.rstrip()))
    name = name.strip()
    match = _SPEC.fullmatch(spec if colon else "")
    assert match is not None
    kind = match["trait"].strip()
    if kind not in _TRAITS:
        at = behind + match.start("trait")
        raise CompileError(error(builder.place(at, at + len(kind)), f"unknown format trait `{kind}`"))
    precision: Count = None
    if match["prec"] == "*":
        precision = ("arg", _checked(builder, builder.implicit()))
    whole = builder.place(start - 1, start + len(inner) + 1)
    arg = _position(name, builder, named, whole)
    if match["prec"] not in (None, "*"):
        precision = _count(match, "prec", behind, builder)
    return ast.FormatSpec(
        arg, _TRAITS[kind], match["fill"] or " ", match["falign"] or match["align"] or "", match["sign"] or "",  # type: ignore[arg-type]
        bool(match["alt"]), bool(match["zero"]), kind[0] if kind in ("x?", "X?") else "",  # type: ignore[arg-type]
        _count(match, "width", behind, builder), precision, whole,
    )  # fmt: skip


def _position(name: str, builder: _Builder, span: Span, whole: Span) -> int:
    if not name:
        return builder.implicit()
    if name.isdigit():
        return builder.index(int(name), span)
    bare = name[2:] if name.startswith("r#") else name
    if not re.fullmatch(_IDENT, bare):
        raise CompileError(error(builder.lit_span, f"invalid format string: expected `}}`, found `{_odd_char(name)}`"))
    return builder.name(bare, span, whole)


def _odd_char(name: str) -> str:
    return next((c for c in name if not (c.isalnum() or c == "_")), name[:1])


def _checked(builder: _Builder, number: int) -> int:
    if number >= builder.explicit:
        builder._too_many(number, builder.lit_span)
    return number


def _count(match: re.Match[str], group: str, start: int, builder: _Builder) -> Count:
    text = match[group]
    if not text:
        return None
    if text.endswith("$"):
        name, span = text[:-1], builder.place(start + match.start(group), start + match.end(group) - 1)
        return ("arg", builder.index(int(name), span) if name.isdigit() else builder.name(name, span))
    return int(text)


def _check_used(builder: _Builder) -> None:
    wanted = builder.implicit_wanted
    if wanted > builder.positional and builder.next > builder.positional:
        have = builder.positional
        are = (
            "there is 1 argument" if have == 1 else f"there are {have} arguments" if have else "no arguments were given"
        )
        raise CompileError(
            error(builder.lit_span, f"{wanted} positional argument{'s' * (wanted != 1)} in format string, but {are}")
        )
    unused = [i for i in range(builder.explicit) if i not in builder.used]
    if unused:
        kind = "named argument never used" if unused[0] in builder.named_spans else "argument never used"
        message = kind if len(unused) == 1 else "multiple unused formatting arguments"
        first = builder.args[unused[0]]
        raise CompileError(error(first.span, message, label=kind))

