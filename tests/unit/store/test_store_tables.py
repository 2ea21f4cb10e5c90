"""Every kind of record has its table, key and column."""

from dataclasses import fields

import pytest
import sqlalchemy as sa

from parkloop.model import record_fields
from parkloop.store import tables
from parkloop.store.migrate import HEAD, alembic_config


def test_collections_when_listed_then_each_has_a_kind() -> None:
    assert [kind.collection for kind in tables.KINDS.values()] == list(record_fields())


@pytest.mark.parametrize("kind", tables.KINDS.values(), ids=lambda kind: kind.name)
def test_kind_when_looked_at_then_has_id_or_natural_key(kind: tables.Kind) -> None:
    names = {item.name for item in fields(kind.codec.record)}
    natural = tables.NATURAL_KEYS.get(kind.codec.record, ("id",))
    assert set(natural) <= names


@pytest.mark.parametrize("kind", tables.KINDS.values(), ids=lambda kind: kind.name)
def test_kind_when_looked_at_then_table_has_all_columns_of_the_codec(kind: tables.Kind) -> None:
    assert set(kind.columns) <= set(kind.table.c.keys())
    assert [column.name for column in kind.table.primary_key] == ["programme_id", "id"]


@pytest.mark.parametrize("kind", tables.KINDS.values(), ids=lambda kind: kind.name)
def test_kind_when_it_has_participant_resource_or_period_then_they_are_indexed(kind: tables.Kind) -> None:
    indexed = {column.name for index in kind.table.indexes for column in index.columns}
    assert {"participant_id", "resource_id", "period"} & set(kind.columns) <= indexed


def test_references_when_declared_then_deferred_to_the_end_of_the_transaction() -> None:
    keys = [key for kind in tables.KINDS.values() for key in kind.table.foreign_key_constraints]
    assert keys
    assert {key.initially for key in keys} == {"DEFERRED"}
    flow = {key.elements[0].column.table.name for key in tables.KINDS["flow"].table.foreign_key_constraints}
    assert flow == {"programme", "participant"}


def test_migrations_when_listed_then_end_at_the_head_the_code_knows() -> None:
    from alembic.script import ScriptDirectory

    assert ScriptDirectory.from_config(alembic_config()).get_heads() == [HEAD]


def test_append_only_tables_when_listed_then_exist() -> None:
    assert set(tables.APPEND_ONLY) <= set(tables.metadata.tables)
    assert isinstance(tables.audit_event, sa.Table)
