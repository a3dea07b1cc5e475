"""the code of runs

Runs keep the code that they execute, so that a later interp goes on with it.  A run that was begun before has none: it
is resumed by compiling its program, as before.

Revision 0004, after 0003.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

Big = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.create_table(
        "code",
        sa.Column("id", Big, autoincrement=True, nullable=False),
        sa.Column("hash", sa.LargeBinary, nullable=False),
        sa.Column("codec", Big, nullable=False),
        sa.Column("size", Big, nullable=False),
        sa.Column("data", sa.LargeBinary, nullable=False),
        sa.CheckConstraint("codec in (0, 1, 2)", name="ck_code_codec"),
        sa.PrimaryKeyConstraint("id", name="pk_code"),
        sa.UniqueConstraint("hash", name="uq_code_hash"),
    )
    op.create_table(
        "run_code",
        sa.Column("run_id", Big, nullable=False),
        sa.Column("code_id", Big, nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name="fk_run_code_run_id_run", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["code_id"], ["code.id"], name="fk_run_code_code_id_code"),
        sa.PrimaryKeyConstraint("run_id", "code_id", name="pk_run_code"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_run_code_code_id", "run_code", ["code_id"])


def downgrade() -> None:
    op.drop_table("run_code")
    op.drop_table("code")
