"""The program's standard streams, kept: what it wrote is recorded, what it read is recorded, and neither twice.

Output is a function of the run, so a position says what was emitted.  Written to a regular file it appears once: the
file tells by its own length and content how much of the run's stream it has, and only the rest is written.  Pipes and
terminals get everything from the checkpoint on: at least once, never with a gap.  Files of both streams (`> x 2>&1`)
get them in the order of writing.

Input comes in pieces as the host gives it; a read of the program never crosses a piece, so that reading the recorded
pieces again is the same run.  Once there is a checkpoint, a piece is stored before the program sees it.

Invariant: `pending` is what was written since the last committed checkpoint.  To add a stream: its descriptor in
`OUTPUTS`, its position in `checkpoint`.
"""

from __future__ import annotations

import os
import select
import stat
from collections.abc import Callable, Iterable
from typing import Any, Final, Optional

from . import records
from .database import Database

OUTPUTS: Final = (1, 2)
PIECE: Final = 1 << 20  # bytes of a piece of input, at most
PENDING: Final = 16 << 20  # bytes of output after which a checkpoint is due


class Interrupted(Exception):
    """A signal came while the program waited for input; nothing has happened to it."""


class Sink:
    """A terminal or pipe."""

    def __init__(self, fd: int) -> None:
        self.fd = fd

    def write(self, data: bytes) -> None:
        view = memoryview(data)
        while view:
            view = view[os.write(self.fd, view) :]


class FileSink(Sink):
    """A regular file.  `origin` is where the run's bytes begin in it; `fds` are the streams that go to it."""

    def __init__(self, fd: int, fds: tuple[int, ...], origin: int) -> None:
        super().__init__(fd)
        self.fds, self.origin = fds, origin
        self.at = origin  # what comes next belongs here
        self.ahead = 0  # bytes from `at` on that a former session left
        self.reader: Optional[int] = None

    @property
    def identity(self) -> list[Any]:
        """As `run.stdout_file` keeps it."""
        found = os.fstat(self.fd)
        return [found.st_dev, found.st_ino, self.origin, list(self.fds)]

    def resume(self, stream: Iterable[bytes], known: Optional[int]) -> None:
        """Bring the file to where the recorded `stream` ends; `known`: the origin if this is the file of before."""
        size = os.fstat(self.fd).st_size
        os.lseek(self.fd, 0, os.SEEK_END)
        self._open()
        self.origin = known if known is not None and known <= size else 0
        pieces = list(stream) if known is None and size else stream
        if known is None and size and not self._begins_with(pieces, size):
            self.origin = size  # another file, with something else in it
        self.at, self.ahead = self.origin, size - self.origin
        for piece in pieces:
            self.write(piece)

    def _begins_with(self, pieces: Iterable[bytes], size: int) -> bool:
        at = 0
        for piece in pieces:
            part = piece[: size - at]
            if self._read(at, len(part)) != part:
                return False
            at += len(part)
        return at > 0

    def write(self, data: bytes) -> None:
        if self.ahead:
            data = data[self._skip(data) :]
        if data:
            super().write(data)
            self.at += len(data)

    def _skip(self, data: bytes) -> int:
        """How many bytes of `data` the file has already; what stands there instead stays, but for zeros."""
        there = self._read(self.at, min(len(data), self.ahead))
        same = len(there)
        if not data.startswith(there):
            same = next(i for i, (a, b) in enumerate(zip(there, data)) if a != b)
        self.at += same
        self.ahead -= same
        if same < len(data) and self.ahead:
            if not self._read(self.at, self.ahead).strip(b"\0"):
                os.ftruncate(self.fd, self.at)  # a crash of the machine left room and no bytes
                os.lseek(self.fd, self.at, os.SEEK_SET)
            self.ahead = 0
        return same

    def _open(self) -> None:
        try:
            self.reader = os.open(f"/dev/fd/{self.fd}", os.O_RDONLY | os.O_CLOEXEC)
        except OSError:
            self.reader = None  # write-only here: its length must do

    def _read(self, at: int, size: int) -> bytes:
        if self.reader is None:
            return bytes(size)
        return os.pread(self.reader, size, at)


def sinks() -> dict[int, Sink]:
    """For each output stream where it goes; streams of the same file share a sink."""
    out: dict[int, Sink] = {}
    files: dict[tuple[int, int], list[int]] = {}
    for fd in OUTPUTS:
        try:
            found = os.fstat(fd)
        except OSError:
            out[fd] = Sink(fd)
            continue
        if stat.S_ISREG(found.st_mode):
            files.setdefault((found.st_dev, found.st_ino), []).append(fd)
        out[fd] = Sink(fd)
    for fds in files.values():
        shared = FileSink(fds[0], tuple(fds), _begin(fds[0]))
        out.update(dict.fromkeys(fds, shared))
    return out


def _begin(fd: int) -> int:
    """Where the next byte goes."""
    import fcntl

    appends = fcntl.fcntl(fd, fcntl.F_GETFL) & os.O_APPEND
    return os.lseek(fd, 0, os.SEEK_END if appends else os.SEEK_CUR)


