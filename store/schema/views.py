"""Views that answer the common questions in `sqlite3`, Datasette and PostgreSQL alike.

    run_list              runs with program, status, steps, checkpoints, sizes of their streams
    checkpoint_list       checkpoints with what they cost
    allocation_at         allocations at every kept checkpoint: filter by run_id and checkpoint
    allocation_now        allocations at each run's last checkpoint
    frame_at              frames with function and source line at every kept checkpoint
    fn_address_at         function addresses at every kept checkpoint

To add one: its text here, its name above and in the README, and a revision that creates it.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import DDL, event

from .base import Base

_HELD: Final = "{0}.from_checkpoint <= c.number AND ({0}.to_checkpoint IS NULL OR {0}.to_checkpoint > c.number)"
_KIND: Final = """CASE a.kind WHEN 0 THEN 'free' WHEN 1 THEN 'stack' WHEN 2 THEN 'heap' WHEN 3 THEN 'static'
  WHEN 4 THEN 'const' WHEN 5 THEN 'fn' WHEN 6 THEN 'vtable' WHEN 7 THEN 'machine' WHEN 8 THEN 'thread-local' END"""
_ALLOCATION: Final = f"""
  a.run_id, c.number AS checkpoint, a.alloc_id, {_KIND} AS kind, a.base AS address, a.size, a.align, a.mutable,
  a.exposed, a.thread, p.file AS born_file, p.line AS born_line, i.symbol AS refers
FROM checkpoint c JOIN allocation a ON a.run_id = c.run_id AND {_HELD.format("a")} AND a.kind <> 0
LEFT JOIN site p ON p.run_id = a.run_id AND p.number = a.birth LEFT JOIN instance i ON i.id = a.refers_id"""

VIEWS: Final[dict[str, str]] = {
    "run_list": """SELECT r.id, p.path AS program, r.status, r.outcome, r.exit_code, r.steps, r.seed,
  r.parent_run_id, r.parent_checkpoint, r.created_at, r.updated_at,
  (SELECT count(*) FROM checkpoint c WHERE c.run_id = r.id) AS checkpoints,
  (SELECT count(*) FROM session s WHERE s.run_id = r.id) AS sessions
FROM run r JOIN program p ON p.id = r.program_id""",
    "checkpoint_list": """SELECT c.run_id, c.number, c.reason, c.created_at, c.steps, c.clock, c.live_allocations,
  c.live_bytes, c.stdout_bytes, c.pages_written, c.rows_written, c.bytes_written, c.microseconds, s.pid, s.engine
FROM checkpoint c JOIN session s ON s.id = c.session_id""",
    "allocation_at": f"SELECT {_ALLOCATION}",
    "allocation_now": f"SELECT {_ALLOCATION} JOIN run r ON r.id = c.run_id AND r.last_checkpoint = c.number",
    "frame_at": f"""SELECT f.run_id, c.number AS checkpoint, f.thread_id, t.name AS thread, f.depth,
  i.name AS function, f.file, f.line, f.block, f.statement
FROM checkpoint c JOIN frame f ON f.run_id = c.run_id AND {_HELD.format("f")}
JOIN thread t ON t.run_id = c.run_id AND t.thread_id = f.thread_id AND {_HELD.format("t")}
JOIN instance i ON i.id = f.instance_id""",
    "fn_address_at": f"""SELECT a.run_id, c.number AS checkpoint, a.kind, i.symbol AS function, a.salt, a.address,
  a.exposed, a.casts, a.first_cast, a.last_cast
FROM checkpoint c JOIN fn_address a ON a.run_id = c.run_id AND {_HELD.format("a")}
JOIN instance i ON i.id = a.instance_id""",
}

for _name, _text in VIEWS.items():
    event.listen(Base.metadata, "after_create", DDL(f"CREATE VIEW {_name} AS {_text}"))  # type: ignore[no-untyped-call]
    event.listen(Base.metadata, "before_drop", DDL(f"DROP VIEW IF EXISTS {_name}"))  # type: ignore[no-untyped-call]
