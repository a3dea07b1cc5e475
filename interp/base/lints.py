"""Lints: their names, groups and default levels, and what the floors found before anybody asked how serious it is.

A floor that meets something questionable notes it in the session's `Lints`, if there is one; `interp.lint` finds more,
decides the levels by the attributes around each place, and emits what is left.
To add a lint: its name and level in `DEFAULT`, in a group if rustc has it in one, and a `note` where it is met.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal, NamedTuple, Optional

from .diagnostics import Diagnostic, warning
from .span import Span

LintLevel = Literal["allow", "expect", "warn", "deny", "forbid"]

DEFAULT: Final[dict[str, LintLevel]] = {
    "dead_code": "warn", "path_statements": "warn", "unreachable_code": "warn", "unreachable_patterns": "warn",
    "unused_assignments": "warn", "unused_imports": "warn", "unused_must_use": "warn", "unused_mut": "warn",
    "unused_unsafe": "warn", "unused_variables": "warn", "non_camel_case_types": "warn", "non_snake_case": "warn",
    "non_upper_case_globals": "warn", "while_true": "warn", "unsafe_code": "allow",
}  # fmt: skip
GROUPS: Final[dict[str, tuple[str, ...]]] = {
    "unused": (
        "dead_code", "path_statements", "unreachable_code", "unreachable_patterns", "unused_assignments",
        "unused_imports", "unused_must_use", "unused_mut", "unused_unsafe", "unused_variables",
    ),
    "nonstandard_style": ("non_camel_case_types", "non_snake_case", "non_upper_case_globals"),
}  # fmt: skip
GROUPS_OLD: Final = {"bad_style": "nonstandard_style"}
GROUP_OF: Final = {name: group for group, names in GROUPS.items() for name in names}


class Found(NamedTuple):
    """One thing a lint is about; `owner`: the definition whose attributes say how serious it is."""

    lint: str
    owner: int
    diagnostic: Diagnostic


@dataclass(slots=True)
class Lints:
    """What was found in this session; `attrs`: places inside bodies that have attributes, with those.

    `reached`: where variables are declared to which control gets; `mutable`: where one is declared `mut`, with its
    owner; `changed`: those of these places whose variable is changed somewhere."""

    found: list[Found] = field(default_factory=list)
    attrs: list[tuple[Span, list[object]]] = field(default_factory=list)
    mutable: dict[Span, int] = field(default_factory=dict)
    changed: set[Span] = field(default_factory=set)
    reached: set[Span] = field(default_factory=set)

    def note(self, lint: str, owner: int, span: Span, message: str, label: str = "") -> Diagnostic:
        found = warning(span, message, "", label)
        self.found.append(Found(lint, owner, found))
        return found


def lints_of(memo: dict[str, object]) -> Optional[Lints]:
    """The session's, if somebody wants to know."""
    return memo.get("lints")  # type: ignore[return-value]
