"""Patterns: bindings told from constants, or-patterns' bindings matched, `..` put in its place.

`names` collects what the pattern binds (key of the identifier -> variable); `known` are the bindings of the
alternatives before the one at hand, whose variables it shares.
Invariant: each binding of a name in the alternatives of an or-pattern has the same `var`, the first one's id.
To add a pattern: a case here, a line in `_PAT`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Callable, Literal, Optional

from ..base.diagnostics import CompileError, error
from ..base.span import Span, span_ctxt
from ..resolve import errors, paths
from ..resolve.defs import Res, ResDef
from ..resolve.scope import LocalKey, local_key
from ..syntax import ast
from . import hir, lower_path

if TYPE_CHECKING:
    from .lower import BodyLowerer

Names = dict[LocalKey, int]


class PatCx:
    """What one pattern gathers; `what` words the complaint about names that it may not have."""

    __slots__ = ("cx", "known", "names", "spans", "what")

    def __init__(self, cx: BodyLowerer, what: str, names: Names, known: Names) -> None:
        self.cx = cx
        self.what = what  # "let", "match", "function parameter"
        self.names = names
        self.known = known
        self.spans: dict[LocalKey, Span] = {}

    def pat(self, node: ast.Pat) -> hir.Pat:
        made: hir.Pat = _PAT[type(node)](self, node)
        return made

    def pats(self, nodes: list[ast.Pat]) -> list[hir.Pat]:
        return [self.pat(node) for node in nodes]

    def bind(self, ident: ast.Ident, id_: int) -> int:
        """Enter a binding; returns its variable."""
        key = local_key(ident.name, span_ctxt(ident.span))
        if key in self.names:
            if self.what == "function parameter" and key not in self.spans:
                message = f"identifier `{ident.name}` is bound more than once in this parameter list"
                self.cx.emit(ident.span, message, "E0415", "used as parameter more than once")
            else:
                message = f"identifier `{ident.name}` is bound more than once in the same pattern"
                self.cx.emit(ident.span, message, "E0416", "used in a pattern more than once")
        var = self.known.get(key, id_)
        self.names[key] = var
        self.spans[key] = ident.span
        return var


def top(cx: BodyLowerer, node: ast.Pat, what: str = "match") -> tuple[hir.Pat, Names]:
    """A whole pattern and what it binds; the caller says when that comes into scope (`cx.bind`)."""
    names: Names = {}
    return lower(cx, node, what, names), names


def lower(cx: BodyLowerer, node: ast.Pat, what: str, names: Names) -> hir.Pat:
    try:
        return PatCx(cx, what, names, {}).pat(node)
    except CompileError as failure:
        cx.tcx.diag.emit_all(failure)
        return hir.PatWild(cx.id(), node.span)


def params(cx: BodyLowerer, func: ast.Fn) -> tuple[list[hir.Param], Names]:
    """The parameters of a function, `self` first."""
    names: Names = {}
    made: list[hir.Param] = []
    own = func.self_param
    if own is not None:
        binding = cx.binding("self", own.span, own.mutbl and not own.by_ref)
        names[local_key("self", span_ctxt(own.ident.span))] = binding.id
        made.append(hir.Param(binding, own.span))
    for param in func.params:
        if cx.enabled(param.attrs, param.span):
            made.append(hir.Param(lower(cx, param.pat, "function parameter", names), param.span))
    return made, names


def closure_params(cx: BodyLowerer, e: ast.ExprClosure) -> tuple[list[hir.ClosureParam], Names]:
    names: Names = {}
    made = []
    for param in e.params:
        if cx.enabled(param.attrs, param.pat.span):
            ty = cx.opt_ty(param.ty)
            made.append(hir.ClosureParam(lower(cx, param.pat, "function parameter", names), ty))
    return made, names


# -- bindings ---------------------------------------------------------------------------------------------


def _ident(p: PatCx, node: ast.PatIdent) -> hir.Pat:
    cx = p.cx
    name = node.ident.name
    res = paths.module_value(cx.r, cx.scope, name)
    if res is not None and type(res) is ResDef and res.kind != "fn":
        plain = not node.by_ref and not node.mutbl and node.sub is None
        if plain and _is_constant(cx, res):
            segments = [hir.PathSegment(name, None, node.ident.span, res.def_id)]
            return hir.PatPath(cx.id(), hir.Path(res, segments, 1, None, cx.scope, node.span), node.span)
        if _cannot_shadow(p, node, res):
            return hir.PatWild(cx.id(), node.span)
    made = cx.id()
    ref: Literal[None, "ref", "ref mut"] = None
    if node.by_ref:
        ref = "ref mut" if node.ref_mut else "ref"
    var = p.bind(node.ident, made)
    sub = p.pat(node.sub) if node.sub is not None else None
    return hir.PatBinding(made, var, name, node.mutbl, ref, sub, node.span)


def _is_constant(cx: BodyLowerer, res: ResDef) -> bool:
    if res.kind == "const" or res.kind == "const_param":
        return True
    return res.kind == "ctor" and errors.ctor_name(cx.r, cx.tcx.defs[res.def_id]).startswith("unit")


def _cannot_shadow(p: PatCx, node: ast.PatIdent, res: ResDef) -> bool:
    if res.kind not in ("static", "const", "ctor"):
        return False
    data = p.cx.tcx.defs[res.def_id]
    what = errors.kind_name(p.cx.r, res)
    whats = what + "s"
    name = node.ident.name
    report = error(node.ident.span, f"{p.what} bindings cannot shadow {whats}", "E0530",
                   f"cannot be named the same as a {what}")
    p.cx.tcx.diag.emit(report.label(data.span, f"the {what} `{name}` is defined here"))
    return True


def _or(p: PatCx, node: ast.PatOr) -> hir.Pat:
    cx = p.cx
    known = dict(p.known)
    alternatives: list[tuple[hir.Pat, PatCx]] = []
    for alt in node.pats:
        inner = PatCx(cx, p.what, {}, known)
        alternatives.append((inner.pat(alt), inner))
        for key, var in inner.names.items():
            known.setdefault(key, var)
    spans: dict[LocalKey, Span] = {}
    for _, inner in alternatives:
        for key, span in inner.spans.items():
            spans.setdefault(key, span)
    for key, span in spans.items():
        _check_all_bind(cx, node, alternatives, key, span)
        if key in p.names:
            name = key if isinstance(key, str) else key[0]
            message = f"identifier `{name}` is bound more than once in the same pattern"
            cx.emit(span, message, "E0416", "used in a pattern more than once")
        p.names[key] = known[key]
        p.spans[key] = span
    return hir.PatOr(cx.id(), [made for made, _ in alternatives], node.span)


def _check_all_bind(
    cx: BodyLowerer, node: ast.PatOr, alternatives: list[tuple[hir.Pat, PatCx]], key: LocalKey, span: Span
) -> None:
    missing = [alt for alt, (_, inner) in zip(node.pats, alternatives) if key not in inner.names]
    if not missing:
        return
    name = key if isinstance(key, str) else key[0]
    report = error(missing[0].span, f"variable `{name}` is not bound in all patterns", "E0408",
                   f"pattern doesn't bind `{name}`")
    for alt in missing[1:]:
        report.label(alt.span, f"pattern doesn't bind `{name}`")
    cx.tcx.diag.emit(report.label(span, "variable not in all patterns"))


# -- paths --------------------------------------------------------------------------------------------------


def _path(p: PatCx, node: ast.PatPath) -> hir.Pat:
    made = lower_path.path(p.cx, node.path, "pat")
    return hir.PatPath(p.cx.id(), made, node.span)


def _tuple_struct(p: PatCx, node: ast.PatTupleStruct) -> hir.Pat:
    made = lower_path.path(p.cx, node.path, "tuple_struct")
    pats, dotdot = _with_rest(p, node.pats)
    return hir.PatTupleStruct(p.cx.id(), made, pats, dotdot, node.span)


def _struct(p: PatCx, node: ast.PatStruct) -> hir.Pat:
    made = lower_path.path(p.cx, node.path, "struct")
    fields = [(f.ident.name, p.pat(f.pat), f.span) for f in node.fields if p.cx.enabled(f.attrs, f.span)]
    return hir.PatStruct(p.cx.id(), made, fields, node.rest, node.span)


# -- sequences ------------------------------------------------------------------------------------------------


def _with_rest(p: PatCx, nodes: list[ast.Pat]) -> tuple[list[hir.Pat], Optional[int]]:
    dotdot: Optional[int] = None
    made: list[hir.Pat] = []
    for node in nodes:
        if isinstance(node, ast.PatRest):
            if dotdot is not None:
                _twice(p, node, "tuple")
            dotdot = len(made)
        else:
            made.append(p.pat(node))
    return made, dotdot


def _twice(p: PatCx, node: ast.Pat, what: str) -> None:
    text = f"can only be used once per {what} pattern"
    p.cx.emit(node.span, f"`..` {text}", "", text)


def _tuple(p: PatCx, node: ast.PatTuple) -> hir.Pat:
    pats, dotdot = _with_rest(p, node.pats)
    return hir.PatTuple(p.cx.id(), pats, dotdot, node.span)


def _slice(p: PatCx, node: ast.PatSlice) -> hir.Pat:
    before: list[hir.Pat] = []
    after: list[hir.Pat] = []
    middle: Optional[hir.Pat] = None
    for part in node.pats:
        found = _rest_of_slice(p, part)
        if found is not None:
            if middle is not None:
                _twice(p, part, "slice")
            middle = found
        elif middle is None:
            before.append(p.pat(part))
        else:
            after.append(p.pat(part))
    return hir.PatSlice(p.cx.id(), before, middle, after, node.span)


def _rest_of_slice(p: PatCx, node: ast.Pat) -> Optional[hir.Pat]:
    """`..` or `name @ ..`."""
    if isinstance(node, ast.PatRest):
        return hir.PatWild(p.cx.id(), node.span)
    if isinstance(node, ast.PatIdent) and isinstance(node.sub, ast.PatRest):
        plain = ast.PatIdent(node.by_ref, node.mutbl, node.ident, None, node.span, node.ref_mut)
        return _ident(p, plain)
    return None


def _rest(p: PatCx, node: ast.PatRest) -> hir.Pat:
    report = error(node.span, "`..` patterns are not allowed here")
    raise CompileError(report.note("only allowed in tuple, tuple struct, and slice patterns"))


# -- the others -----------------------------------------------------------------------------------------------


def _wild(p: PatCx, node: ast.PatWild) -> hir.Pat:
    return hir.PatWild(p.cx.id(), node.span)


def _lit(p: PatCx, node: ast.PatLit) -> hir.Pat:
    expr = p.cx.expr(node.expr)
    if isinstance(expr, hir.ExprPath):
        return hir.PatPath(p.cx.id(), expr.path, node.span)
    if not isinstance(expr, (hir.Lit, hir.Unary, hir.ConstBlock, hir.Err)):
        p.cx.emit(node.span, "arbitrary expressions aren't allowed in patterns")
        return hir.PatWild(p.cx.id(), node.span)
    return hir.PatLit(p.cx.id(), expr, node.span)


def _range(p: PatCx, node: ast.PatRange) -> hir.Pat:
    lo = p.cx.expr(node.lo) if node.lo is not None else None
    hi = p.cx.expr(node.hi) if node.hi is not None else None
    return hir.PatRange(p.cx.id(), lo, hi, node.inclusive, node.span)


def _ref(p: PatCx, node: ast.PatRef) -> hir.Pat:
    return hir.PatRef(p.cx.id(), node.mutbl, p.pat(node.pat), node.span)


def _box(p: PatCx, node: ast.PatBox) -> hir.Pat:
    return hir.PatBox(p.cx.id(), p.pat(node.pat), node.span)


def _mac(p: PatCx, node: ast.PatMac) -> hir.Pat:
    return p.pat(p.cx.r.expand_here(node.mac, "pat", p.cx.scope))


_PAT: dict[type, Callable[[PatCx, Any], hir.Pat]] = {
    ast.PatIdent: _ident,
    ast.PatWild: _wild,
    ast.PatRest: _rest,
    ast.PatLit: _lit,
    ast.PatRange: _range,
    ast.PatRef: _ref,
    ast.PatTuple: _tuple,
    ast.PatSlice: _slice,
    ast.PatPath: _path,
    ast.PatTupleStruct: _tuple_struct,
    ast.PatStruct: _struct,
    ast.PatOr: _or,
    ast.PatBox: _box,
    ast.PatMac: _mac,
}


def unused(res: Res) -> bool:
    return res is None
