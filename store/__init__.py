"""The store: runs, checkpoints and the function-address cache's history in a database.

Floors of its own: `schema/` (the tables, nothing else), `engine.py` (where a store is, how it is opened), above them
the use-cases that `cli.py` calls.  SQLAlchemy is imported here and in `alembic/` only, and only when it is needed: a
start of a program that is kept must not wait for it.

To add a revision of the schema: see `schema/__init__.py`.
"""
