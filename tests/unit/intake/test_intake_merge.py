"""Several auditors' workbooks: agreed values are taken, disputed ones listed with both files."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from parkloop import intake
from parkloop.model import (
    Amount,
    Change,
    ChangeKind,
    Direction,
    Flow,
    Intake,
    Ledger,
    Period,
    Quality,
    Severity,
)

Filled = Callable[..., bytes]
DIESEL: dict[str, Any] = {
    "participant": "P-1", "direction": "in", "resource": "diesel", "amount": 10, "unit": "t", "period": 2025,
}  # fmt: skip


@pytest.fixture
def base(ledger: Ledger) -> Ledger:
    """A ledger with one flow that both auditors know."""
    flow = Flow("F-1", "P-1", Direction.IN, "steam", Amount(900.0, "t", 900.0, "t"), Period.year(2025))
    return replace(ledger, flows=(flow,))


def conflicts(found: Intake) -> list[Change]:
    return [change for change in found.changes if change.kind is ChangeKind.CONFLICT]


def test_merge_when_two_files_differ_then_both_are_listed_and_the_base_stays(
    filled: Filled, base: Ledger
) -> None:
    one = filled("en", flows=[{"id": "F-1", "amount": 950, "note": "read at the meter"}])
    two = filled("en", flows=[{"id": "F-1", "amount": 990}])
    found = intake.merge(base, [("an.xlsx", one), ("binh.xlsx", two)])
    assert [(c.file, c.field, c.old, c.new, c.cell) for c in conflicts(found)] == [
        ("an.xlsx", "amount", "900 t", "950 t", "F10"),
        ("binh.xlsx", "amount", "900 t", "990 t", "F10"),
    ]
    (flow,) = found.ledger.flows
    assert flow.amount.value == 900.0
    assert flow.note == "read at the meter"  # undisputed, so taken
    assert [i.code for i in found.issues if i.severity is Severity.ERROR] == ["intake.merge.conflict"]


def test_merge_when_files_agree_then_taken_without_conflict(filled: Filled, base: Ledger) -> None:
    data = filled("en", flows=[{"id": "F-1", "amount": 950}])
    found = intake.merge(base, [("an.xlsx", data), ("binh.xlsx", data)])
    assert conflicts(found) == []
    assert found.ledger.flows[0].amount.value == 950.0
    assert found.ledger.origins["flow/F-1/amount"].file == "an.xlsx"


def test_merge_when_files_fill_different_parts_then_joined(filled: Filled, base: Ledger) -> None:
    one = filled("en", flows=[{"id": "F-1", "temperature_c": 175}])
    two = filled("en", flows=[{"id": "F-1", "pressure_bar": 8}])
    found = intake.merge(base, [("an.xlsx", one), ("binh.xlsx", two)])
    assert conflicts(found) == []
    assert found.ledger.flows[0].quality == Quality(temperature_c=175.0, pressure_bar=8.0)


def test_merge_when_new_flows_have_one_natural_key_then_one_record(filled: Filled, base: Ledger) -> None:
    one = filled("en", flows=[DIESEL | {"id": "F-7"}])
    two = filled("en", flows=[DIESEL | {"note": "with generator"}])
    found = intake.merge(base, [("an.xlsx", one), ("binh.xlsx", two)])
    assert [flow.id for flow in found.ledger.flows] == ["F-1", "F-7"]
    assert found.ledger.flows[1].note == "with generator"


def test_merge_when_a_new_record_is_disputed_then_the_first_file_stands_and_both_are_listed(
    filled: Filled, base: Ledger
) -> None:
    one, two = filled("en", flows=[DIESEL]), filled("en", flows=[DIESEL | {"amount": 12}])
    found = intake.merge(base, [("an.xlsx", one), ("binh.xlsx", two)])
    assert found.ledger.flows[1].amount.value == 10.0
    assert [(c.file, c.new) for c in conflicts(found)] == [("an.xlsx", "10 t"), ("binh.xlsx", "12 t")]


def test_merge_when_one_id_means_two_things_then_both_are_kept(filled: Filled, base: Ledger) -> None:
    one = filled("en", flows=[DIESEL | {"id": "F-2"}])
    two = filled("en", flows=[DIESEL | {"id": "F-2", "resource": "lpg", "amount": 3}])
    found = intake.merge(base, [("an.xlsx", one), ("binh.xlsx", two)])
    assert [(flow.id, flow.resource_id) for flow in found.ledger.flows[1:]] == [
        ("F-2", "diesel"),
        ("F-2-2", "lpg"),
    ]
    assert [i.code for i in found.issues if i.severity is Severity.WARNING] == ["intake.merge.renamed"]
    assert found.ledger.origins["flow/F-2-2/amount"].file == "binh.xlsx"


def test_merge_when_an_equipment_id_is_used_by_two_firms_then_both_are_kept(
    filled: Filled, base: Ledger
) -> None:
    pump = {"id": "Q-1", "kind": "pump", "name": "CWP", "rated_power_kw": 55}
    one = filled("en", equipment=[pump | {"participant": "P-1"}])
    two = filled("en", equipment=[pump | {"participant": "P-2"}])
    found = intake.merge(base, [("an.xlsx", one), ("binh.xlsx", two)])
    assert [(q.id, q.participant_id) for q in found.ledger.equipment] == [("Q-1", "P-1"), ("Q-1-2", "P-2")]


def test_merge_when_a_renamed_participant_has_flows_then_they_follow(filled: Filled, base: Ledger) -> None:
    firm = {"name": "Minh Phát", "kind": "Enterprise"}
    one = filled("en", participants=[firm | {"id": "P-7"}])
    flow = DIESEL | {"participant": "P-8"}
    two = filled("en", participants=[firm | {"id": "P-8"}], flows=[flow])
    found = intake.merge(base, [("an.xlsx", one), ("binh.xlsx", two)])
    assert [p.id for p in found.ledger.participants] == ["P-1", "P-2", "P-7"]
    assert found.ledger.flows[1].participant_id == "P-7"


def test_merge_when_one_file_is_broken_then_the_other_is_taken(filled: Filled, base: Ledger) -> None:
    one = filled("en", flows=[{"id": "F-1", "amount": 950}])
    found = intake.merge(base, [("bad.xlsx", b"nonsense"), ("an.xlsx", one)])
    assert found.ledger.flows[0].amount.value == 950.0
    assert found.blocked


def test_merge_when_nothing_changed_then_the_ledger_is_equal(base: Ledger) -> None:
    data = intake.write_workbook(base, "vi")
    found = intake.merge(base, [("an.xlsx", data), ("binh.xlsx", data)])
    assert found.ledger == base
    assert {change.kind for change in found.changes} == {ChangeKind.UNCHANGED}
