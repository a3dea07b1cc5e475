"""Snapshots with damaged records: `python -m tests.snapshots.hostile FILE SEED COUNT [ENGINE]`.

FILE holds a pickled (program's path or None, snapshot).  Each time a record or two is changed, the snapshot restored,
and what was accepted is run.  Prints one line with how often what happened; dies if the engine does.
"""

from __future__ import annotations

import copy
import pickle
import random
import sys
from collections import Counter
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

from interp.machine.machine import MachineConfig
from interp.machine.snapshot import Changed, Invalid, Snapshot, restore, verify

from .running import Host

EDGES = [0, 1, -1, 2, 7, 8, 16, 63, 64, 255, 4096, 1 << 23, 1 << 31, 1 << 40, (1 << 63) - 1, -(1 << 63), 1 << 64]
LISTS = [f.name for f in fields(Snapshot) if f.default_factory is list] + ["machine"]  # type: ignore[comparison-overlap]


def another(rng: random.Random, value: Any, similar: list[Any]) -> Any:
    """Something in place of a value: an edge, a neighbour, one of the same field elsewhere, another type."""
    if rng.random() < 0.05:
        return rng.choice([None, "x", b"x", -1, 1.5, [], {}])
    if similar and rng.random() < 0.4:
        return rng.choice(similar)
    if type(value) is int:
        near = value + rng.choice([-16, -8, -1, 1, 8, 16])
        return rng.choice([rng.choice(EDGES), near, value ^ 1 << rng.randrange(63)])
    if type(value) is bool:
        return not value
    if type(value) is bytes:
        return damaged_bytes(rng, value)
    if type(value) is str:
        return rng.choice(["", value[1:], value + "x", "main"])
    if type(value) in (list, tuple) and value:
        made = list(value)
        at = rng.randrange(len(made))
        made[at] = another(rng, made[at], [])
        return type(value)(made)
    if type(value) is dict and value:
        key = rng.choice(list(value))
        return {**value, key: another(rng, value[key], list(value.values()))}
    return rng.choice(EDGES)


def damaged_bytes(rng: random.Random, value: bytes) -> bytes:
    if not value or rng.random() < 0.2:
        return value[: rng.randrange(len(value) + 1)] + bytes(rng.randrange(9))
    made = bytearray(value)
    for _ in range(rng.choice([1, 1, 4])):
        at = rng.randrange(len(made)) & -8
        word = rng.choice([rng.randrange(1 << 64), rng.choice(EDGES) & (1 << 64) - 1, rng.randrange(1 << 46)])
        made[at : at + 8] = word.to_bytes(8, "little")[: len(made) - at]
    return bytes(made)


def damaged(rng: random.Random, snapshot: Snapshot) -> Snapshot:
    made = copy.copy(snapshot)
    for _ in range(rng.choice([1, 1, 2])):
        name = rng.choice(LISTS)
        value = getattr(made, name)
        if is_dataclass(value):
            setattr(made, name, with_other_field(rng, value, []))
        elif value:
            records = list(value)
            at = rng.randrange(len(records))
            action = rng.random()
            if action < 0.05:
                del records[at]
            elif action < 0.1:
                records.insert(rng.randrange(len(records)), records[at])
            else:
                records[at] = with_other_field(rng, records[at], records)
            setattr(made, name, records)
    return made


def with_other_field(rng: random.Random, record: Any, others: list[Any]) -> Any:
    if is_dataclass(record):
        name = rng.choice([f.name for f in fields(record)])
        similar = [getattr(other, name) for other in others]
        return replace(record, **{name: another(rng, getattr(record, name), similar)})  # type: ignore[type-var]
    at = rng.randrange(len(record))
    values = list(record)
    values[at] = another(rng, values[at], [other[at] for other in others if len(other) > at])
    return type(record)._make(values) if hasattr(record, "_make") else tuple(values)


def attempt(program: Any, snapshot: Snapshot, engine: str) -> str:
    try:
        machine = restore(program, snapshot, MachineConfig(engine=engine), Host())  # type: ignore[arg-type]
    except (Invalid, Changed) as refused:
        return type(refused).__name__
    try:
        return "ran: " + machine.run(machine.steps + 3000).kind
    except AssertionError as fault:
        return f"ran into an assertion: {fault}"


def main(path: str, seed: str, count: str, engine: str = "auto") -> None:
    from ..unit.machine.test_snapshot import program as busy
    from .running import linked

    source, snapshot = pickle.loads(Path(path).read_bytes())
    verify(snapshot)
    seen: Counter[str] = Counter()
    real = linked(source) if source else None
    for n in range(int(count)):
        rng = random.Random(f"{seed} {n}")
        try:
            seen[attempt(real or busy(), damaged(rng, snapshot), engine)] += 1
        except Exception as error:
            raise AssertionError(f"damage {seed} {n} is not reported") from error
    print(dict(seen))


if __name__ == "__main__":
    main(*sys.argv[1:])
