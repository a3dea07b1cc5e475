"""Keywords by edition, and what may begin an expression, a type or an item.

A keyword is an ident token whose `spacing` is not RAW.  To add one: `STRICT` or the edition's own set.
"""

from __future__ import annotations

from typing import Final

STRICT: Final = frozenset([
    "as", "break", "const", "continue", "crate", "else", "enum", "extern", "false", "fn", "for", "if", "impl", "in",
    "let", "loop", "match", "mod", "move", "mut", "pub", "ref", "return", "self", "Self", "static", "struct", "super",
    "trait", "true", "type", "unsafe", "use", "where", "while", "_",
])  # fmt: skip
RESERVED: Final = frozenset([
    "abstract", "become", "box", "do", "final", "macro", "override", "priv", "typeof", "unsized", "virtual", "yield",
])  # fmt: skip
SINCE_2018: Final = frozenset(["async", "await", "dyn"])
PATH_KEYWORDS: Final = frozenset(["self", "Self", "super", "crate", "$crate"])


def keywords(edition: int) -> frozenset[str]:
    """All words that are no identifiers in `edition`."""
    found = STRICT | RESERVED
    if edition >= 2018:
        found |= SINCE_2018 | {"try"}
    return found | {"gen"} if edition >= 2024 else found


BY_EDITION: Final = {edition: keywords(edition) for edition in (2015, 2018, 2021, 2024)}

# What may begin an expression: operators and delimiters, then keywords.
EXPR_PUNCT: Final = frozenset([
    "(", "[", "{", "{}", "!", "-", "*", "|", "||", "&", "&&", "..", "...", "..=", "<", "<<", "::", "#",
])  # fmt: skip
EXPR_WORDS: Final = frozenset([
    "async", "do", "box", "break", "const", "continue", "false", "for", "gen", "if", "let", "loop", "match", "move",
    "return", "true", "try", "unsafe", "while", "yield", "safe", "static", "self", "Self", "super", "crate", "$crate",
])  # fmt: skip
ITEM_WORDS: Final = frozenset([
    "async", "const", "default", "enum", "extern", "fn", "impl", "macro_rules", "mod", "pub", "safe", "static",
    "struct", "trait", "type", "union", "unsafe", "use",
])  # fmt: skip
