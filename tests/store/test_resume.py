"""A run that was stopped or killed goes on: same output, same exit code, whatever happened in between."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from store.faults import POINTS
from tests.conftest import ROOT, needs_compiled

PROGRAM = """
use std::collections::HashMap;
struct Node { value: u64, next: Option<Box<Node>> }
fn main() {
    let rounds: u64 = std::env::args().nth(1).map_or(2000, |a| a.parse().unwrap());
    let stdin = std::io::stdin();
    let (mut map, mut head, mut sum) = (HashMap::<u64, Vec<u64>>::new(), None::<Box<Node>>, 0u64);
    for i in 0..rounds {
        let v = map.entry(i % 97).or_default();
        v.push(i);
        if v.len() > 20 { v.clear(); }
        sum = sum.wrapping_mul(31).wrapping_add(v.len() as u64);
        if i % 7 == 0 { head = Some(Box::new(Node { value: sum, next: head.take() })); }
        if i % 50 == 0 {
            let mut line = String::new();
            let n = stdin.read_line(&mut line).unwrap();
            println!("{i} {sum} {n} {}", line.trim());
        }
        if i % 333 == 0 { eprintln!("at {i}"); }
    }
    let (mut n, mut at) = (0, &head);
    while let Some(node) = at { n += node.value & 1; at = &node.next; }
    println!("end {sum} {n}");
    std::process::exit((sum % 100) as i32 + 1);
}
"""
INPUT = b"".join(b"%d\n" % i for i in range(1, 31))
EVERY = "--checkpoint-every=20000steps"


class Place:
    """A directory with the program and a store; what it should print."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.out = folder, folder / "out.txt"
        (folder / "work.rs").write_text(PROGRAM)

    def run(
        self, *args: str, data: bytes = b"", fault: str = "", env: dict[str, str] | None = None, file_size: int = 0
    ) -> int:
        """`interp run ARGS`, output appended to `out`; the exit code (negative: killed).  `file_size`: the limit."""

        def limit() -> None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (file_size, file_size))

        with open(self.out, "ab") as out:
            done = subprocess.run(
                [sys.executable, str(ROOT / "cli.py"), "run", *args], cwd=self.folder, input=data, stdout=out,
                stderr=subprocess.PIPE, timeout=300, env=self.env(fault, env),
                preexec_fn=limit if file_size else None,
            )  # fmt: skip
        self.err = done.stderr.decode()
        assert "Traceback" not in self.err, self.err
        return done.returncode

    def env(self, fault: str = "", env: dict[str, str] | None = None) -> dict[str, str]:
        return {**os.environ, "INTERP_STORE": "", "INTERP_FAULT": fault, "NO_COLOR": "1", **(env or {})}

    def start(self, *args: str) -> subprocess.Popen[bytes]:
        with open(self.out, "ab") as out:
            return subprocess.Popen(
                [sys.executable, str(ROOT / "cli.py"), "run", *args], cwd=self.folder, stdout=out,
                stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, env=self.env(),
            )  # fmt: skip

    def sql(self, text: str) -> list[tuple[object, ...]]:
        raw = sqlite3.connect(f"file:{self.folder}/.interp/store.db?mode=rw", uri=True)
        try:
            return raw.execute(text).fetchall()
        finally:
            raw.close()

    def wait(self, text: str, seconds: float = 60.0) -> None:
        """Until the store has a row for the query."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            try:
                if self.sql(text):
                    return
            except sqlite3.Error:
                pass
            time.sleep(0.02)
        raise AssertionError(f"never came: {text}")


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> tuple[int, bytes]:
    place = Place(tmp_path_factory.mktemp("whole"))
    return place.run("--no-store", "work.rs", data=INPUT), place.out.read_bytes()


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def test_a_kept_run_is_the_same(place: Place, expected: tuple[int, bytes]) -> None:
    assert (place.run(EVERY, "work.rs", data=INPUT), place.out.read_bytes()) == expected
    assert place.sql("SELECT status, outcome, exit_code FROM run") == [("finished", "exit", expected[0])]
    assert place.sql("PRAGMA foreign_key_check") == []
    assert place.sql("SELECT * FROM writer_lock") == []


@pytest.mark.parametrize("point", POINTS)
def test_killed_at_each_point_of_the_code(place: Place, expected: tuple[int, bytes], point: str) -> None:
    code = place.run(EVERY, "work.rs", data=INPUT, fault=f"{point}:{1 if point == 'input' else 3}")
    assert code == -signal.SIGKILL
    code = place.run("--resume", EVERY, fault=f"{point}:2")
    assert code in (-signal.SIGKILL, expected[0])
    if code < 0:
        assert place.run("--resume", EVERY) == expected[0]
    assert place.out.read_bytes() == expected[1]
    assert place.sql("PRAGMA integrity_check") == [("ok",)]
    assert place.sql("PRAGMA foreign_key_check") == []


@pytest.mark.parametrize("fault", ["rows:2=enospc,once", "before-commit:2=enospc", "thinned=eio,once"])
def test_a_disk_that_fails_loses_nothing(place: Place, expected: tuple[int, bytes], fault: str) -> None:
    code = place.run(EVERY, "work.rs", data=INPUT, fault=fault)
    assert (code, place.out.read_bytes()) == expected
    assert "checkpoint failed" in place.err
    if fault.endswith("once"):
        assert place.sql("SELECT status FROM run") == [("finished",)]
    else:
        assert "cannot be written" in place.err
        assert place.run("--resume", EVERY) == code
        assert place.out.read_bytes() == expected[1]


def test_a_full_database_loses_nothing(place: Place, expected: tuple[int, bytes]) -> None:
    assert place.run("--max-steps=30000", "--store=.interp/store.db", "work.rs", data=INPUT) == 13
    (pages,) = place.sql("PRAGMA page_count")[0]
    code = place.run("--resume", EVERY, env={"INTERP_MAX_PAGES": str(int(str(pages)) + 2)})
    assert (code, place.out.read_bytes()) == expected
    assert "disk is full" in place.err
    assert place.run("--resume", EVERY) == code and place.out.read_bytes() == expected[1]


def test_a_limit_on_file_sizes_loses_nothing(place: Place, expected: tuple[int, bytes]) -> None:
    """The store's files may not grow any more, whatever is written to them."""
    assert place.run("--max-steps=30000", "--store=.interp/store.db", "work.rs", data=INPUT) == 13
    size = (place.folder / ".interp/store.db").stat().st_size
    code = place.run("--resume", EVERY, file_size=size + 20000)
    assert (code, place.out.read_bytes()) == expected
    assert "checkpoint failed" in place.err
    assert place.run("--resume", EVERY) == code and place.out.read_bytes() == expected[1]
    assert place.sql("PRAGMA integrity_check") == [("ok",)]


