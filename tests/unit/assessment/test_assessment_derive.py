"""Answers the ledger gives by itself."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pytest

from parkloop.assessment import derive_answers, land_shares
from parkloop.model import (
    Amount,
    Answer,
    Bill,
    Direction,
    Family,
    Fate,
    Flow,
    Inspection,
    LandUse,
    Ledger,
    Park,
    Participant,
    ParticipantKind,
    Period,
    Programme,
    Resource,
    Solution,
    SourceClass,
    Stage,
    StageEvent,
)

PROGRAMME = Programme("G", "Programme", "Chuong trinh")
PARK = Park("P", "G", "Park", "Khu")
RESOURCES = {
    "wastewater": Resource("wastewater", Family.WATER, "Wastewater", "NT", "m3"),
    "wastewater_dyeing": Resource("wastewater_dyeing", Family.WATER, "Dye", "NT", "m3", parent="wastewater"),
    "treated_effluent": Resource(
        "treated_effluent", Family.WATER, "Effluent", "NT", "m3", parent="wastewater"
    ),
    "fly_ash": Resource("fly_ash", Family.WASTE, "Fly ash", "Tro", "t"),
    "plating_sludge": Resource("plating_sludge", Family.WASTE, "Sludge", "Bun", "t", hazardous=True),
    "electricity": Resource("electricity", Family.ELECTRICITY, "Electricity", "Dien", "kWh"),
    "coal": Resource("coal", Family.FUEL, "Coal", "Than", "t", ncv_gj_per_unit=25.2),
}


def enterprise(name: str, employees: int | None = 300, **fields: object) -> Participant:
    return Participant(name, "P", name, employees=employees, **fields)  # type: ignore[arg-type]


def ledger(participants: Iterable[Participant] = (), **records: object) -> Ledger:
    return Ledger(PROGRAMME, parks=(PARK,), participants=tuple(participants), **records)  # type: ignore[arg-type]


def solution(name: str, kind: str, who: tuple[str, ...], *events: tuple[Stage, date]) -> Solution:
    history = tuple(StageEvent(stage, on) for stage, on in events)
    stage = history[-1].stage if history else Stage.PROPOSED
    return Solution(name, "t", kind, name, name, who, (), stage=stage, history=history)


def out(name: str, who: str, resource: str, amount: float, fate: Fate, **fields: object) -> Flow:
    unit = RESOURCES[resource].unit
    period = fields.pop("period", Period.year(2025))
    return Flow(name, who, Direction.OUT, resource, Amount(amount, unit), period, fate=fate, **fields)  # type: ignore[arg-type]


def answers(book: Ledger, year: int = 2025) -> dict[str, Answer]:
    return {item.criterion_id: item for item in derive_answers(book, "P", year, RESOURCES)}


def test_land_when_areas_are_known_then_share_of_the_four_public_classes() -> None:
    land = (
        LandUse("industrial", 150.0),
        LandUse("green", 20.0),
        LandUse("transport", 19.0),
        LandUse("technical_infrastructure", 6.0),
        LandUse("social_infrastructure", 5.0),
    )
    found = answers(replace(ledger(), parks=(replace(PARK, land_use=land),)))
    assert found["vn35-37-3a"].value == pytest.approx(25.0)  # 50 of 200 ha
    assert found["id26-1-1b"].value == pytest.approx(10.0)
    assert found["vn35-37-3a"].figure_ids == ("park/P/land_use",)
    assert "50.0 / 200.0 ha" in found["vn35-37-3a"].note


def test_land_when_measured_again_then_the_latest_area_up_to_the_year_counts() -> None:
    land = (
        LandUse("industrial", 90.0, 2020),
        LandUse("green", 10.0, 2020),
        LandUse("green", 30.0, 2024),
        LandUse("green", 99.0, 2027),
    )
    assert land_shares(replace(PARK, land_use=land), 2025)["green"] == pytest.approx(0.25)


def test_land_when_no_area_is_known_then_nothing_is_answered() -> None:
    assert "vn35-37-3a" not in answers(ledger())


def test_recp_when_one_of_four_operating_enterprises_runs_a_measure_then_a_quarter() -> None:
    members = [enterprise(name) for name in "ABCD"] + [enterprise("E", in_operation=False)]
    done = solution("S1", "measure", ("A",), (Stage.IMPLEMENTED, date(2025, 12, 31)))
    again = solution("S2", "measure", ("A",), (Stage.VERIFIED, date(2025, 3, 1)))
    late = solution("S3", "measure", ("B",), (Stage.IMPLEMENTED, date(2026, 1, 1)))
    planned = solution("S4", "measure", ("C",), (Stage.DECIDED, date(2025, 1, 1)))
    closed = solution("S5", "measure", ("E",), (Stage.IMPLEMENTED, date(2025, 1, 1)))
    found = answers(ledger(members, solutions=(done, again, late, planned, closed)))
    assert found["vn35-37-2c"].value == found["vn-ENV.2"].value == 25.0
    assert set(found["vn-ENV.2"].figure_ids) == {"solution/S1", "solution/S2"}


def test_recp_when_a_measure_was_given_up_again_then_it_no_longer_counts() -> None:
    given_up = solution(
        "S", "measure", ("A",), (Stage.IMPLEMENTED, date(2024, 1, 1)), (Stage.REJECTED, date(2025, 6, 1))
    )
    book = ledger([enterprise("A")], solutions=(given_up,))
    assert answers(book, 2024)["vn-ENV.2"].value == 100.0
    assert answers(book, 2025)["vn-ENV.2"].value == 0.0


def test_recp_when_a_solution_has_no_history_then_its_start_decides() -> None:
    running = Solution(
        "S", "t", "measure", "S", "S", ("A",), (), stage=Stage.IMPLEMENTED, start=date(2025, 5, 1)
    )
    book = ledger([enterprise("A")], solutions=(running,))
    assert answers(book, 2024)["vn-ENV.2"].value == 0.0
    assert answers(book, 2025)["vn-ENV.2"].value == 100.0


def test_symbioses_when_two_partners_report_one_exchange_then_it_counts_once() -> None:
    one = solution("X1", "exchange", ("A", "B"), (Stage.IMPLEMENTED, date(2024, 5, 1)))
    idea = solution("X2", "exchange", ("A", "B"), (Stage.FEASIBLE, date(2024, 5, 1)))
    elsewhere = solution("X3", "exchange", ("Z",), (Stage.IMPLEMENTED, date(2024, 5, 1)))
    found = answers(ledger([enterprise("A"), enterprise("B")], solutions=(one, idea, elsewhere)))
    assert found["vn-ENV.1"].value == found["vn35-37-2b"].value == 1.0
    assert "X1" in found["vn-ENV.1"].note


def test_partner_standards_when_one_of_two_partners_holds_one_then_half() -> None:
    one = solution("X1", "exchange", ("A", "B"), (Stage.IMPLEMENTED, date(2024, 5, 1)))
    held = Answer("I", "A", "vn35-37-2b-iso", 2025, True)
    found = answers(ledger([enterprise("A"), enterprise("B")], solutions=(one,), answers=(held,)))
    assert found["vn35-37-2b-iso"].value == 50.0


def test_b5_share_when_one_of_three_large_enterprises_says_yes_then_a_third() -> None:
    members = [enterprise("A", 101), enterprise("B", 500), enterprise("C", 102), enterprise("D", 100)]
    said = (
        Answer("a", "A", "vn-SOC.1", 2025, True),
        Answer("b", "B", "vn-SOC.1", 2025, False),
        Answer("d", "D", "vn-SOC.1", 2025, True),  # exactly 100 workers are not more than 100
    )
    found = answers(ledger(members, answers=said))
    assert found["vn-SOC.1"].value == pytest.approx(100 / 3)
    assert found["vn-SOC.1"].figure_ids == ("answer/a/value", "answer/b/value")
    assert "1 without an answer count as no" in found["vn-SOC.1"].note


def test_b5_share_when_no_size_is_named_then_all_enterprises_count() -> None:
    members = [enterprise("A", 12), enterprise("B", 500)]
    found = answers(ledger(members, answers=(Answer("a", "A", "vn-SOC.2", 2025, True),)))
    assert found["vn-SOC.2"].value == 50.0


def test_b5_share_when_nobody_is_large_enough_then_not_applicable_with_reason() -> None:
    found = answers(ledger([enterprise("A", 12)]))
    assert found["vn-SOC.1"].not_applicable
    assert "100" in found["vn-SOC.1"].reason


def test_b5_share_when_nobody_has_answered_then_nothing_is_said() -> None:
    assert "vn-SOC.1" not in answers(ledger([enterprise("A", 500)]))


def test_new_park_criteria_when_the_park_is_in_operation_then_not_applicable() -> None:
    assert answers(ledger())["vn-PM.4"].not_applicable
    new = replace(ledger(), parks=(replace(PARK, phase="new"),))
    assert "vn-PM.4" not in answers(new)


def inspection(name: str, subject: str, on: date, **fields: object) -> Inspection:
    return Inspection(name, subject, on, fields.pop("law", "environment"), **fields)  # type: ignore[arg-type]


def test_compliance_when_three_years_show_no_breach_then_three_years() -> None:
    record = (inspection("I1", "P", date(2024, 4, 1)), inspection("I2", "P", date(2023, 4, 1), law="labour"))
    found = answers(ledger(inspections=record))
    assert found["vn35-37-1a"].value == 3.0
    assert found["vn35-37-1a"].source_class is SourceClass.INFERRED  # four fields of law were never inspected


@pytest.mark.parametrize(("year", "clean"), [(2023, 2.0), (2024, 1.0), (2025, 0.0), (2022, 3.0)])
def test_compliance_when_there_was_a_breach_then_years_since(year: int, clean: float) -> None:
    record = (
        inspection("I1", "P", date(year, 4, 1), breach=True),
        inspection("I2", "P", date(2025, 6, 1)),
    )
    assert answers(ledger(inspections=record))["vn35-37-1a"].value == clean


def test_compliance_when_no_inspection_is_on_record_then_nothing_is_said() -> None:
    assert "vn35-37-1a" not in answers(ledger())


def test_gate_when_a_breach_is_closed_in_the_year_then_yes_and_while_open_no() -> None:
    breach = inspection("I1", "A", date(2025, 2, 1), breach=True)
    members = [enterprise("A")]
    assert answers(ledger(members, inspections=(breach,)))["int-reg-1"].value is False
    closed = replace(breach, closed_on=date(2025, 9, 1))
    assert answers(ledger(members, inspections=(closed,)))["int-reg-1"].value is True


def test_wastewater_when_a_tenth_is_reused_at_firms_and_plant_then_share_of_generated() -> None:
    plant = Participant("W", "P", "Plant", ParticipantKind.UTILITY)
    flows = (
        out("F1", "A", "wastewater", 600.0, Fate.TREATED),
        out("F2", "A", "wastewater_dyeing", 300.0, Fate.EXCHANGED, counterpart_id="W"),  # to the plant
        out("F3", "B", "wastewater", 100.0, Fate.REUSED),
        out("F4", "W", "treated_effluent", 50.0, Fate.SOLD),
        out("F5", "W", "treated_effluent", 850.0, Fate.DISCHARGED),
    )
    found = answers(ledger([enterprise("A"), enterprise("B"), plant], flows=flows))
    assert found["vn-ENV.3"].value == found["int-env-8"].value == pytest.approx(15.0)  # 150 of 1000 m3


def test_flows_when_a_stream_is_given_by_month_and_by_year_then_it_is_not_added_twice() -> None:
    flows = (
        out("F1", "A", "wastewater", 1200.0, Fate.TREATED),
        out("F2", "A", "wastewater", 100.0, Fate.TREATED, period=Period.month(2025, 1)),
        out("F3", "A", "wastewater", 300.0, Fate.REUSED, label="cooling"),
    )
    assert answers(ledger([enterprise("A")], flows=flows))["vn-ENV.3"].value == pytest.approx(20.0)


def test_waste_when_fates_are_known_then_landfilled_and_used_shares() -> None:
    flows = (
        out("F1", "A", "fly_ash", 60.0, Fate.SOLD),
        out("F2", "A", "fly_ash", 20.0, Fate.LANDFILLED, label="wet"),
        out("F3", "A", "plating_sludge", 20.0, Fate.TREATED),
    )
    found = answers(ledger([enterprise("A")], flows=flows))
    assert found["int-env-11"].value == pytest.approx(20.0)
    assert found["int-env-9"].value == found["hj274-06"].value == pytest.approx(60.0)
    assert found["cn-lcp-13"].value == pytest.approx(75.0)  # hazardous waste left out: 60 of 80 t


def test_waste_when_no_fate_is_known_then_nothing_is_said() -> None:
    flows = (out("F1", "A", "fly_ash", 60.0, Fate.UNKNOWN),)
    assert "int-env-11" not in answers(ledger([enterprise("A")], flows=flows))


def test_energy_when_coal_is_estimated_and_power_billed_then_the_billed_share() -> None:
    month = Period.month(2025, 1)
    bill = Bill("B1", "A", "electricity", month, Amount(3000.0, "kWh", source_class=SourceClass.BILLED))
    reactive = replace(bill, id="B2", band="reactive", amount=Amount(900.0, "kVArh"))
    coal = Flow("F1", "A", Direction.IN, "coal", Amount(1.0, "t"), Period.year(2025))  # 25.2 GJ = 7000 kWh
    found = answers(ledger([enterprise("A")], bills=(bill, reactive), flows=(coal,)))
    assert found["int-env-2"].value == pytest.approx(30.0)
    assert set(found["int-env-2"].figure_ids) == {"bill/B1/amount", "flow/F1/amount"}


def test_derived_when_asked_in_vietnamese_then_notes_are_vietnamese_and_values_the_same() -> None:
    book = ledger([enterprise("A", 12)])
    english = derive_answers(book, "P", 2025, RESOURCES)
    vietnamese = derive_answers(book, "P", 2025, RESOURCES, "vi")
    assert [item.value for item in english] == [item.value for item in vietnamese]
    assert all(a.note != b.note or not a.note for a, b in zip(english, vietnamese, strict=True))


def test_derived_when_given_then_every_answer_is_marked_and_names_its_figures() -> None:
    book = ledger(
        [enterprise("A", 12), enterprise("B", 400)],
        inspections=(inspection("I", "P", date(2025, 1, 1)),),
    )
    for item in derive_answers(book, "P", 2025, RESOURCES):
        assert item.computed and item.figure_ids and (item.note or item.reason), item.criterion_id


def test_derived_when_the_park_is_unknown_then_key_error_names_those_there_are() -> None:
    with pytest.raises(KeyError, match="P"):
        derive_answers(ledger(), "nowhere", 2025)
