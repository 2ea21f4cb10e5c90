"""The sample programme: its size, its honesty, its bands and its troubles."""

from collections import Counter

import pytest

from parkloop import reference
from parkloop.model import Ledger, ParticipantKind
from parkloop.samples import TROUBLES, YEAR, make_kalundborg, make_programme


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    return make_programme()


def test_programme_has_four_parks_and_37_enterprises_over_12_sectors(ledger: Ledger) -> None:
    enterprises = [p for p in ledger.participants if p.kind is ParticipantKind.ENTERPRISE]
    assert len(ledger.parks) == 4
    assert len(enterprises) == 37
    assert len({p.sector for p in enterprises if p.sector}) >= 12


def test_every_park_has_a_wastewater_plant_and_a_city(ledger: Ledger) -> None:
    for park in ledger.parks:
        members = ledger.participants_of(park.id)
        assert any(m.utility_kind == "wastewater_plant" for m in members)
        assert any(m.kind is ParticipantKind.CITY for m in members)


def test_sample_says_that_it_is_one(ledger: Ledger) -> None:
    assert ledger.programme.is_sample
    assert all("(mẫu)" in park.name_vi and "(sample)" in park.name_en for park in ledger.parks)
    assert all("(mẫu)" in p.name for p in ledger.participants)


def test_same_seed_gives_the_same_ledger(ledger: Ledger) -> None:
    assert make_programme() == ledger


def test_ids_are_unique(ledger: Ledger) -> None:
    for records in (
        ledger.participants,
        ledger.flows,
        ledger.bills,
        ledger.equipment,
        ledger.answers,
        ledger.solutions,
    ):
        assert max(Counter(r.id for r in records).values()) == 1


def test_resources_and_machine_kinds_are_known(ledger: Ledger) -> None:
    resources, kinds = reference.resources(), reference.equipment_kinds()
    assert {f.resource_id for f in ledger.flows} <= resources.keys()
    assert {b.resource_id for b in ledger.bills} <= resources.keys()
    for machine in ledger.equipment:
        known = {field.name for field in kinds[machine.kind].fields}
        assert set(machine.properties) <= known, machine.id


def test_machine_values_lie_in_the_fields_range_except_the_planted_one(ledger: Ledger) -> None:
    kinds = reference.equipment_kinds()
    outside = {
        machine.id
        for machine in ledger.equipment
        for field in kinds[machine.kind].fields
        if isinstance(value := machine.properties.get(field.name), float)
        and not (field.low is None or value >= field.low) | (field.high is None or value <= field.high)
    }
    assert outside <= {"AH-03-air-compressor"}


@pytest.mark.parametrize("trouble", sorted(TROUBLES))
def test_each_planted_trouble_is_there(ledger: Ledger, trouble: str) -> None:
    owner = trouble.split()[0]
    bills = [b for b in ledger.bills if b.participant_id == owner and b.resource_id == "electricity"]
    months = Counter(b.period.code for b in bills)
    supply = sum(
        b.amount.value for b in ledger.bills if b.participant_id == owner and b.resource_id == "fresh_water"
    )
    sewage = sum(
        f.amount.value for f in ledger.flows if f.participant_id == owner and f.resource_id == "wastewater"
    )
    member = next(p for p in ledger.participants if p.id == owner)
    rated = [
        e.properties.get("rated_power_kw", 0)
        for e in ledger.equipment
        if e.participant_id == owner and e.kind == "air_compressor"
    ]
    seen = {
        "TG-05 wastewater": sewage > supply,
        "LB-07 electricity": len(months) == 11,
        "PT-02 electricity": bool(bills)
        and min(b.amount.value for b in bills) < 0.01 * max(b.amount.value for b in bills),
        "AH-06 sector": member.sector == "",
        "PT-05 bills": not bills,
        "AH-03 compressor": bool(rated) and float(rated[0]) > 20000,
    }
    assert seen[trouble]


def test_answers_of_the_last_round_belong_to_the_year(ledger: Ledger) -> None:
    assert max(a.year for a in ledger.answers) == YEAR


def test_example_of_a_real_cluster_names_its_source_in_every_row() -> None:
    example = make_kalundborg()
    rows = (*example.participants, *example.flows, *example.solutions, *example.parks)
    assert len(example.flows) >= 8
    assert all("Journal of Industrial Ecology" in row.note for row in rows)
    assert all(f"flow/{flow.id}/amount" in example.origins for flow in example.flows)


def test_example_of_a_real_cluster_gives_what_it_takes_between_named_partners() -> None:
    example = make_kalundborg()
    given = {
        (f.participant_id, f.counterpart_id, f.resource_id): f.amount.value
        for f in example.flows
        if f.direction == "out"
    }
    taken = {
        (f.counterpart_id, f.participant_id, f.resource_id): f.amount.value
        for f in example.flows
        if f.direction == "in"
    }
    assert given == taken
