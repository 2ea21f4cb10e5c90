"""The tables of the records and of the store itself."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "evidence_file",
        sa.Column("file_hash", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("file_hash", name=op.f("pk_evidence_file")),
    )
    op.create_table(
        "programme",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("name_vi", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("baseline_year", sa.BigInteger(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("is_sample", sa.Boolean(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme")),
    )
    op.create_table(
        "running_work",
        sa.Column("programme_id", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("programme_id", name=op.f("pk_running_work")),
    )
    op.create_table(
        "accepted_issue",
        sa.Column("programme_id", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_accepted_issue_programme_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("programme_id", "code", "place", name=op.f("pk_accepted_issue")),
    )
    op.create_table(
        "activity",
        sa.Column("programme_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("subject_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("men", sa.BigInteger(), nullable=True),
        sa.Column("women", sa.BigInteger(), nullable=True),
        sa.Column(
            "solution_ids", sa.JSON(none_as_null=True).with_variant(sa.Text(), "sqlite"), nullable=False
        ),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_activity_programme_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("programme_id", "id", name=op.f("pk_activity")),
    )
    op.create_table(
        "answer",
        sa.Column("programme_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("subject_id", sa.Text(), nullable=False),
        sa.Column("criterion_id", sa.Text(), nullable=False),
        sa.Column("year", sa.BigInteger(), nullable=False),
        sa.Column("value", sa.JSON(none_as_null=True).with_variant(sa.Text(), "sqlite"), nullable=True),
        sa.Column(
            "intended_value", sa.JSON(none_as_null=True).with_variant(sa.Text(), "sqlite"), nullable=True
        ),
        sa.Column("intended_year", sa.BigInteger(), nullable=True),
        sa.Column("partly", sa.Boolean(), nullable=False),
        sa.Column("intended_partly", sa.Boolean(), nullable=False),
        sa.Column("not_applicable", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("source_class", sa.Text(), nullable=False),
        sa.Column("evidence", sa.JSON(none_as_null=True).with_variant(sa.Text(), "sqlite"), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("computed", sa.Boolean(), nullable=False),
        sa.Column("figure_ids", sa.JSON(none_as_null=True).with_variant(sa.Text(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_answer_programme_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("programme_id", "id", name=op.f("pk_answer")),
    )
    op.create_table(
        "audit_event",
        sa.Column("programme_id", sa.Text(), nullable=False),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("record_kind", sa.Text(), nullable=False),
        sa.Column("record_id", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("old", sa.Text(), nullable=False),
        sa.Column("new", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_audit_event_programme_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("programme_id", "number", name=op.f("pk_audit_event")),
    )
    op.create_index(
        op.f("ix_audit_event_programme_id_record_kind_record_id"),
        "audit_event",
        ["programme_id", "record_kind", "record_id"],
        unique=False,
    )
    op.create_table(
        "baseline",
        sa.Column("programme_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("participant_id", sa.Text(), nullable=False),
        sa.Column("resource_id", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("amount", sa.Double(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("drivers", sa.JSON(none_as_null=True).with_variant(sa.Text(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_baseline_programme_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("programme_id", "id", name=op.f("pk_baseline")),
    )
    op.create_index(
        op.f("ix_baseline_programme_id_participant_id"),
        "baseline",
        ["programme_id", "participant_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_baseline_programme_id_period"), "baseline", ["programme_id", "period"], unique=False
    )
    op.create_index(
        op.f("ix_baseline_programme_id_resource_id"),
        "baseline",
        ["programme_id", "resource_id"],
        unique=False,
    )
    op.create_table(
        "check_off",
        sa.Column("programme_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("row_id", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("when", sa.Date(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_check_off_programme_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("programme_id", "id", name=op.f("pk_check_off")),
    )
    op.create_table(
        "evidence",
        sa.Column("programme_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("file_hash", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_evidence_programme_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("programme_id", "id", name=op.f("pk_evidence")),
    )
    op.create_table(
        "exchange_rate",
        sa.Column("programme_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("base", sa.Text(), nullable=False),
        sa.Column("rate", sa.Double(), nullable=False),
        sa.Column("year", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Text(), nullable=False),
        sa.Column("reference_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_exchange_rate_programme_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("programme_id", "id", name=op.f("pk_exchange_rate")),
    )
    op.create_table(
        "extra",
        sa.Column("programme_id", sa.Text(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("columns", sa.JSON(none_as_null=True).with_variant(sa.Text(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_extra_programme_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("programme_id", "record", name=op.f("pk_extra")),
    )
    op.create_table(
        "inspection",
        sa.Column("programme_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("subject_id", sa.Text(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("law", sa.Text(), nullable=False),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("finding", sa.Text(), nullable=False),
        sa.Column("breach", sa.Boolean(), nullable=False),
        sa.Column("penalty", sa.Double(), nullable=True),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("remedy_due", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("evidence", sa.JSON(none_as_null=True).with_variant(sa.Text(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_inspection_programme_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("programme_id", "id", name=op.f("pk_inspection")),
    )
    op.create_table(
        "origin",
        sa.Column("programme_id", sa.Text(), nullable=False),
        sa.Column("figure_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("file_hash", sa.Text(), nullable=False),
        sa.Column("sheet", sa.Text(), nullable=False),
        sa.Column("cell", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("reference_id", sa.Text(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("inputs", sa.JSON(none_as_null=True).with_variant(sa.Text(), "sqlite"), nullable=False),
        sa.Column("typed", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_origin_programme_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("programme_id", "figure_id", name=op.f("pk_origin")),
    )
    op.create_index(
        op.f("ix_origin_programme_id_file_hash"), "origin", ["programme_id", "file_hash"], unique=False
    )
    op.create_table(
        "park",
        sa.Column("programme_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("record_programme_id", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("name_vi", sa.Text(), nullable=False),
        sa.Column("place_lat", sa.Double(), nullable=True),
        sa.Column("place_lon", sa.Double(), nullable=True),
        sa.Column("place_lot", sa.Text(), nullable=False),
        sa.Column("place_address", sa.Text(), nullable=False),
        sa.Column("place_province", sa.Text(), nullable=False),
        sa.Column("place_country", sa.Text(), nullable=False),
        sa.Column("operator", sa.JSON(none_as_null=True).with_variant(sa.Text(), "sqlite"), nullable=True),
        sa.Column("investment_certificate_number", sa.Text(), nullable=False),
        sa.Column("investment_certificate_issuer", sa.Text(), nullable=False),
        sa.Column("investment_certificate_first_issued", sa.Date(), nullable=True),
        sa.Column("investment_certificate_last_amended", sa.Date(), nullable=True),
        sa.Column("established", sa.Date(), nullable=True),
        sa.Column("land_use", sa.JSON(none_as_null=True).with_variant(sa.Text(), "sqlite"), nullable=False),
        sa.Column("leased_fraction", sa.Double(), nullable=True),
        sa.Column("receiving_water", sa.Text(), nullable=False),
        sa.Column("frameworks", sa.JSON(none_as_null=True).with_variant(sa.Text(), "sqlite"), nullable=False),
        sa.Column("phase", sa.Text(), nullable=False),
        sa.Column("worker_housing", sa.Text(), nullable=False),
        sa.Column("public_services", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_park_programme_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("programme_id", "id", name=op.f("pk_park")),
    )
    op.create_table(
        "permit",
        sa.Column("programme_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("participant_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("limits", sa.JSON(none_as_null=True).with_variant(sa.Text(), "sqlite"), nullable=False),
        sa.Column("volume_m3_per_day", sa.Double(), nullable=True),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_permit_programme_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("programme_id", "id", name=op.f("pk_permit")),
    )
    op.create_index(
        op.f("ix_permit_programme_id_participant_id"),
        "permit",
        ["programme_id", "participant_id"],
        unique=False,
    )
    op.create_table(
        "photo",
        sa.Column("programme_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("visit_id", sa.Text(), nullable=False),
        sa.Column("evidence_id", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=True),
        sa.Column("lat", sa.Double(), nullable=True),
        sa.Column("lon", sa.Double(), nullable=True),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_photo_programme_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("programme_id", "id", name=op.f("pk_photo")),
    )
    op.create_table(
        "policy",
        sa.Column("programme_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("record_programme_id", sa.Text(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("score", sa.BigInteger(), nullable=True),
        sa.Column("gap", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_policy_programme_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("programme_id", "id", name=op.f("pk_policy")),
    )
    op.create_table(
        "price",
        sa.Column("programme_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("resource_id", sa.Text(), nullable=False),
        sa.Column("value", sa.Double(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("year", sa.BigInteger(), nullable=False),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("band", sa.Text(), nullable=False),
        sa.Column("fate", sa.Text(), nullable=False),
        sa.Column("participant_id", sa.Text(), nullable=False),
        sa.Column("figure_id", sa.Text(), nullable=False),
        sa.Column("reference_id", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Text(), nullable=False),
        sa.Column("uncertainty", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_price_programme_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("programme_id", "id", name=op.f("pk_price")),
    )
    op.create_index(
        op.f("ix_price_programme_id_participant_id"),
        "price",
        ["programme_id", "participant_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_price_programme_id_resource_id"), "price", ["programme_id", "resource_id"], unique=False
    )
    op.create_table(
        "reporting_round",
        sa.Column("programme_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("year", sa.BigInteger(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("shares", sa.JSON(none_as_null=True).with_variant(sa.Text(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_reporting_round_programme_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("programme_id", "id", name=op.f("pk_reporting_round")),
    )
    op.create_table(
        "series_point",
        sa.Column("programme_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("meter_id", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("value", sa.Double(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_series_point_programme_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("programme_id", "id", name=op.f("pk_series_point")),
    )
    op.create_table(
        "solution",
        sa.Column("programme_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("type_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title_en", sa.Text(), nullable=False),
        sa.Column("title_vi", sa.Text(), nullable=False),
        sa.Column(
            "participant_ids", sa.JSON(none_as_null=True).with_variant(sa.Text(), "sqlite"), nullable=False
        ),
        sa.Column("deltas", sa.JSON(none_as_null=True).with_variant(sa.Text(), "sqlite"), nullable=False),
        sa.Column("costs", sa.JSON(none_as_null=True).with_variant(sa.Text(), "sqlite"), nullable=False),
        sa.Column("lifetime_a", sa.Double(), nullable=False),
        sa.Column("rung", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("history", sa.JSON(none_as_null=True).with_variant(sa.Text(), "sqlite"), nullable=False),
        sa.Column("start", sa.Date(), nullable=True),
        sa.Column("baseline_id", sa.Text(), nullable=False),
        sa.Column("baseline_year", sa.BigInteger(), nullable=True),
        sa.Column("inputs", sa.JSON(none_as_null=True).with_variant(sa.Text(), "sqlite"), nullable=False),
        sa.Column("exchange", sa.JSON(none_as_null=True).with_variant(sa.Text(), "sqlite"), nullable=True),
        sa.Column("subject_id", sa.Text(), nullable=False),
        sa.Column("barriers", sa.JSON(none_as_null=True).with_variant(sa.Text(), "sqlite"), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column(
            "programme_ids", sa.JSON(none_as_null=True).with_variant(sa.Text(), "sqlite"), nullable=False
        ),
        sa.Column("contribution", sa.Text(), nullable=False),
        sa.Column("co_benefits_en", sa.Text(), nullable=False),
        sa.Column("co_benefits_vi", sa.Text(), nullable=False),
        sa.Column("evidence", sa.JSON(none_as_null=True).with_variant(sa.Text(), "sqlite"), nullable=False),
        sa.Column("method_ids", sa.JSON(none_as_null=True).with_variant(sa.Text(), "sqlite"), nullable=False),
        sa.Column("known", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("extra", sa.JSON(none_as_null=True).with_variant(sa.Text(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_solution_programme_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("programme_id", "id", name=op.f("pk_solution")),
    )
    op.create_table(
        "submission",
        sa.Column("programme_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("step", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Text(), nullable=False),
        sa.Column("year", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_submission_programme_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("programme_id", "id", "step", name=op.f("pk_submission")),
    )
    op.create_table(
        "target",
        sa.Column("programme_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("subject_id", sa.Text(), nullable=False),
        sa.Column("indicator", sa.Text(), nullable=False),
        sa.Column("year", sa.BigInteger(), nullable=False),
        sa.Column("value", sa.Double(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_target_programme_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("programme_id", "id", name=op.f("pk_target")),
    )
    op.create_table(
        "verified_saving",
        sa.Column("programme_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("solution_id", sa.Text(), nullable=False),
        sa.Column("baseline_id", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("resource_id", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("avoided_use_low", sa.Double(), nullable=False),
        sa.Column("avoided_use_best", sa.Double(), nullable=False),
        sa.Column("avoided_use_high", sa.Double(), nullable=False),
        sa.Column("option", sa.Text(), nullable=False),
        sa.Column("verifier", sa.Text(), nullable=False),
        sa.Column("evidence", sa.JSON(none_as_null=True).with_variant(sa.Text(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_verified_saving_programme_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("programme_id", "id", name=op.f("pk_verified_saving")),
    )
    op.create_index(
        op.f("ix_verified_saving_programme_id_period"),
        "verified_saving",
        ["programme_id", "period"],
        unique=False,
    )
    op.create_index(
        op.f("ix_verified_saving_programme_id_resource_id"),
        "verified_saving",
        ["programme_id", "resource_id"],
        unique=False,
    )
    op.create_table(
        "visit",
        sa.Column("programme_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("subject_id", sa.Text(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("visitors", sa.JSON(none_as_null=True).with_variant(sa.Text(), "sqlite"), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_visit_programme_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("programme_id", "id", name=op.f("pk_visit")),
    )
    op.create_table(
        "check_item",
        sa.Column("programme_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("visit_id", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("criterion_id", sa.Text(), nullable=False),
        sa.Column("solution_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id", "visit_id"],
            ["visit.programme_id", "visit.id"],
            name=op.f("fk_check_item_programme_id_visit_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_check_item_programme_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("programme_id", "id", name=op.f("pk_check_item")),
    )
    op.create_table(
        "geometry",
        sa.Column("programme_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("park_id", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("shape", sa.Text(), nullable=False),
        sa.Column("coordinates", sa.JSON(none_as_null=True).with_variant(sa.Text(), "sqlite"), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("properties", sa.JSON(none_as_null=True).with_variant(sa.Text(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id", "park_id"],
            ["park.programme_id", "park.id"],
            name=op.f("fk_geometry_programme_id_park_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_geometry_programme_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("programme_id", "id", name=op.f("pk_geometry")),
    )
    op.create_table(
        "observation",
        sa.Column("programme_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("visit_id", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("severity", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("photos", sa.JSON(none_as_null=True).with_variant(sa.Text(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id", "visit_id"],
            ["visit.programme_id", "visit.id"],
            name=op.f("fk_observation_programme_id_visit_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_observation_programme_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("programme_id", "id", name=op.f("pk_observation")),
    )
    op.create_table(
        "park_screening",
        sa.Column("programme_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("park_id", sa.Text(), nullable=True),
        sa.Column("criterion", sa.Text(), nullable=False),
        sa.Column("score", sa.BigInteger(), nullable=False),
        sa.Column("weight", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id", "park_id"],
            ["park.programme_id", "park.id"],
            name=op.f("fk_park_screening_programme_id_park_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_park_screening_programme_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("programme_id", "id", name=op.f("pk_park_screening")),
    )
    op.create_table(
        "participant",
        sa.Column("programme_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("park_id", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("sector", sa.Text(), nullable=False),
        sa.Column("utility_kind", sa.Text(), nullable=False),
        sa.Column("place_lat", sa.Double(), nullable=True),
        sa.Column("place_lon", sa.Double(), nullable=True),
        sa.Column("place_lot", sa.Text(), nullable=False),
        sa.Column("place_address", sa.Text(), nullable=False),
        sa.Column("place_province", sa.Text(), nullable=False),
        sa.Column("place_country", sa.Text(), nullable=False),
        sa.Column("employees", sa.BigInteger(), nullable=True),
        sa.Column("employees_women", sa.BigInteger(), nullable=True),
        sa.Column("hours_per_a", sa.Double(), nullable=True),
        sa.Column("registration_number", sa.Text(), nullable=False),
        sa.Column("registration_issuer", sa.Text(), nullable=False),
        sa.Column("registration_first_issued", sa.Date(), nullable=True),
        sa.Column("registration_last_amended", sa.Date(), nullable=True),
        sa.Column("investor", sa.JSON(none_as_null=True).with_variant(sa.Text(), "sqlite"), nullable=True),
        sa.Column("project_name", sa.Text(), nullable=False),
        sa.Column("investment_certificate_number", sa.Text(), nullable=False),
        sa.Column("investment_certificate_issuer", sa.Text(), nullable=False),
        sa.Column("investment_certificate_first_issued", sa.Date(), nullable=True),
        sa.Column("investment_certificate_last_amended", sa.Date(), nullable=True),
        sa.Column("contact_role", sa.Text(), nullable=False),
        sa.Column("visibility", sa.Text(), nullable=False),
        sa.Column("in_operation", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id", "park_id"],
            ["park.programme_id", "park.id"],
            name=op.f("fk_participant_programme_id_park_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_participant_programme_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("programme_id", "id", name=op.f("pk_participant")),
    )
    op.create_table(
        "stakeholder",
        sa.Column("programme_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("park_id", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("interest", sa.BigInteger(), nullable=True),
        sa.Column("influence", sa.BigInteger(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id", "park_id"],
            ["park.programme_id", "park.id"],
            name=op.f("fk_stakeholder_programme_id_park_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_stakeholder_programme_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("programme_id", "id", name=op.f("pk_stakeholder")),
    )
    op.create_table(
        "bill",
        sa.Column("programme_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("participant_id", sa.Text(), nullable=True),
        sa.Column("resource_id", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("amount_value", sa.Double(), nullable=False),
        sa.Column("amount_unit", sa.Text(), nullable=False),
        sa.Column("amount_typed_value", sa.Double(), nullable=True),
        sa.Column("amount_typed_unit", sa.Text(), nullable=False),
        sa.Column("amount_source_class", sa.Text(), nullable=False),
        sa.Column("amount_low", sa.Double(), nullable=True),
        sa.Column("amount_high", sa.Double(), nullable=True),
        sa.Column("band", sa.Text(), nullable=False),
        sa.Column("money", sa.Double(), nullable=True),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("meter_id", sa.Text(), nullable=False),
        sa.Column("evidence", sa.JSON(none_as_null=True).with_variant(sa.Text(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id", "participant_id"],
            ["participant.programme_id", "participant.id"],
            name=op.f("fk_bill_programme_id_participant_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_bill_programme_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("programme_id", "id", name=op.f("pk_bill")),
    )
    op.create_index(
        op.f("ix_bill_programme_id_participant_id"), "bill", ["programme_id", "participant_id"], unique=False
    )
    op.create_index(op.f("ix_bill_programme_id_period"), "bill", ["programme_id", "period"], unique=False)
    op.create_index(
        op.f("ix_bill_programme_id_resource_id"), "bill", ["programme_id", "resource_id"], unique=False
    )
    op.create_table(
        "equipment",
        sa.Column("programme_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("participant_id", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.Column("hours_per_a", sa.Double(), nullable=True),
        sa.Column("properties", sa.JSON(none_as_null=True).with_variant(sa.Text(), "sqlite"), nullable=False),
        sa.Column("source_class", sa.Text(), nullable=False),
        sa.Column("evidence", sa.JSON(none_as_null=True).with_variant(sa.Text(), "sqlite"), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id", "participant_id"],
            ["participant.programme_id", "participant.id"],
            name=op.f("fk_equipment_programme_id_participant_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_equipment_programme_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("programme_id", "id", name=op.f("pk_equipment")),
    )
    op.create_index(
        op.f("ix_equipment_programme_id_participant_id"),
        "equipment",
        ["programme_id", "participant_id"],
        unique=False,
    )
    op.create_table(
        "flow",
        sa.Column("programme_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("participant_id", sa.Text(), nullable=True),
        sa.Column("direction", sa.Text(), nullable=False),
        sa.Column("resource_id", sa.Text(), nullable=False),
        sa.Column("amount_value", sa.Double(), nullable=False),
        sa.Column("amount_unit", sa.Text(), nullable=False),
        sa.Column("amount_typed_value", sa.Double(), nullable=True),
        sa.Column("amount_typed_unit", sa.Text(), nullable=False),
        sa.Column("amount_source_class", sa.Text(), nullable=False),
        sa.Column("amount_low", sa.Double(), nullable=True),
        sa.Column("amount_high", sa.Double(), nullable=True),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("process", sa.Text(), nullable=False),
        sa.Column("meter_id", sa.Text(), nullable=False),
        sa.Column("price", sa.Double(), nullable=True),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("fate", sa.Text(), nullable=False),
        sa.Column("quality", sa.JSON(none_as_null=True).with_variant(sa.Text(), "sqlite"), nullable=False),
        sa.Column("counterpart_id", sa.Text(), nullable=False),
        sa.Column("visibility", sa.Text(), nullable=False),
        sa.Column("evidence", sa.JSON(none_as_null=True).with_variant(sa.Text(), "sqlite"), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id", "participant_id"],
            ["participant.programme_id", "participant.id"],
            name=op.f("fk_flow_programme_id_participant_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_flow_programme_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("programme_id", "id", name=op.f("pk_flow")),
    )
    op.create_index(
        op.f("ix_flow_programme_id_participant_id"), "flow", ["programme_id", "participant_id"], unique=False
    )
    op.create_index(op.f("ix_flow_programme_id_period"), "flow", ["programme_id", "period"], unique=False)
    op.create_index(
        op.f("ix_flow_programme_id_resource_id"), "flow", ["programme_id", "resource_id"], unique=False
    )
    op.create_table(
        "log_entry",
        sa.Column("programme_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("participant_id", sa.Text(), nullable=True),
        sa.Column("point", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("value", sa.Double(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("instrument", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id", "participant_id"],
            ["participant.programme_id", "participant.id"],
            name=op.f("fk_log_entry_programme_id_participant_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_log_entry_programme_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("programme_id", "id", name=op.f("pk_log_entry")),
    )
    op.create_index(
        op.f("ix_log_entry_programme_id_participant_id"),
        "log_entry",
        ["programme_id", "participant_id"],
        unique=False,
    )
    op.create_table(
        "meter",
        sa.Column("programme_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("participant_id", sa.Text(), nullable=True),
        sa.Column("resource_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("serves", sa.Text(), nullable=False),
        sa.Column("calibrated", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id", "participant_id"],
            ["participant.programme_id", "participant.id"],
            name=op.f("fk_meter_programme_id_participant_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_meter_programme_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("programme_id", "id", name=op.f("pk_meter")),
    )
    op.create_index(
        op.f("ix_meter_programme_id_participant_id"),
        "meter",
        ["programme_id", "participant_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_meter_programme_id_resource_id"), "meter", ["programme_id", "resource_id"], unique=False
    )
    op.create_table(
        "product",
        sa.Column("programme_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("participant_id", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("year", sa.BigInteger(), nullable=False),
        sa.Column("output", sa.Double(), nullable=True),
        sa.Column("capacity", sa.Double(), nullable=True),
        sa.Column("revenue", sa.Double(), nullable=True),
        sa.Column("revenue_currency", sa.Text(), nullable=False),
        sa.Column("resource_id", sa.Text(), nullable=False),
        sa.Column("source_class", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id", "participant_id"],
            ["participant.programme_id", "participant.id"],
            name=op.f("fk_product_programme_id_participant_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_product_programme_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("programme_id", "id", name=op.f("pk_product")),
    )
    op.create_index(
        op.f("ix_product_programme_id_participant_id"),
        "product",
        ["programme_id", "participant_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_product_programme_id_resource_id"), "product", ["programme_id", "resource_id"], unique=False
    )


def downgrade() -> None:
    """Take back."""
    op.drop_index(op.f("ix_product_programme_id_resource_id"), table_name="product")
    op.drop_index(op.f("ix_product_programme_id_participant_id"), table_name="product")
    op.drop_table("product")
    op.drop_index(op.f("ix_meter_programme_id_resource_id"), table_name="meter")
    op.drop_index(op.f("ix_meter_programme_id_participant_id"), table_name="meter")
    op.drop_table("meter")
    op.drop_index(op.f("ix_log_entry_programme_id_participant_id"), table_name="log_entry")
    op.drop_table("log_entry")
    op.drop_index(op.f("ix_flow_programme_id_resource_id"), table_name="flow")
    op.drop_index(op.f("ix_flow_programme_id_period"), table_name="flow")
    op.drop_index(op.f("ix_flow_programme_id_participant_id"), table_name="flow")
    op.drop_table("flow")
    op.drop_index(op.f("ix_equipment_programme_id_participant_id"), table_name="equipment")
    op.drop_table("equipment")
    op.drop_index(op.f("ix_bill_programme_id_resource_id"), table_name="bill")
    op.drop_index(op.f("ix_bill_programme_id_period"), table_name="bill")
    op.drop_index(op.f("ix_bill_programme_id_participant_id"), table_name="bill")
    op.drop_table("bill")
    op.drop_table("stakeholder")
    op.drop_table("participant")
    op.drop_table("park_screening")
    op.drop_table("observation")
    op.drop_table("geometry")
    op.drop_table("check_item")
    op.drop_table("visit")
    op.drop_index(op.f("ix_verified_saving_programme_id_resource_id"), table_name="verified_saving")
    op.drop_index(op.f("ix_verified_saving_programme_id_period"), table_name="verified_saving")
    op.drop_table("verified_saving")
    op.drop_table("target")
    op.drop_table("submission")
    op.drop_table("solution")
    op.drop_table("series_point")
    op.drop_table("reporting_round")
    op.drop_index(op.f("ix_price_programme_id_resource_id"), table_name="price")
    op.drop_index(op.f("ix_price_programme_id_participant_id"), table_name="price")
    op.drop_table("price")
    op.drop_table("policy")
    op.drop_table("photo")
    op.drop_index(op.f("ix_permit_programme_id_participant_id"), table_name="permit")
    op.drop_table("permit")
    op.drop_table("park")
    op.drop_index(op.f("ix_origin_programme_id_file_hash"), table_name="origin")
    op.drop_table("origin")
    op.drop_table("inspection")
    op.drop_table("extra")
    op.drop_table("exchange_rate")
    op.drop_table("evidence")
    op.drop_table("check_off")
    op.drop_index(op.f("ix_baseline_programme_id_resource_id"), table_name="baseline")
    op.drop_index(op.f("ix_baseline_programme_id_period"), table_name="baseline")
    op.drop_index(op.f("ix_baseline_programme_id_participant_id"), table_name="baseline")
    op.drop_table("baseline")
    op.drop_index(op.f("ix_audit_event_programme_id_record_kind_record_id"), table_name="audit_event")
    op.drop_table("audit_event")
    op.drop_table("answer")
    op.drop_table("activity")
    op.drop_table("accepted_issue")
    op.drop_table("running_work")
    op.drop_table("programme")
    op.drop_table("evidence_file")
