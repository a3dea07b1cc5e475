"""`#[global_allocator] static A: T = ..;`: the functions through which the whole program's heap goes to `A`.

They are lang items of the user's crate; the library's `host::alloc` and its like become calls of them where a program
has them (`code/intrinsics_num.py`), except in `System`, which `A` most often builds on.
To add a function of `GlobalAlloc`: its line in `_TEMPLATE` and the intrinsic that becomes a call of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..base.diagnostics import CompileError, error
from ..base.span import with_ctxt
from ..syntax import ast
from ..syntax.parser import Parser
from ..syntax.token import Token
from .builtin import fill

if TYPE_CHECKING:
    from .expander import Expander

_LAYOUT: Final = "$crate::alloc::Layout::from_size_align_unchecked(size, align)"
_HEAD: Final = "unsafe fn"
_TEMPLATE: Final = f"""
#[lang = "global_alloc"] {_HEAD} __global_alloc(size: usize, align: usize) -> *mut u8 {{
    unsafe {{ $crate::alloc::GlobalAlloc::alloc(&__static, {_LAYOUT}) }}
}}
#[lang = "global_alloc_zeroed"] {_HEAD} __global_alloc_zeroed(size: usize, align: usize) -> *mut u8 {{
    unsafe {{ $crate::alloc::GlobalAlloc::alloc_zeroed(&__static, {_LAYOUT}) }}
}}
#[lang = "global_dealloc"] {_HEAD} __global_dealloc(block: *mut u8, size: usize, align: usize) {{
    unsafe {{ $crate::alloc::GlobalAlloc::dealloc(&__static, block, {_LAYOUT}) }}
}}
#[lang = "global_realloc"] {_HEAD} __global_realloc(
    block: *mut u8, size: usize, align: usize, new: usize,
) -> *mut u8 {{
    unsafe {{ $crate::alloc::GlobalAlloc::realloc(&__static, block, {_LAYOUT}, new) }}
}}
"""


def expand(ex: Expander, item: ast.Item) -> list[ast.Item]:
    attr = next(a for a in item.attrs if a.path == "global_allocator")
    if not isinstance(item.kind, ast.Static):
        raise CompileError(error(item.span, "allocators must be statics"))
    span = with_ctxt(attr.span, ex.source_map.fresh_expansion(attr.span, "global_allocator", -1))
    name = Token("ident", item.ident.name, item.ident.span)
    return Parser(fill(ex, _TEMPLATE, span, {"static": [name]}), ex.edition, span).parse_items()
