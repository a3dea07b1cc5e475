"""Control flow: `if`, `match`, blocks with labels, loops, and the jumps out of them.

`while c { b }` is `loop { if c { b } else { break } }`.  A condition without `let` drops its temporaries at its end.
`BodyLowerer.targets` is what stands around, outermost first; labels are found through the scope, for hygiene.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Optional

from ..base.diagnostics import CompileError, Diagnostic, Unsupported, error
from ..base.lints import lints_of
from ..base.span import span_ctxt, span_to
from ..resolve import suggest
from ..resolve.scope import CLOSURE, CONST, ITEM, LABEL, MACRO, Scope, local_key
from ..syntax import ast
from . import hir, lower_block, lower_expr, lower_pat, lower_sugar
from .lower import EXPR, Target

if TYPE_CHECKING:
    from .lower import BodyLowerer


def condition(cx: BodyLowerer, e: ast.Expr) -> hir.Expr:
    """The condition of an `if`, `while` or guard: bindings of its `let`s stay in scope."""
    made = cx.expr(e)
    if not _has_let(made):
        return hir.DropTemps(cx.id(), made, e.span)
    if type(made) is hir.Binary and cx.edition < 2024:
        _check_chain(cx, made)
    return made


def _check_chain(cx: BodyLowerer, e: hir.Expr) -> None:
    while type(e) is hir.Binary:
        _check_chain(cx, e.rhs)
        e = e.lhs
    if type(e) is hir.Let:
        cx.emit(e.span, "let chains are only allowed in Rust 2024 or later")


def _has_let(e: hir.Expr) -> bool:
    while type(e) is hir.Binary and e.op == "&&":
        if _has_let(e.rhs):
            return True
        e = e.lhs
    return type(e) is hir.Let


def _if(cx: BodyLowerer, e: ast.ExprIf) -> hir.Expr:
    made = cx.id()
    saved = cx.scope
    cond = condition(cx, e.cond)
    then = lower_block.block(cx, e.then)
    cx.scope = saved
    else_ = cx.expr(e.else_) if e.else_ is not None else None
    return hir.If(made, cond, then, else_, e.span)


def _match(cx: BodyLowerer, e: ast.ExprMatch) -> hir.Expr:
    made = cx.id()
    scrutinee = cx.expr(e.scrutinee)
    arms = [_arm(cx, arm) for arm in e.arms if cx.enabled(arm.attrs, arm.span)]
    return hir.Match(made, scrutinee, arms, "match", e.span)


def _arm(cx: BodyLowerer, arm: ast.Arm) -> hir.Arm:
    made = cx.id()
    saved = cx.scope
    pat, names = lower_pat.top(cx, arm.pat)
    cx.bind(names)
    guard = cx.expr(arm.guard) if arm.guard is not None else None
    body = cx.expr(arm.body)
    cx.scope = saved
    return hir.Arm(made, pat, guard, body, arm.span)


def _block(cx: BodyLowerer, e: ast.ExprBlock) -> hir.Expr:
    if e.kind in ("", "unsafe"):
        if e.label is None:
            return lower_block.block(cx, e.block, e.kind == "unsafe")
        made = cx.id()
        saved = enter(cx, "block", made, e.label, e)
        block = lower_block.block(cx, e.block, id_=made)
        leave(cx, saved)
        return block
    if e.kind == "const":
        return lower_expr.const_block(cx, e)
    if e.kind == "try":
        raise Unsupported(e.span, "`try` blocks")
    return lower_sugar.async_block(cx, e)


def enter(cx: BodyLowerer, kind: str, id_: int, label: Optional[ast.Ident], e: ast.Expr) -> Scope:
    """Into a loop or labelled block; returns the scope to go back to."""
    saved = cx.scope
    if label is not None:
        cx.scope = saved.child(LABEL, {local_key(label.name, span_ctxt(label.span)): id_})
    cx.targets.append(Target(kind, id_, e.span))
    return saved


def leave(cx: BodyLowerer, saved: Scope) -> None:
    cx.scope = saved
    cx.targets.pop()


def _lint_while_true(cx: BodyLowerer, e: ast.ExprWhile) -> None:
    lints = lints_of(cx.tcx._memo)  # type: ignore[arg-type]
    if lints is not None and cx.tcx.source_map.snippet(e.cond.span) == "true":
        span = span_to(e.span, e.cond.span) if e.label is None else e.span
        lints.note("while_true", cx.owner.id, span, "denote infinite loops with `loop { ... }`", "help: use `loop`")


def _loop(cx: BodyLowerer, e: ast.ExprLoop) -> hir.Expr:
    made = cx.id()
    saved = enter(cx, "loop", made, e.label, e)
    body = lower_block.block(cx, e.body)
    leave(cx, saved)
    return hir.Loop(made, body, e.label.name if e.label else None, "loop", e.span)


def _while(cx: BodyLowerer, e: ast.ExprWhile) -> hir.Expr:
    _lint_while_true(cx, e)
    made = cx.id()
    saved = enter(cx, "loop", made, e.label, e)
    cx.targets.append(Target("cond", made, e.cond.span))
    cond = condition(cx, e.cond)
    cx.targets.pop()
    then = lower_block.block(cx, e.body)
    leave(cx, saved)
    stop = hir.Break(cx.id(), made, None, e.span)
    otherwise = cx.block_of(e.span, [hir.ExprStmt(stop, True, e.span)], None)
    choice = hir.If(cx.id(), cond, then, otherwise, e.span)
    body = cx.block_of(e.span, [], choice)
    return hir.Loop(made, body, e.label.name if e.label else None, "while", e.span)


# -- jumps ------------------------------------------------------------------------------------------------


def _break(cx: BodyLowerer, e: ast.ExprBreak) -> hir.Expr:
    target = _target(cx, "break", e.label, e)
    value = cx.expr(e.expr) if e.expr is not None else None
    return hir.Break(cx.id(), target, value, e.span)


def _continue(cx: BodyLowerer, e: ast.ExprContinue) -> hir.Expr:
    target = _target(cx, "continue", e.label, e)
    if any(t.id == target and t.kind == "block" for t in cx.targets):
        message = "`continue` pointing to a labeled block"
        raise CompileError(error(e.span, message, "E0696", "labeled blocks cannot be `continue`'d"))
    return hir.Continue(cx.id(), target, e.span)


def _target(cx: BodyLowerer, word: str, label: Optional[ast.Ident], e: ast.Expr) -> int:
    if label is not None:
        return _labelled(cx, word, label, e)
    for target in reversed(cx.targets):
        if target.kind == "loop":
            return target.id
        if target.kind == "cond":
            message = "`break` or `continue` with no label in the condition of a `while` loop"
            text = f"unlabeled `{word}` in the condition of a `while` loop"
            raise CompileError(error(e.span, message, "E0590", text))
        if target.kind == "block":
            message = f"unlabeled `{word}` inside of a labeled block"
            label_text = f"`{word}` statements that would diverge to or through a labeled block need to bear a label"
            raise CompileError(error(e.span, message, "E0695", label_text))
        raise CompileError(_outside(word, target, e))
    raise CompileError(_outside(word, None, e))


def _outside(word: str, target: Optional[Target], e: ast.Expr) -> Diagnostic:
    if target is not None and target.kind in ("closure", "async"):
        where = "closure" if target.kind == "closure" else "`async` block"
        report = error(e.span, f"`{word}` inside of {'a' if target.kind == 'closure' else 'an'} {where}", "E0267",
                       f"cannot `{word}` inside of {'a' if target.kind == 'closure' else 'an'} {where}")
        return report.label(target.span, f"enclosing {where}")
    of = "a loop or labeled block" if word == "break" else "a loop"
    return error(e.span, f"`{word}` outside of {of}", "E0268", f"cannot `{word}` outside of {of}")


def _labelled(cx: BodyLowerer, word: str, label: ast.Ident, e: ast.Expr) -> int:
    ctxt = span_ctxt(label.span)
    key = local_key(label.name, ctxt)
    crossed = False
    names: list[str] = []
    for at in cx.scope.outwards():
        if at.kind == LABEL:
            assert at.names is not None
            if key in at.names:
                if crossed:
                    raise CompileError(_unreachable(cx, label, at.names[key]))
                return at.names[key]
            names.extend(k for k in at.names if isinstance(k, str))
        elif at.kind in (CLOSURE, CONST):
            crossed = True
        elif at.kind == ITEM:
            break
        elif at.kind == MACRO and ctxt and cx.r.source_map.expansions[ctxt].macro_id == at.owner:
            ctxt = cx.r.source_map.expansions[ctxt].parent
            key = local_key(label.name, ctxt)
    report = error(label.span, f"use of undeclared label `{label.name}`", "E0426", f"undeclared label `{label.name}`")
    similar = suggest.best_match(label.name, names)
    if similar is not None:
        report.help(f"a label with a similar name exists: `{similar}`")
    raise CompileError(report)


def _unreachable(cx: BodyLowerer, label: ast.Ident, target: int) -> Diagnostic:
    report = error(label.span, f"use of unreachable label `{label.name}`", "E0767", f"unreachable label `{label.name}`")
    for t in cx.targets:
        if t.id == target:
            report.label(t.span, "unreachable label defined here")
    return report.note("labels are unreachable through functions, closures, async blocks and modules")


def _return(cx: BodyLowerer, e: ast.ExprReturn) -> hir.Expr:
    for target in reversed(cx.targets):
        if target.kind in ("closure", "async"):
            break
        if target.kind == "const":
            cx.emit(e.span, "return statement outside of function body", "E0572")
            return hir.Err(cx.id(), e.span)
    value = cx.expr(e.expr) if e.expr is not None else None
    return hir.Return(cx.id(), value, e.span)


EXPR.update({
    ast.ExprIf: _if,
    ast.ExprMatch: _match,
    ast.ExprBlock: _block,
    ast.ExprLoop: _loop,
    ast.ExprWhile: _while,
    ast.ExprBreak: _break,
    ast.ExprContinue: _continue,
    ast.ExprReturn: _return,
})  # fmt: skip
