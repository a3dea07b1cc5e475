"""Stored code that was made to do harm: `python -m tests.snapshots.hostile_code FILE STEPS SEED COUNT [ENGINE]`.

A run of the program FILE is interrupted after STEPS; each time an image or two of its code are changed, and what the
verifier admits is executed from there.  Prints how often what happened; dies if the engine does.
"""

from __future__ import annotations

import json
import random
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

from interp.code.image import Image, UnknownCode, decode
from interp.code.stored import Missing, StoredProgram
from interp.code.verify import BadCode
from interp.machine.fingerprint import code_digest
from interp.machine.intrinsics import known_intrinsics
from interp.machine.machine import Machine, MachineConfig
from interp.machine.recorder import Recorder
from interp.machine.snapshot import Changed, Invalid, Snapshot, restore, take

from .running import Host, recorded

KNOWN = known_intrinsics()
EDGES = [0, 1, -1, 2, 3, 5, 7, 8, 63, 64, 255, 4096, 1 << 20, 1 << 31, 1 << 40, (1 << 63) - 1, -(1 << 63)]
WORDS, FRAME = 6, 14  # in an image of a function


def images_of(path: Path, steps: int) -> tuple[Snapshot, list[bytes]]:
    """A machine that was interrupted, and the code it has and will have."""
    program = recorded(path)
    machine = Machine(program, MachineConfig(seed=5), Host())  # type: ignore[arg-type]
    machine.run(steps)
    interrupted = take(machine)
    machine.run(steps + 50000)
    files = program.real.linker.tcx.source_map.files  # type: ignore[union-attr]
    return interrupted, program.new_images(0, lambda n: (files[n].name, files[n].is_library), KNOWN)[0]


def other(rng: random.Random, value: Any, near: list[Any]) -> Any:
    """Something in place of a value of an image."""
    if near and rng.random() < 0.4:
        return rng.choice(near)
    if type(value) is int:
        return rng.choice([rng.choice(EDGES), value + rng.choice([-8, -3, -1, 1, 3, 8]), rng.randrange(64)])
    if isinstance(value, list) and value:
        made = list(value)
        at = rng.randrange(len(made))
        made[at] = other(rng, made[at], [x for x in made if type(x) is type(made[at])])
        return made
    if isinstance(value, str):
        return rng.choice(["", value[1:], value + "{0}", "fn"])
    return rng.choice([None, True, 0, [], "x", 1.5])


def damaged(rng: random.Random, data: bytes) -> bytes:
    """An image with a word or a table changed; mostly the words of functions."""
    parts = json.loads(data)
    for _ in range(rng.choice([1, 1, 2, 4])):
        if parts[0] == "fn" and rng.random() < 0.7:
            at = rng.randrange(len(parts[WORDS]))
            parts[WORDS][at] = other(rng, parts[WORDS][at], parts[WORDS])
        else:
            at = rng.choice([FRAME, rng.randrange(3, len(parts))]) if parts[0] == "fn" else rng.randrange(2, len(parts))
            parts[at] = other(rng, parts[at], [])
    return json.dumps(parts).encode()


def no_compiler() -> Any:
    raise Missing("there is no compiler here")


def attempt(snapshot: Snapshot, images: list[Image], engine: str) -> str:
    try:
        program: Any = StoredProgram(images, no_compiler, KNOWN)
        machine = restore(program, snapshot, MachineConfig(engine=engine), Host())  # type: ignore[arg-type]
    except (Invalid, Changed, Missing) as refused:
        return type(refused).__name__
    try:
        kind = machine.run(machine.steps + 3000).kind
        machine.recorder = Recorder(machine.core)
        take(machine)
        return f"ran: {kind}"
    except Missing:
        return "Missing"
    except (AssertionError, ValueError, OverflowError, TypeError, LookupError) as fault:
        return f"ran into {type(fault).__name__}"


def main(path: str, steps: str, seed: str, count: str, engine: str = "auto") -> None:
    snapshot, texts = images_of(Path(path), int(steps))
    good = [decode(text, KNOWN) for text in texts]
    busy = {frame.symbol for frame in snapshot.frames} | {f.symbol for f in snapshot.functions[-40:]}
    likely = [n for n, image in enumerate(good) if image.symbol in busy]
    seen: Counter[str] = Counter()
    for n in range(int(count)):
        rng = random.Random(f"{seed} {n}")
        made = list(good)
        try:
            for _ in range(rng.choice([1, 1, 3])):
                at = rng.choice(likely) if rng.random() < 0.8 else rng.randrange(len(texts))
                made[at] = decode(damaged(rng, texts[at]), KNOWN)
        except (BadCode, UnknownCode) as refused:
            seen[type(refused).__name__] += 1
            continue
        seen[attempt(forged(snapshot, made), made, engine)] += 1
    print(dict(seen))


def forged(snapshot: Snapshot, images: list[Image]) -> Snapshot:
    """The snapshot with the digests of the changed code: whoever forges the one forges the other."""
    try:
        program: Any = StoredProgram(images, no_compiler, KNOWN)
        digests = {}
        for record in snapshot.functions:
            number = program.find_instance(record.symbol)
            digests[record.symbol] = code_digest(program.assemble(number), program)
    except (Missing, LookupError):
        return snapshot
    return replace(snapshot, functions=[f._replace(digest=digests[f.symbol]) for f in snapshot.functions])


if __name__ == "__main__":
    main(*sys.argv[1:])
