"""conversations"""

import sqlalchemy as sa
from alembic import op

import unsolved.db

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "conversation_calls",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column(
            "medium",
            sa.Enum("call", "mail", name="medium", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("kept_at", unsolved.db.Instant(timezone=True), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("problem_id", sa.String(), nullable=True),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("talk", sa.JSON(), nullable=False),
        sa.Column("told", sa.JSON(), nullable=False),
        sa.Column("reader", sa.String(), nullable=False),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.Column("is_removed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["documents.id"],
            name=op.f("fk_conversation_calls_document_id"),
            ondelete="set null",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_conversation_calls_organisation_id"),
            ondelete="set null",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conversation_calls")),
        sa.UniqueConstraint("digest", name=op.f("uq_conversation_calls_digest")),
    )
    with op.batch_alter_table("conversation_calls", schema=None) as batch_op:
        for column in ("document_id", "organisation_id"):
            batch_op.create_index(
                batch_op.f(f"ix_conversation_calls_{column}"), [column], unique=False
            )

    op.create_table(
        "conversation_facts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "goal",
                "number",
                "name",
                "attempt",
                "date",
                name="factkind",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("sentence", sa.Integer(), nullable=False),
        sa.Column("speaker", sa.String(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("topic", sa.String(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "proposed", "accepted", "rejected", name="state", native_enum=False, length=32
            ),
            nullable=False,
        ),
        sa.Column("decided_at", unsolved.db.Instant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["call_id"],
            ["conversation_calls.id"],
            name=op.f("fk_conversation_facts_call_id"),
            ondelete="cascade",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conversation_facts")),
    )
    with op.batch_alter_table("conversation_facts", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_conversation_facts_call_id"), ["call_id"], unique=False
        )