def test_a_small_disk_loses_nothing(place: Place, expected: tuple[int, bytes], tmp_path: Path) -> None:
    """A file system that is full: of its own, since that takes the right to mount one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1500k", "none", str(disk)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("a file system can only be mounted by root")
    try:
        where = ["--store", str(disk / "store.db")]
        code = place.run(EVERY, *where, "work.rs", data=INPUT)
        assert (code, place.out.read_bytes()) == expected
        assert "disk is full" in place.err and "checkpoint failed" in place.err
        subprocess.run([*mount[:4], "remount,size=50m", *mount[5:]], check=True)
        assert place.run("--resume", EVERY, *where) in (code, 20)  # 20: there was room for the last checkpoint
        assert place.out.read_bytes() == expected[1]
        check = subprocess.run([sys.executable, str(ROOT / "cli.py"), "store", "check", *where], capture_output=True)
        assert check.returncode == 0, check.stdout
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_a_run_that_never_got_to_a_checkpoint(place: Place, expected: tuple[int, bytes]) -> None:
    """`--resume` means the latest run that can be resumed."""
    assert place.run(EVERY, "work.rs", data=INPUT, fault="begin:1") == -signal.SIGKILL
    assert place.sql("SELECT id, status, last_checkpoint FROM run") == [(1, "unfinished", 0)]
    for what in ([], ["work.rs"], ["1"]):
        assert place.run("--resume", *what) == 14 and "`interp run" in place.err, place.err
    place.out.write_bytes(b"")
    assert place.run("--max-steps=30000", "work.rs", data=INPUT) == 13
    out, place.out = place.out, place.folder / "other.txt"
    assert place.run(EVERY, "work.rs", data=INPUT, fault="begin:1") == -signal.SIGKILL
    place.out = out
    assert place.run("--resume") == expected[0] and place.out.read_bytes() == expected[1]
    assert place.sql("SELECT id FROM run WHERE status = 'finished'") == [(2,)]


def test_the_log_of_a_store_that_was_removed(place: Place, expected: tuple[int, bytes]) -> None:
    """It is not taken for the new store's."""
    assert place.run(EVERY, "work.rs", data=INPUT, fault="after-commit:3") == -signal.SIGKILL
    log = place.folder / ".interp/store.db-wal"
    assert log.stat().st_size > 0
    os.utime(log, (0, 0))
    (place.folder / ".interp/store.db").unlink()
    place.out.write_bytes(b"")
    assert (place.run(EVERY, "work.rs", data=INPUT), place.out.read_bytes()) == expected
    assert place.sql("PRAGMA integrity_check") == [("ok",)]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_with_a_checkpoint(place: Place, number: int) -> None:
    before = signal.signal(number, signal.SIG_DFL)  # in the background of a shell SIGINT is ignored, by children too
    child = place.start("--checkpoint-every=50ms", "work.rs", "1000000000")
    signal.signal(number, before)
    place.wait("SELECT 1 FROM checkpoint")
    child.send_signal(number)
    _, err = child.communicate(timeout=60)
    assert child.returncode == 128 + number and b"`interp run --resume" in err
    assert place.sql("SELECT status, outcome FROM run") == [("unfinished", f"signal {int(number)}")]
    assert place.sql("SELECT reason FROM checkpoint ORDER BY number DESC LIMIT 1") == [("stop",)]


