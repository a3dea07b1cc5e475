"""Tokens and token trees: what the lexer makes, macros move about, and the parser reads.

A `Token` is a tuple subclass for speed: `kind`, `text`, `span`, `spacing`.
A delimited group is a `Group`; a list of both is a token stream (`TokenStream`).

`kind` is one of
  "ident"     text without `r#` (a raw identifier has kind "ident" and `raw` set in spacing, see RAW)
  "lifetime"  text with its quote: "'a"
  "literal"   text exactly as written, with prefix and suffix: `1_000u8`, `b"x"`, `r#"..."#`, `'c'`, `1e3`
  "punct"     the longest Rust operator: `>>=`, `->`, `::`, `..=`, `$`, ... (the parser splits `>>` and `&&`)
  "doc"       a doc comment, text is the comment's content; outer or inner is told by `spacing` (OUTER/INNER)
  "interp"    an already parsed fragment (`$e:expr` and so on): `text` is the fragment kind, `node` its AST
  "eof"
Keywords are idents: the parser knows them by text (and RAW tells `r#fn` from `fn`).
`$crate` is an ident token with text "$crate"; its span's context says whose.

Invariant: tokens are immutable; hygiene is the `SyntaxContext` inside `span`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple, Union

from ..base.span import Span

ALONE, JOINT, RAW, OUTER, INNER = 0, 1, 2, 3, 4  # `Token.spacing`


class Token(NamedTuple):
    kind: str
    text: str
    span: Span
    spacing: int = ALONE  # JOINT: a punct follows with no space between
    node: Any = None  # the AST of an "interp" token
    src: Any = None  # the TokenStream that an "interp" token was parsed from, for `stringify!`


@dataclass(slots=True, eq=False)
class Group:
    """`delim` is "(", "[", "{" or "" (an invisible group round a macro fragment).

    `kind`, `text`, `spacing`, `node` and `span` read as a `Token`'s do, so that a parser can look at either alike;
    `text` is the delimiter, "{}" for none.
    """

    delim: str
    stream: TokenStream
    open: Span
    close: Span

    kind: ClassVar[str] = "group"
    spacing: ClassVar[int] = ALONE
    node: ClassVar[Any] = None

    @property
    def text(self) -> str:
        return self.delim or "{}"

    @property
    def span(self) -> Span:
        first, last = self.open, self.close
        return Span(first & ~0xFFFFFF | last & 0xFFFFFF) if first >> 48 == last >> 48 else first


TokenTree = Union[Token, Group]
TokenStream = list[TokenTree]