class Input:
    """Standard input; `begun` counts the pieces that the program has read from."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []  # from piece number `first` on
        self.first = 0
        self.begun = 0
        self.offset = 0  # of the piece begun last, how much was read
        self.total = 0  # bytes of all pieces
        self.stored = 0  # pieces that are safe
        self.keep: Optional[Callable[[int, int, bytes], None]] = None  # stores a piece at once
        self.waiting = False
        self.ended = False  # a pipe or file that came to its end once has ended; a terminal may go on

    def resume(self, pieces: list[bytes], begun: int, consumed: int) -> None:
        """What a former session recorded; the program had begun `begun` pieces and read `consumed` bytes."""
        self.pieces, self.begun, self.stored = pieces, begun, len(pieces)
        self.total = sum(map(len, pieces))
        before = sum(map(len, pieces[: max(begun - 1, 0)]))
        self.offset = consumed - before
        self.ended = bool(pieces) and not pieces[-1]
        self._skip_known(pieces)

    def _skip_known(self, pieces: list[bytes]) -> None:
        """A regular file that begins with what was read goes on after it."""
        try:
            if not self.total or not stat.S_ISREG(os.fstat(0).st_mode):
                return
            at, start = 0, os.lseek(0, 0, os.SEEK_CUR)
            for piece in pieces:
                if os.pread(0, len(piece), start + at) != piece:
                    return
                at += len(piece)
            os.lseek(0, start + at, os.SEEK_SET)
        except OSError:
            return

    def read(self, n: int) -> bytes:
        if self.begun:
            piece = self.pieces[self.begun - 1 - self.first]
            if self.offset < len(piece):
                data = piece[self.offset : self.offset + n]
                self.offset += len(data)
                return data
        if self.begun - self.first == len(self.pieces):
            if self.ended:
                return b""
            self._fetch()
        self.begun += 1
        data = self.pieces[self.begun - 1 - self.first][:n]
        self.offset = len(data)
        return data

    def _fetch(self) -> None:
        self.waiting = True
        try:
            data = os.read(0, PIECE)
            while data and len(data) < PIECE and select.select([0], [], [], 0)[0]:
                more = os.read(0, PIECE - len(data))
                if not more:
                    break
                data += more
        finally:
            self.waiting = False
        if self.keep is not None:
            self.keep(self.first + len(self.pieces), self.total, data)
            self.stored = self.first + len(self.pieces) + 1
        self.pieces.append(data)
        self.total += len(data)
        self.ended = not data and not os.isatty(0)

    def store(self, db: Database, run_id: int) -> None:
        rows, offset = [], self.total
        for number in range(self.first + len(self.pieces) - 1, self.stored - 1, -1):
            data = self.pieces[number - self.first]
            offset -= len(data)
            rows.append((run_id, number, offset, data))
        db.insert("input", records.INPUT, rows)

    def committed(self) -> None:
        """What was read to its end and is stored is needed no more."""
        self.stored = self.first + len(self.pieces)
        done = max(self.begun - 1 - self.first, 0)
        del self.pieces[:done]
        self.first += done


class Streams:
    """The host of a machine whose run is kept."""

    def __init__(self) -> None:
        self.sinks = sinks()
        self.input = Input()
        self.positions = dict.fromkeys(OUTPUTS, 0)
        self.pending: list[tuple[int, int, bytearray]] = []  # stream, offset, bytes
        self.pending_bytes = 0
        self.next_output = 0  # number of the next piece

    def write(self, fd: int, data: bytes) -> None:
        self.sinks[fd].write(data)
        if self.pending and self.pending[-1][0] == fd and len(self.pending[-1][2]) < PIECE:
            self.pending[-1][2].extend(data)
        else:
            self.pending.append((fd, self.positions[fd], bytearray(data)))
        self.positions[fd] += len(data)
        self.pending_bytes += len(data)

    def read(self, n: int) -> bytes:
        return self.input.read(n)

    def forget(self) -> None:
        """What is pending will not be stored."""
        self.pending.clear()
        self.pending_bytes = 0
        self.input.committed()

    def files(self) -> list[list[Any]]:
        """Which regular files the run writes to, as `run.stdout_file` keeps it."""
        return [sink.identity for sink in dict.fromkeys(self.sinks.values()) if isinstance(sink, FileSink)]

    def resume(self, files: list[list[Any]], pieces: Callable[[tuple[int, ...]], Iterable[bytes]]) -> None:
        """Bring regular files up to date; `pieces` gives the recorded bytes of some streams, in order."""
        for sink in dict.fromkeys(self.sinks.values()):
            if isinstance(sink, FileSink):
                device, inode, *_ = sink.identity
                known = [f[2] for f in files if f[:2] == [device, inode]]
                sink.resume(pieces(sink.fds), known[0] if known else None)

    def store(self, db: Database, run_id: int, checkpoint: int) -> None:
        """Everything that is pending, in the caller's transaction."""
        rows = [
            (run_id, self.next_output + i, checkpoint, fd, offset, bytes(data))
            for i, (fd, offset, data) in enumerate(self.pending)
        ]
        db.insert("output", records.OUTPUT, rows)
        self.input.store(db, run_id)

    def committed(self) -> None:
        self.next_output += len(self.pending)
        self.pending.clear()
        self.pending_bytes = 0
        self.input.committed()