def test_a_second_writer_is_refused(place: Place) -> None:
    child = place.start("--store=.interp/store.db", "--checkpoint-every=50ms", "work.rs", "1000000000")
    try:
        place.wait("SELECT 1 FROM writer_lock WHERE acquired_at < strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '-2 seconds')")
        assert place.run("--store=.interp/store.db", "work.rs", "10") == 19
        assert f"process {child.pid}" in place.err
        assert place.run("--resume") == 19
        before = place.out.read_bytes()
        assert place.run("work.rs", "10") != 19 and "this run is not kept" in place.err
        assert place.out.read_bytes() != before
    finally:
        child.kill()
        child.communicate()
    assert place.run("--resume", "--max-steps=1") == 13, place.err


@needs_compiled
def test_engines_take_over_from_each_other(place: Place, expected: tuple[int, bytes]) -> None:
    assert place.run("--engine=compiled", "--max-steps=40000", "work.rs", data=INPUT) == 13
    assert place.run("--engine=pure", "--resume", "--max-steps=60000") == 13
    assert (place.run("--engine=compiled", "--resume"), place.out.read_bytes()) == expected
    assert [e for (e,) in place.sql("SELECT engine FROM session ORDER BY id")] == ["compiled", "pure", "compiled"]


def test_a_changed_source_is_refused(place: Place, expected: tuple[int, bytes]) -> None:
    assert place.run("--max-steps=50000", "work.rs", data=INPUT) == 13
    (place.folder / "work.rs").write_text(PROGRAM.replace("31", "37"))
    assert place.run("--resume") == 21
    assert "`work.rs` has changed" in place.err and "--use-stored-source" in place.err
    assert (place.run("--resume", "--use-stored-source"), place.out.read_bytes()) == expected


def test_what_cannot_be_resumed_says_so(place: Place) -> None:
    assert place.run("--resume") == 14 and "no store" in place.err
    assert place.run("work.rs", "20") > 0
    assert place.run("--resume") == 20 and "has finished" in place.err
    assert place.run("--resume", "7") == 14 and "no run 7" in place.err
    assert place.run("--resume", "--at", "9", "1") == 14 and "no checkpoint 9" in place.err
    assert place.run("--resume", "--no-store") == 2
    assert place.run("--at", "1", "work.rs") == 2


def test_back_to_a_checkpoint_and_fork(place: Place, expected: tuple[int, bytes]) -> None:
    assert place.run(EVERY, "work.rs", data=INPUT) == expected[0]
    early = min(int(str(n)) for (n,) in place.sql("SELECT number FROM checkpoint"))
    (place.folder / "fork.txt").write_bytes(b"")
    kept, place.out = place.out, place.folder / "fork.txt"
    assert (place.run("--resume", "--at", str(early), "--fork", "1"), place.out.read_bytes()) == expected
    shared = "SELECT count(*) FROM allocation_page a JOIN allocation_page b USING (pack_id) WHERE a.run_id < b.run_id"
    assert place.sql(shared) > [(0,)]  # what the parent has is not stored again
    assert place.sql("SELECT parent_run_id, parent_checkpoint FROM run WHERE id = 2") == [(1, early)]
    place.out = kept
    assert (place.run("--resume", "--at", str(early), "1"), place.out.read_bytes()) == expected
    assert place.sql("SELECT count(*) FROM retention_event WHERE kind = 'rewound'") != [(0,)]


def test_another_file_gets_the_whole_stream(place: Place, expected: tuple[int, bytes]) -> None:
    assert place.run("--max-steps=100000", "work.rs", data=INPUT) == 13
    place.out = place.folder / "other.txt"
    assert (place.run("--resume"), place.out.read_bytes()) == expected
