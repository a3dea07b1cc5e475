"""The store's tables, as SQLAlchemy 2 models; nothing but the schema.  Open `base.py` first.

    program, source, instance                                       programs.py
    code, run_code                                                  code.py
    run, session, checkpoint, input, output, retention_event        runs.py
    allocation, site, allocation_page, page_pack                    memory.py
    thread, frame, chunk, linked, global_address, machine_state     machine.py
    fn_address, cache_event, cache_policy                           functions.py
    writer_lock, store_info                                         owner.py
    views                                                           views.py

Invariants: every constraint has a name (by `base.NAMING`); nothing is pickled: columns are integers, text (JSON where
it says so) and bytes; a store is created whole from these models, an old one is changed by Alembic revisions only.

To add a revision: change the models, write `alembic/versions/NNNN_what.py` with `upgrade` and `downgrade` that say
tables and columns themselves (never import the models: they go on changing), keep a store of the former revision in
`tests/`; views that the change touches are dropped first and created again, their text copied.
"""

from __future__ import annotations

from .base import Base
from .code import Code, RunCode
from .functions import CacheEvent, CachePolicy, FnAddress
from .machine import Chunk, Frame, GlobalAddress, Linked, MachineState, Thread
from .memory import Allocation, AllocationPage, PagePack, Site
from .owner import StoreInfo, WriterLock
from .programs import Instance, Program, Source
from .runs import Checkpoint, Input, Output, RetentionEvent, Run, Session
from .views import VIEWS

__all__ = [
    "VIEWS", "Allocation", "AllocationPage", "Base", "CacheEvent", "CachePolicy", "Checkpoint", "Chunk", "Code",
    "FnAddress", "Frame", "GlobalAddress", "Input", "Instance", "Linked", "MachineState", "Output", "PagePack",
    "Program", "RetentionEvent", "Run", "RunCode", "Session", "Site", "Source", "StoreInfo", "Thread", "WriterLock",
]  # fmt: skip
