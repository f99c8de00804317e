"""sources"""

import sqlalchemy as sa
from alembic import op

import unsolved.db

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "mappings",
        sa.Column("signature", sa.String(), nullable=False),
        sa.Column("mapping", sa.JSON(), nullable=False),
        sa.Column("said_at", unsolved.db.Instant(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("signature", name=op.f("pk_mappings")),
    )
    op.create_table(
        "merges",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "of",
            sa.Enum("organisation", "person", name="of", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("kept_id", sa.Integer(), nullable=False),
        sa.Column("merged_id", sa.Integer(), nullable=False),
        sa.Column("made_at", unsolved.db.Instant(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("probability", sa.Double(), nullable=True),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("moved", sa.JSON(), nullable=False),
        sa.Column("undone_at", unsolved.db.Instant(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merges")),
    )
    with op.batch_alter_table("merges", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_merges_kept_id"), ["kept_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_merges_merged_id"), ["merged_id"], unique=False)

    op.create_table(
        "proposals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "of",
            sa.Enum("organisation", "person", name="of", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("first_id", sa.Integer(), nullable=False),
        sa.Column("second_id", sa.Integer(), nullable=False),
        sa.Column("probability", sa.Double(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("made_at", unsolved.db.Instant(timezone=True), nullable=False),
        sa.Column("are_one", sa.Boolean(), nullable=True),
        sa.Column("decided_at", unsolved.db.Instant(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposals")),
        sa.UniqueConstraint(
            "of", "first_id", "second_id", name=op.f("uq_proposals_of_first_id_second_id")
        ),
    )
    with op.batch_alter_table("proposals", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_proposals_first_id"), ["first_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_proposals_second_id"), ["second_id"], unique=False)

    op.create_table(
        "outgoing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column(
            "action",
            sa.Enum("note", "field", "task", name="action", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "planned",
                "sending",
                "sent",
                "failed",
                name="state",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("planned_at", unsolved.db.Instant(timezone=True), nullable=False),
        sa.Column("sent_at", unsolved.db.Instant(timezone=True), nullable=True),
        sa.Column("remote", sa.String(), nullable=True),
        sa.Column("why", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["source_id"], ["sources.id"], name=op.f("fk_outgoing_source_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outgoing")),
        sa.UniqueConstraint("source_id", "key", name=op.f("uq_outgoing_source_id_key")),
    )
    with op.batch_alter_table("outgoing", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outgoing_state"), ["state"], unique=False)

    op.create_table(
        "visits",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("began_at", unsolved.db.Instant(timezone=True), nullable=False),
        sa.Column("ended_at", unsolved.db.Instant(timezone=True), nullable=True),
        sa.Column("new", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("failure", sa.String(), nullable=True),
        sa.Column("undone_at", unsolved.db.Instant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["source_id"], ["sources.id"], name=op.f("fk_visits_source_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visits")),
    )
    with op.batch_alter_table("visits", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_visits_source_id"), ["source_id"], unique=False)

    op.create_table(
        "organisation_identifiers",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_organisation_identifiers_organisation_id"),
            ondelete="cascade",
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_organisation_identifiers")),
    )
    with op.batch_alter_table("organisation_identifiers", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_organisation_identifiers_organisation_id"),
            ["organisation_id"],
            unique=False,
        )

    op.create_table(
        "people",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["merged_into_id"], ["people.id"], name=op.f("fk_people_merged_into_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_people_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
    )
    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_people_merged_into_id"), ["merged_into_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_people_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "person_keys",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
            name=op.f("fk_person_keys_person_id"),
            ondelete="cascade",
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_person_keys")),
    )
    with op.batch_alter_table("person_keys", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_person_keys_person_id"), ["person_id"], unique=False
        )

    op.create_table(
        "records",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "organisation",
                "person",
                "deal",
                "activity",
                "stage",
                name="recordkind",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.Column("is_gone", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("told", sa.String(), nullable=True),
        sa.Column("organisation_key", sa.String(), nullable=True),
        sa.Column("person_key", sa.String(), nullable=True),
        sa.Column("deal_key", sa.String(), nullable=True),
        sa.Column("at", unsolved.db.Instant(timezone=True), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("received", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_records_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_records_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["sources.id"], name=op.f("fk_records_source_id")
        ),
        sa.ForeignKeyConstraint(["visit_id"], ["visits.id"], name=op.f("fk_records_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_records")),
        sa.UniqueConstraint(
            "source_id",
            "kind",
            "key",
            "version",
            name=op.f("uq_records_source_id_kind_key_version"),
        ),
    )
    with op.batch_alter_table("records", schema=None) as batch_op:
        batch_op.create_index(
            "ix_records_organisation_id_kind_at",
            ["organisation_id", "kind", "at"],
            unique=False,
        )
        batch_op.create_index("ix_records_person_id_at", ["person_id", "at"], unique=False)
        batch_op.create_index(
            "ix_records_source_id_deal_key", ["source_id", "deal_key"], unique=False
        )

    op.create_table(
        "record_people",
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "part",
            sa.Enum(
                "from",
                "to",
                "cc",
                "host",
                "guest",
                "speaker",
                name="part",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_record_people_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["record_id"],
            ["records.id"],
            name=op.f("fk_record_people_record_id"),
            ondelete="cascade",
        ),
        sa.PrimaryKeyConstraint(
            "record_id", "person_id", "part", name=op.f("pk_record_people")
        ),
    )
    with op.batch_alter_table("record_people", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_record_people_person_id"), ["person_id"], unique=False
        )

    # SQLite can add a column and nothing else to a table that others point at: made anew, it
    # would take along with it what they hold.
    _point("documents", "visit_id", "visits")
    op.add_column(
        "documents",
        sa.Column("is_gone", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    op.add_column("documents", sa.Column("told", sa.String(), nullable=True))
    _point("organisations", "visit_id", "visits")
    op.add_column(
        "organisations",
        sa.Column("is_withdrawn", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    _point("organisations", "merged_into_id", "organisations")
    _point("organisations", "parent_id", "organisations")
    op.add_column("refusals", sa.Column("field", sa.String(), nullable=True))
    for column in (
        sa.Column("kind", sa.String(), server_default="folder", nullable=False),
        sa.Column("settings", sa.JSON(), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=True),
        sa.Column("every", sa.Integer(), nullable=True),
        sa.Column("is_paused", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("is_removed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("cursor", sa.Text(), nullable=True),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("next_at", unsolved.db.Instant(timezone=True), nullable=True),
        sa.Column("busy_until", unsolved.db.Instant(timezone=True), nullable=True),
        sa.Column("failure", sa.String(), nullable=True),
        sa.Column("failures", sa.Integer(), server_default=sa.text("0"), nullable=False),
    ):
        op.add_column("sources", column)


def _point(table: str, column: str, at: str) -> None:
    """Add a column that points at another table, and the index to go back by."""
    op.execute(
        f"ALTER TABLE {table} ADD COLUMN {column} INTEGER"
        f" CONSTRAINT fk_{table}_{column} REFERENCES {at} (id)"
    )
    op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)
