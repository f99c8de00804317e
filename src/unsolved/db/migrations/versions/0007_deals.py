"""deals"""

import sqlalchemy as sa
from alembic import op

import unsolved.db

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "opportunity_costs",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("counted_at", unsolved.db.Instant(timezone=True), nullable=False),
        sa.Column("cost", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_opportunity_costs")),
    )
    op.create_table(
        "opportunity_views",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("asked", sa.JSON(), nullable=False),
        sa.Column("made_at", unsolved.db.Instant(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opportunity_views")),
        sa.UniqueConstraint("name", name=op.f("uq_opportunity_views_name")),
    )
    op.create_table(
        "opportunities",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("problem_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("seller", sa.String(), nullable=False),
        sa.Column(
            "stage",
            sa.Enum(
                "provoke",
                "progress",
                "partner",
                "decided",
                name="stage",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "outcome",
            sa.Enum(
                "won",
                "lost to a competitor",
                "lost to an internal fix",
                "no decision",
                "let go",
                name="outcome",
                native_enum=False,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("worth", sa.Double(), nullable=True),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("deal_key", sa.String(), nullable=False),
        sa.Column("is_removed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("changed_at", unsolved.db.Instant(timezone=True), nullable=False),
        sa.Column("head", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_opportunities_organisation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["sources.id"], name=op.f("fk_opportunities_source_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opportunities")),
    )
    with op.batch_alter_table("opportunities", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_opportunities_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            "ix_opportunities_outcome_decided_on", ["outcome", "decided_on"], unique=False
        )
        batch_op.create_index(
            "ix_opportunities_source_id_deal_key", ["source_id", "deal_key"], unique=False
        )
        batch_op.create_index(
            "ix_opportunities_stage_seller", ["stage", "seller"], unique=False
        )

    op.create_table(
        "reference_customers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("problem_id", sa.String(), nullable=False),
        sa.Column("is_removed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_reference_customers_organisation_id"),
            ondelete="set null",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reference_customers")),
    )
    with op.batch_alter_table("reference_customers", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_reference_customers_organisation_id"),
            ["organisation_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_reference_customers_problem_id"), ["problem_id"], unique=False
        )

    op.create_table(
        "opportunity_actions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("opportunity_id", sa.Integer(), nullable=False),
        sa.Column("at", unsolved.db.Instant(timezone=True), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("undoes_id", sa.Integer(), nullable=True),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["opportunity_id"],
            ["opportunities.id"],
            name=op.f("fk_opportunity_actions_opportunity_id"),
            ondelete="cascade",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opportunity_actions")),
    )
    with op.batch_alter_table("opportunity_actions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_opportunity_actions_opportunity_id"),
            ["opportunity_id"],
            unique=False,
        )

    op.create_table(
        "opportunity_attention",
        sa.Column("opportunity_id", sa.Integer(), nullable=False),
        sa.Column("worked_out_at", unsolved.db.Instant(timezone=True), nullable=False),
        sa.Column("is_stale", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("seller", sa.String(), nullable=False),
        sa.Column("weight", sa.Double(), nullable=True),
        sa.Column("manager_weight", sa.Double(), nullable=True),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["opportunity_id"],
            ["opportunities.id"],
            name=op.f("fk_opportunity_attention_opportunity_id"),
            ondelete="cascade",
        ),
        sa.PrimaryKeyConstraint("opportunity_id", name=op.f("pk_opportunity_attention")),
    )
    with op.batch_alter_table("opportunity_attention", schema=None) as batch_op:
        batch_op.create_index(
            "ix_opportunity_attention_manager_weight", ["manager_weight"], unique=False
        )
        batch_op.create_index(
            "ix_opportunity_attention_seller_weight", ["seller", "weight"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_opportunity_attention_worked_out_at"),
            ["worked_out_at"],
            unique=False,
        )

    op.create_table(
        "opportunity_parts",
        sa.Column("opportunity_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "opportunity",
                "act",
                "step",
                "stakeholder",
                "tie",
                "attempt",
                "alternative",
                "input",
                "choice",
                "risk",
                "use",
                "trigger",
                "debrief",
                "attachment",
                "note",
                name="partkind",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("about_id", sa.Integer(), nullable=True),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["opportunity_id"],
            ["opportunities.id"],
            name=op.f("fk_opportunity_parts_opportunity_id"),
            ondelete="cascade",
        ),
        sa.PrimaryKeyConstraint(
            "opportunity_id", "kind", "number", name=op.f("pk_opportunity_parts")
        ),
    )
    with op.batch_alter_table("opportunity_parts", schema=None) as batch_op:
        batch_op.create_index(
            "ix_opportunity_parts_kind_about_id", ["kind", "about_id"], unique=False
        )

    op.create_table(
        "opportunity_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "opportunity",
                "act",
                "step",
                "stakeholder",
                "tie",
                "attempt",
                "alternative",
                "input",
                "choice",
                "risk",
                "use",
                "trigger",
                "debrief",
                "attachment",
                "note",
                name="partkind",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("after", sa.JSON(none_as_null=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["action_id"],
            ["opportunity_actions.id"],
            name=op.f("fk_opportunity_changes_action_id"),
            ondelete="cascade",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opportunity_changes")),
    )
    with op.batch_alter_table("opportunity_changes", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_opportunity_changes_action_id"), ["action_id"], unique=False
        )
