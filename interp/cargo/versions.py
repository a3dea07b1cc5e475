"""Version requirements, as Cargo reads them: `1.2`, `^0.3`, `~1.2.3`, `=1.0.0`, `>=1, <3`, `1.*`."""

from __future__ import annotations

import re
from typing import Optional

_VERSION = re.compile(r"^(\d+|\*|x)(?:\.(\d+|\*|x))?(?:\.(\d+|\*|x))?(?:-([0-9A-Za-z.-]+))?(?:\+.*)?$")
_PART = re.compile(r"^(\^|~|=|>=|<=|>|<)?\s*(.+)$")
Key = tuple[int, int, int, tuple[object, ...]]


def key_of(version: str) -> Key:
    """To be compared: a pre-release comes before its release."""
    found = _VERSION.match(version.strip())
    if found is None:
        return (0, 0, 0, (0,))
    numbers = [int(x) if x is not None and x.isdigit() else 0 for x in found.groups()[:3]]
    pre = found.group(4)
    rank: tuple[object, ...] = (1,)
    if pre is not None:
        rank = (0, *((0, int(p), "") if p.isdigit() else (1, 0, p) for p in pre.split(".")))
    return (numbers[0], numbers[1], numbers[2], rank)


def matches(requirement: str, version: str) -> bool:
    """Whether `version` is one that `requirement` allows."""
    found = key_of(version)
    if found[3] != (1,) and "-" not in requirement:
        return False
    return all(_holds(part, found) for part in requirement.split(",") if part.strip())


def _holds(part: str, version: Key) -> bool:
    found = _PART.match(part.strip())
    assert found is not None
    operator, text = found.groups()
    numbers = _VERSION.match(text.strip())
    if numbers is None:
        return False
    given = [int(x) for x in numbers.groups()[:3] if x is not None and x.isdigit()]
    low = key_of(text)
    if operator in (">", "<="):
        return (version >= _after(given)) == (operator == ">")
    if operator == "<":
        return version < low
    if operator == "=" and len(given) == 3:
        return version == low
    return low <= version and (operator == ">=" or version < _end(operator, given))


def _after(given: list[int]) -> Key:
    """The first version that `given`, with what it leaves open, does not mean."""
    if not given:
        return (1 << 62, 0, 0, (0,))
    raised = [*given[:-1], given[-1] + 1]
    return (*(raised + [0, 0, 0])[:3], (1,) if len(given) == 3 else (0,))  # type: ignore[return-value]


def _end(operator: Optional[str], given: list[int]) -> Key:
    """What a caret, tilde or plain requirement stops before."""
    if operator == "=":
        return _after(given)
    if operator == "~":
        return _after(given[:2])
    fixed = next((i for i, n in enumerate(given) if n), len(given) - 1)
    return _after(given[: fixed + 1])
