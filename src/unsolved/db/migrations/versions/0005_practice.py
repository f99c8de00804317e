"""practice"""

import sqlalchemy as sa
from alembic import op

import unsolved.db

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "practice_runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seller", sa.String(), nullable=False),
        sa.Column("persona_id", sa.String(), nullable=False),
        sa.Column("persona", sa.JSON(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("opening", sa.String(), nullable=False),
        sa.Column("reader", sa.String(), nullable=False),
        sa.Column("worded_by", sa.String(), nullable=True),
        sa.Column("begun_at", unsolved.db.Instant(timezone=True), nullable=False),
        sa.Column("ended_at", unsolved.db.Instant(timezone=True), nullable=True),
        sa.Column("ending", sa.String(), nullable=True),
        sa.Column("state", sa.JSON(), nullable=False),
        sa.Column("turns", sa.Integer(), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("trust", sa.Integer(), nullable=False),
        sa.Column("covered", sa.Integer(), nullable=False),
        sa.Column("themes", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice_runs")),
    )
    with op.batch_alter_table("practice_runs", schema=None) as batch_op:
        batch_op.create_index(
            "ix_practice_runs_seller_begun_at", ["seller", "begun_at"], unique=False
        )

    op.create_table(
        "practice_turns",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("line", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("acts", sa.JSON(), nullable=False),
        sa.Column("events", sa.JSON(), nullable=False),
        sa.Column("spoken", sa.JSON(), nullable=False),
        sa.Column("trust", sa.Integer(), nullable=False),
        sa.Column("patience", sa.Integer(), nullable=False),
        sa.Column("said_at", unsolved.db.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["run_id"],
            ["practice_runs.id"],
            name=op.f("fk_practice_turns_run_id"),
            ondelete="cascade",
        ),
        sa.PrimaryKeyConstraint("run_id", "number", name=op.f("pk_practice_turns")),
    )
