"""The parser's face: `Parser(stream, edition, end_span)` and a method for each nonterminal.

A method parses from where the cursor is and leaves it behind what it took (`pos`, `at_end`, `remaining()` tell).
Whatever the tokens, nothing but `CompileError` leaves a method; nesting beyond the host's stack is one, too.

With `lazy_bodies` a function's body becomes a `LazyBody`, for `parse_lazy_body` when it is needed.
To add a nonterminal: a production in `grammar/`, and a method here.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar, cast

from ..base.diagnostics import CompileError
from ..base.span import SourceFile, mk_span, span_file, span_hi
from .ast import (
    Attribute,
    Block,
    Crate,
    Expr,
    Generics,
    Item,
    LazyBody,
    Lifetime,
    Pat,
    Path,
    Stmt,
    Ty,
    Visibility,
)  # fmt: skip
from .cursor import Cursor
from .grammar import attributes, expressions, generics, items, paths, patterns, statements, types

_P = ParamSpec("_P")
_T = TypeVar("_T")


def _entry(method: Callable[Concatenate[Parser, _P], _T]) -> Callable[Concatenate[Parser, _P], _T]:
    """A way in from outside: errors kept aside on the way are raised together at its end."""

    @wraps(method)
    def guarded(self: Parser, *args: _P.args, **kwargs: _P.kwargs) -> _T:
        start = self.tok.span
        try:
            found = method(self, *args, **kwargs)
        except RecursionError:
            raise items.too_deep(start) from None
        except CompileError as failure:
            if self.errors:
                self.errors.append(failure)
            else:
                raise
        if self.errors:
            raise self.take_errors()
        return found

    return cast("Callable[Concatenate[Parser, _P], _T]", guarded)


class Parser(Cursor):
    """A cursor with the whole grammar."""

    __slots__ = ()

    def take_errors(self) -> CompileError:
        """All errors so far as one."""
        found = CompileError(*(diagnostic for failure in self.errors for diagnostic in failure.diagnostics))
        self.errors = []
        return found

    # --- items

    @_entry
    def parse_crate(self) -> Crate:
        """A whole file; all of its errors are raised as one `CompileError`."""
        start = self.tok.span
        attrs = attributes.parse_inner(self)
        found = items.parse_items(self)
        return Crate(attrs, found, self.since(start))

    @_entry
    def parse_items(self, context: str = items.MOD) -> list[Item]:
        """Items to the end; `context` is "mod", "trait", "impl", "extern" or "stmt"."""
        return items.parse_items(self, context)

    @_entry
    def parse_item(self, context: str = items.MOD) -> Item | None:
        return items.parse_item(self, context)

    @_entry
    def parse_vis(self) -> Visibility:
        return attributes.parse_vis(self)

    @_entry
    def parse_meta_item(self) -> Attribute:
        return attributes.parse_meta_item(self)

    @_entry
    def parse_outer_attributes(self) -> list[Attribute]:
        return attributes.parse_outer(self)

    @_entry
    def parse_inner_attributes(self) -> list[Attribute]:
        return attributes.parse_inner(self)

    @_entry
    def parse_generics(self) -> Generics:
        return generics.parse_generics(self)

    # --- statements

    @_entry
    def parse_stmt(self) -> Stmt:
        """One statement, without its `;`."""
        return statements.parse_stmt(self)

    @_entry
    def parse_stmts(self) -> list[Stmt]:
        """All statements to the end, as between a block's braces."""
        return statements.parse_stmts(self)

    @_entry
    def parse_block(self) -> Block:
        return statements.parse_block(self)

    # --- expressions, types, patterns, paths

    @_entry
    def parse_expr(self) -> Expr:
        return expressions.parse_expr(self)

    @_entry
    def parse_literal_maybe_minus(self) -> Expr:
        return expressions.parse_literal_maybe_minus(self)

    @_entry
    def parse_ty(self) -> Ty:
        return types.parse_ty(self)

    @_entry
    def parse_ty_no_plus(self) -> Ty:
        return types.parse_ty_no_plus(self)

    @_entry
    def parse_lifetime(self) -> Lifetime:
        return types.parse_lifetime(self)

    @_entry
    def parse_pat(self) -> Pat:
        """A pattern with `|` at its top."""
        return patterns.parse_pat(self)

    @_entry
    def parse_pat_no_top_alt(self) -> Pat:
        return patterns.parse_pat_no_top_alt(self)

    @_entry
    def parse_path(self, style: paths.Style = "type") -> Path:
        """`style`: "type" (what `$p:path` takes), "expr", "mod"."""
        if self.key in ("<", "<<"):
            return paths.parse_qpath(self, style)
        return paths.parse_path(self, style)

    # --- what may begin here

    def can_begin_expr(self) -> bool:
        return expressions.can_begin_expr(self)

    def can_begin_type(self) -> bool:
        return types.can_begin_type(self)


def parse_lazy_body(body: LazyBody, edition: int, file: SourceFile | None = None) -> Block:
    """The block that a function's tokens stand for; `file`, if known, sharpens complaints."""
    close = body.span
    end = mk_span(span_file(close), max(span_hi(close) - 1, 0), span_hi(close), close >> 64)
    parser = Parser(body.group.stream, edition, end, file=file)
    parser.parse_inner_attributes()
    return Block(parser.parse_stmts(), body.span)
