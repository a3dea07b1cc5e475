"""The builtin macros: `format_args!`, `panic!`, `assert!`, `concat!`, `stringify!`, `line!`, `env!`, ...

Each takes the `Expander`, the call and its scope and returns an expression, or tokens to be parsed in place of
the call.  Arguments that must be literals are expanded eagerly (`concat!(stringify!(a), 1)`).
To add one: a function here, a line in `_BUILTINS`.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Callable, Optional

from ..base.diagnostics import CompileError, Unsupported, error
from ..base.span import FileId, SourceFile, Span, with_ctxt
from ..syntax import ast, lexer, literals
from ..syntax.parser import Parser
from ..syntax.printer import tokens_to_string
from ..syntax.token import Group, Token, TokenStream
from . import format as fmt
from .cfg import evaluate, split_commas

if TYPE_CHECKING:
    from .expander import Expander, MacroDef

Made = Any  # an expression, a list of items, or a token stream


def expand(ex: Expander, macro: MacroDef, call: ast.MacCall, kind: str, scope: Any) -> Made:
    case = _BUILTINS.get(macro.builtin or "")
    if case is None:
        raise Unsupported(call.span, f"the builtin macro `{macro.name}!`")
    return case(ex, macro, call, scope)


# -- quoting ---------------------------------------------------------------------------------------------


def quote(ex: Expander, macro: MacroDef, call: ast.MacCall, template: str, **parts: TokenStream) -> TokenStream:
    """`template` lexed, marked as made by this expansion; an ident `__name` becomes the tokens of `parts[name]`,
    `$crate` is core and `$std` is std, whatever the crate."""
    return fill(ex, template, with_ctxt(call.span, ex.begin(macro, call)), parts)


def fill(ex: Expander, template: str, span: Span, parts: dict[str, TokenStream]) -> TokenStream:
    """`template` with every token of its own at `span`."""
    return _fill(_lexed(template), span, ex.krate_spans, parts)


_templates: dict[str, TokenStream] = {}


def _lexed(template: str) -> TokenStream:
    found = _templates.get(template)
    if found is None:
        found = _templates[template] = lexer.lex(SourceFile(FileId(0), "<builtin>", template.encode()))
    return found


def _fill(stream: TokenStream, span: Span, krates: dict[str, Span], parts: dict[str, TokenStream]) -> TokenStream:
    out: TokenStream = []
    at = 0
    while at < len(stream):
        tree = stream[at]
        at += 1
        if isinstance(tree, Group):
            out.append(Group(tree.delim, _fill(tree.stream, span, krates, parts), span, span))
        elif tree.text == "$" and at < len(stream) and stream[at].text in krates:
            out.append(Token("ident", "$crate", krates[stream[at].text]))
            at += 1
        elif tree.kind == "ident" and tree.text.startswith("__") and tree.text[2:] in parts:
            out.extend(parts[tree.text[2:]])
        else:
            out.append(tree._replace(span=span))
    return out


def _parse_expr(ex: Expander, stream: TokenStream, end: Span) -> ast.Expr:
    parser = Parser(stream, ex.edition, end)
    expr = parser.parse_expr()
    if not parser.at_end:
        parser.unexpected("`,`")
    return expr


def _str_lit(text: str, span: Span) -> ast.Lit:
    return ast.Lit("str", text, "", span)


def _str_token(text: str, span: Span) -> Token:
    """A string as an already parsed literal."""
    return Token("interp", "literal", span, 0, _str_lit(text, span))


# -- eager expansion ---------------------------------------------------------------------------------------


def eager(ex: Expander, expr: ast.Expr, scope: Any) -> ast.Expr:
    """`expr` with macro calls at its top expanded, parentheses off."""
    while True:
        if isinstance(expr, ast.ExprParen):
            expr = expr.expr
        elif isinstance(expr, ast.ExprMac):
            macro = ex.resolve_macro(expr.mac.path, scope)
            if macro is None:
                raise CompileError(
                    error(expr.span, f"cannot find macro `{expr.mac.path.segments[-1].ident.name}` in this scope")
                )
            expr = ex.expand(macro, expr.mac, "expr", scope)
        elif isinstance(expr, ast.ExprBlock) and not expr.block.stmts[1:] and not expr.kind:
            stmt = expr.block.stmts[0] if expr.block.stmts else None
            if not isinstance(stmt, ast.StmtExpr) or stmt.semi or not isinstance(stmt.expr, (ast.Lit, ast.ExprMac)):
                return expr
            expr = stmt.expr
        else:
            return expr


def _exprs(ex: Expander, call: ast.MacCall) -> list[ast.Expr]:
    return [_parse_expr(ex, part, call.span) for part in arguments(ex, call.tokens, call.span)]


def arguments(ex: Expander, tokens: TokenStream, span: Span) -> list[TokenStream]:
    """The tokens of each argument (`expr` or `name = expr`): a comma may also stand between generic arguments."""
    if not any(tree.text in ("<", "<<", "|", "||") for tree in tokens):
        return split_commas(tokens)
    parser = Parser(tokens, ex.edition, span)
    parts: list[TokenStream] = []
    while not parser.at_end:
        start = parser.pos
        if parser.tok.kind == "ident" and parser.peek_key() == "=":
            parser.bump(), parser.bump()
        parser.parse_expr()
        parts.append(tokens[start : parser.pos])
        if not parser.eat(",") and not parser.at_end:
            parser.unexpected("`,`")
    return parts


def _string_arg(ex: Expander, macro: MacroDef, call: ast.MacCall, scope: Any) -> str:
    """The one argument, which must be a string."""
    args = _exprs(ex, call)
    if len(args) != 1:
        raise CompileError(error(call.span, f"`{macro.name}!()` takes 1 argument"))
    return _string(ex, args[0], scope)


def _string(ex: Expander, expr: ast.Expr, scope: Any) -> str:
    found = eager(ex, expr, scope)
    if not (isinstance(found, ast.Lit) and found.kind == "str"):
        raise CompileError(error(expr.span, "argument must be a string literal"))
    return str(found.value)


# -- the macros --------------------------------------------------------------------------------------------


def _concat(ex: Expander, macro: MacroDef, call: ast.MacCall, scope: Any) -> Made:
    return _str_lit("".join(_concat_piece(eager(ex, arg, scope)) for arg in _exprs(ex, call)), call.span)


def _concat_piece(expr: ast.Expr) -> str:
    if isinstance(expr, ast.ExprUnary) and expr.op == "-" and isinstance(expr.expr, ast.Lit):
        return "-" + _concat_piece(expr.expr)
    if not isinstance(expr, ast.Lit):
        raise CompileError(
            error(expr.span, "expected a literal").note(
                'only literals (like `"foo"`, `-42` and `3.14`) can be passed to `concat!()`'
            )
        )
    if expr.kind in ("bytestr", "byte", "cstr"):
        raise CompileError(error(expr.span, "cannot concatenate a byte string literal"))
    if expr.kind == "bool":
        return "true" if expr.value else "false"
    if expr.kind == "char":
        return chr(int(expr.value))
    return str(expr.value)


def _stringify(ex: Expander, macro: MacroDef, call: ast.MacCall, scope: Any) -> Made:
    return _str_lit(tokens_to_string(call.tokens), call.span)


def _place(ex: Expander, call: ast.MacCall) -> tuple[str, int, int]:
    return ex.source_map.location(ex.source_map.outermost_call_site(call.span))


def _line(ex: Expander, macro: MacroDef, call: ast.MacCall, scope: Any) -> Made:
    return ast.Lit("int", _place(ex, call)[1], "u32", call.span)


def _column(ex: Expander, macro: MacroDef, call: ast.MacCall, scope: Any) -> Made:
    return ast.Lit("int", _place(ex, call)[2], "u32", call.span)


def _file(ex: Expander, macro: MacroDef, call: ast.MacCall, scope: Any) -> Made:
    return _str_lit(_place(ex, call)[0], call.span)


def _module_path(ex: Expander, macro: MacroDef, call: ast.MacCall, scope: Any) -> Made:
    return _str_lit(ex.module_path(scope), call.span)


def _cfg(ex: Expander, macro: MacroDef, call: ast.MacCall, scope: Any) -> Made:
    parts = split_commas(call.tokens)
    if len(parts) != 1:
        raise CompileError(error(call.span, "macro requires a cfg-pattern as an argument"))
    return ast.Lit("bool", evaluate(parts[0], ex.cfg, call.span), "", call.span)


def _cfg_select(ex: Expander, macro: MacroDef, call: ast.MacCall, scope: Any) -> Made:
    """`predicate => { .. }` or `predicate => expression,` arms: the tokens of the first whose predicate holds."""
    rest = list(call.tokens)
    while rest:
        arrow = next((i for i, tree in enumerate(rest) if tree.kind == "punct" and tree.text == "=>"), None)
        if arrow is None:
            raise CompileError(error(rest[-1].span, "expected `=>`, found end of `cfg_select` input"))
        predicate, rest = rest[:arrow], rest[arrow + 1 :]
        if rest and isinstance(rest[0], Group) and rest[0].delim == "{":
            body, rest = rest[0].stream, rest[1:]
            if rest and rest[0].text == ",":
                rest = rest[1:]
        else:
            comma = next((i for i, tree in enumerate(rest) if tree.kind == "punct" and tree.text == ","), len(rest))
            body, rest = rest[:comma], rest[comma + 1 :]
        if (len(predicate) == 1 and predicate[0].text == "_") or evaluate(predicate, ex.cfg, call.span):
            return body
    raise CompileError(error(call.span, "none of the predicates in this `cfg_select` evaluated to true"))


def _compile_error(ex: Expander, macro: MacroDef, call: ast.MacCall, scope: Any) -> Made:
    raise CompileError(error(call.span, _string_arg(ex, macro, call, scope)))


def _env(ex: Expander, macro: MacroDef, call: ast.MacCall, scope: Any) -> Made:
    args = _exprs(ex, call)
    if not 1 <= len(args) <= 2:
        raise CompileError(error(call.span, "`env!()` takes 1 or 2 arguments"))
    name = _string(ex, args[0], scope)
    value = ex.env.get(name)
    if value is None:
        message = f"environment variable `{name}` not defined at compile time"
        raise CompileError(error(call.span, message if len(args) == 1 else _string(ex, args[1], scope)))
    return _str_lit(value, call.span)


def _option_env(ex: Expander, macro: MacroDef, call: ast.MacCall, scope: Any) -> Made:
    value = ex.env.get(_string_arg(ex, macro, call, scope))
    if value is None:
        return quote(ex, macro, call, "$crate::option::Option::None::<&'static str>")
    return quote(ex, macro, call, "$crate::option::Option::Some(__value)", value=[_str_token(value, call.span)])


def _read(ex: Expander, macro: MacroDef, call: ast.MacCall, scope: Any) -> tuple[str, bytes]:
    name = _string_arg(ex, macro, call, scope)
    here = ex.source_map.file_of(ex.source_map.outermost_call_site(call.span)).name
    path = os.path.normpath(os.path.join(os.path.dirname(here), name))
    if ex.file_reader is None:
        raise CompileError(error(call.span, f"couldn't read `{path}`: files cannot be read here"))
    try:
        return path, ex.file_reader(path)
    except OSError as problem:
        raise CompileError(
            error(call.span, f"couldn't read `{path}`: {problem.strerror} (os error {problem.errno})")
        ) from None


def _include_str(ex: Expander, macro: MacroDef, call: ast.MacCall, scope: Any) -> Made:
    path, data = _read(ex, macro, call, scope)
    try:
        return _str_lit(data.decode("utf-8"), call.span)
    except UnicodeDecodeError:
        raise CompileError(error(call.span, f"`{path}` wasn't a utf-8 file")) from None


def _include_bytes(ex: Expander, macro: MacroDef, call: ast.MacCall, scope: Any) -> Made:
    return ast.Lit("bytestr", _read(ex, macro, call, scope)[1], "", call.span)


def _include(ex: Expander, macro: MacroDef, call: ast.MacCall, scope: Any) -> Made:
    path, data = _read(ex, macro, call, scope)
    return lexer.lex(ex.source_map.add(path, data))


# -- formatting --------------------------------------------------------------------------------------------


def _format_args(ex: Expander, macro: MacroDef, call: ast.MacCall, scope: Any, newline: bool = False) -> Made:
    return format_args(ex, call.tokens, call.span, scope, newline)


def _format_args_nl(ex: Expander, macro: MacroDef, call: ast.MacCall, scope: Any) -> Made:
    return _format_args(ex, macro, call, scope, True)


def format_args(ex: Expander, tokens: TokenStream, span: Span, scope: Any, newline: bool = False) -> ast.FormatArgs:
    """Parse `"template", args...` of any macro that formats."""
    parts = arguments(ex, tokens, span)
    if not parts:
        raise CompileError(error(span, "requires at least a format string argument"))
    first = _parse_expr(ex, parts[0], span)
    template = eager(ex, first, scope)
    if not (isinstance(template, ast.Lit) and template.kind == "str"):
        raise CompileError(_not_a_template(first))
    positional: list[ast.Expr] = []
    named: dict[str, tuple[ast.Expr, Span]] = {}
    for part in parts[1:]:
        name = _name_of(part)
        if name is None:
            positional.append(_positional(ex, part, span, named))
        elif name.text in named:
            raise CompileError(error(name.span, f"duplicate argument named `{name.text}`", label="duplicate argument"))
        else:
            named[name.text] = (_parse_expr(ex, part[2:], span), name.span)
    text = str(template.value) + ("\n" if newline else "")
    may_capture = isinstance(first, (ast.Lit, ast.ExprParen))
    place = literals.places_in(template.text, template.span) if template is first and '"' in template.text else None
    return fmt.parse(text, positional, named, span, template.span, may_capture, place)


def _positional(ex: Expander, part: TokenStream, span: Span, named: dict[str, Any]) -> ast.Expr:
    expr = _parse_expr(ex, part, span)
    if named:
        raise CompileError(error(expr.span, "positional arguments cannot follow named arguments"))
    return expr


def _name_of(part: TokenStream) -> Optional[Token]:
    """The name of a `name = expr` argument."""
    if len(part) > 2 and isinstance(part[0], Token) and part[0].kind == "ident" and part[1].text == "=":
        return part[0]
    return None


def _not_a_template(expr: ast.Expr) -> Any:
    found = error(expr.span, "format argument must be a string literal")
    return found.help("you might be missing a string literal to format with: `\"{}\", `")


# -- panics ------------------------------------------------------------------------------------------------


def _edition_of(ex: Expander, call: ast.MacCall) -> int:
    """The edition whose `panic!` this call means: that of the code it is written in."""
    return ex.edition


def _panic(ex: Expander, macro: MacroDef, call: ast.MacCall, scope: Any, krate: str = "core") -> Made:
    if not call.tokens:
        return quote(ex, macro, call, '$crate::panicking::panic("explicit panic")')
    old = _edition_of(ex, call) < 2021 and len(arguments(ex, call.tokens, call.span)) == 1
    if old and _plain_literal(call.tokens):
        return quote(ex, macro, call, "$crate::panicking::panic(__message)", message=call.tokens)
    if old and krate == "std" and not _literal_first(call.tokens):
        return quote(ex, macro, call, "$std::rt::begin_panic(__message)", message=call.tokens)
    made = format_args(ex, call.tokens, call.span, scope)
    return quote(ex, macro, call, "$crate::panicking::panic_fmt(__args)", args=_node(made))


def _std_panic(ex: Expander, macro: MacroDef, call: ast.MacCall, scope: Any) -> Made:
    return _panic(ex, macro, call, scope, "std")


def _node(expr: ast.Expr) -> TokenStream:
    return [Token("interp", "expr", expr.span, 0, expr)]


def _literal_first(tokens: TokenStream) -> bool:
    first = tokens[0]
    return first.kind == "literal" or (first.kind == "interp" and isinstance(first.node, ast.Lit))


def _plain_literal(tokens: TokenStream) -> bool:
    """A single string literal, which editions before 2021 do not format."""
    return len(tokens) == 1 and tokens[0].kind == "literal" and tokens[0].text[0] in '"r'


def _unreachable(ex: Expander, macro: MacroDef, call: ast.MacCall, scope: Any) -> Made:
    text = "internal error: entered unreachable code"
    if not call.tokens:
        return quote(ex, macro, call, f'$crate::panicking::panic("{text}")')
    made = format_args(ex, call.tokens, call.span, scope)
    made.pieces.insert(0, f"{text}: ")
    if len(made.pieces) > 1 and isinstance(made.pieces[1], str):
        made.pieces[:2] = [made.pieces[0] + made.pieces[1]]  # type: ignore[operator]
    return quote(ex, macro, call, "$crate::panicking::panic_fmt(__args)", args=_node(made))


def _assert(ex: Expander, macro: MacroDef, call: ast.MacCall, scope: Any) -> Made:
    parts = arguments(ex, call.tokens, call.span)
    if not parts:
        raise CompileError(
            error(call.span, "macro requires a boolean expression as an argument", label="boolean expression required")
        )
    parser = Parser(parts[0], ex.edition, call.span)
    cond = parser.parse_expr()
    if not parser.at_end:
        parser.unexpected("`,`")
    rest = call.tokens[len(parts[0]) + 1 :]
    cond_tokens: TokenStream = [Token("interp", "expr", cond.span, 0, cond)]
    if rest:
        inner = ast.MacCall(call.path, "(", rest, call.span)
        failed = _panic(ex, macro, inner, scope)
        return quote(ex, macro, call, "if !__cond { __failed }", cond=cond_tokens, failed=failed)
    text = _str_token(f"assertion failed: {tokens_to_string(parts[0])}", call.span)
    return quote(ex, macro, call, "if !__cond { $crate::panicking::panic(__text) }", cond=cond_tokens, text=[text])


def _unsupported(ex: Expander, macro: MacroDef, call: ast.MacCall, scope: Any) -> Made:
    raise Unsupported(call.span, f"`{macro.name}!`")


_BUILTINS: dict[str, Callable[[Any, Any, ast.MacCall, Any], Made]] = {
    "core_panic": _panic, "std_panic": _std_panic, "panic": _panic, "unreachable": _unreachable, "assert": _assert,
    "format_args": _format_args, "format_args_nl": _format_args_nl, "const_format_args": _format_args,
    "concat": _concat, "stringify": _stringify, "line": _line, "column": _column, "file": _file,
    "module_path": _module_path, "cfg": _cfg, "cfg_select": _cfg_select, "compile_error": _compile_error, "env": _env,
    "option_env": _option_env, "include": _include, "include_str": _include_str, "include_bytes": _include_bytes,
    "asm": _unsupported, "global_asm": _unsupported, "naked_asm": _unsupported,
}  # fmt: skip
