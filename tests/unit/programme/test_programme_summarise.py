"""The roll-up of parks to a programme."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from parkloop import texts
from parkloop.assessment import assess
from parkloop.model import (
    Activity,
    Answer,
    Book,
    Case,
    EmissionLine,
    Exchange,
    ExchangeKind,
    Factor,
    FactorSet,
    Family,
    Ledger,
    Park,
    ParkResult,
    Participant,
    PhysicalLine,
    Portfolio,
    PriceBook,
    Programme,
    Range,
    Resource,
    Share,
    Solution,
    Stage,
    StageTotal,
    Summary,
    Target,
    TotalKind,
)
from parkloop.programme import GhgClaim, check_ghg, compare_parks, hold_against_targets, summarise
from parkloop.reference import frameworks

PROGRAMME = Programme("G", "Programme", "Chuong trinh", currency="VND")
GRID = 0.0007  # tCO2e/kWh, made up for these tests
RESOURCES = {
    "electricity": Resource("electricity", Family.ELECTRICITY, "E", "D", "kWh"),
    "electricity_grid": Resource(
        "electricity_grid", Family.ELECTRICITY, "E", "D", "kWh", parent="electricity"
    ),
    "fresh_water": Resource("fresh_water", Family.WATER, "W", "N", "m3"),
    "coal": Resource("coal", Family.FUEL, "C", "T", "t", ncv_gj_per_unit=25.2),
    "fly_ash": Resource("fly_ash", Family.WASTE, "A", "T", "t"),
}
FACTORS = FactorSet(
    "test", 2025, "VN", (Factor("grid", "electricity", Book.PROJECT, 2, GRID, "tCO2e/kWh", 2025),)
)
EXACT = Range.exact


def solution(name: str, stage: Stage, **fields: object) -> Solution:
    return Solution(name, "t", fields.pop("kind", "measure"), name, name, ("E1",), (), stage=stage, **fields)  # type: ignore[arg-type]


def total(stage: Stage, count: int, physical: Mapping[str, float], ghg_t: float) -> StageTotal:
    return StageTotal(
        stage, count, physical, EXACT(25e6 * count), EXACT(1e3 * count), EXACT(ghg_t), EXACT(5e7)
    )


def case(name: str, other_t: float = 0.0) -> Case:
    """A case with one line of coal beside electricity."""
    line = EmissionLine("coal", Book.PROJECT, 1, EXACT(other_t), 1.0, "t", "coal", resource_id="coal")
    zero = EXACT(0.0)
    return Case(
        name, "VND", 2025, (), (), (line,) if other_t else (), EXACT(5e7), zero, zero, zero, zero,
        None, None, None, None, None, 10.0, 0.1,
    )  # fmt: skip


def park_result(
    park_id: str,
    solutions: tuple[Solution, ...] = (),
    stages: tuple[StageTotal, ...] = (),
    shares: tuple[Share, ...] = (),
    **fields: object,
) -> ParkResult:
    plan = Portfolio(
        id=park_id,
        year=2025,
        currency="VND",
        kind=TotalKind.RUN_RATE,
        solution_ids=tuple(share.solution_id for share in shares),
        left_out={},
        physical={},
        saving=EXACT(25e6),
        saving_usd=EXACT(1e3),
        ghg_t=EXACT(0.0),
        capex=EXACT(0.0),
        capex_usd=EXACT(0.0),
        npv=0.0,
        stand_alone_physical={},
        stand_alone_saving=0.0,
        stand_alone_ghg_t=0.0,
        shares=shares,
        stages=stages,
        baseline=(),
        realisation=Range(0.6, 0.8, 1.0),
    )
    park = Park(park_id, "G", park_id, park_id)
    base = ParkResult(
        park=park,
        year=2025,
        ledger=Ledger(PROGRAMME, parks=(park,)),
        resources=RESOURCES,
        graphs={},
        assessments=(),
        balances=(),
        inferred=(),
        solutions=solutions,
        cases={},
        portfolio=plan,
        macc=(),
        price_book=PriceBook("VND", 2025, (), (), 0.1),
        factor_set=FACTORS,
        issues=(),
    )
    return replace(base, **fields)  # type: ignore[arg-type]


def two_parks() -> tuple[ParkResult, ParkResult]:
    one = park_result(
        "A",
        (solution("S1", Stage.IMPLEMENTED), solution("S2", Stage.PROPOSED)),
        (
            total(Stage.IMPLEMENTED, 1, {"electricity": -100_000.0, "fresh_water": -300.0}, 70.0),
            total(Stage.PROPOSED, 1, {"electricity_grid": -10_000.0}, 7.0),
        ),
    )
    other = park_result(
        "B",
        (solution("S3", Stage.VERIFIED), solution("S4", Stage.IMPLEMENTED), solution("S5", Stage.REJECTED)),
        (
            total(Stage.VERIFIED, 1, {"electricity": -50_000.0}, 35.0),
            total(Stage.IMPLEMENTED, 1, {"electricity": -20_000.0, "fresh_water": 40.0}, 14.0),
        ),
    )
    return one, other


def summary(*results: ParkResult, targets: tuple[Target, ...] = ()) -> Summary:
    return summarise(PROGRAMME, results, targets, 2025)


def test_sums_when_two_parks_then_stage_by_stage_and_positive_when_saved() -> None:
    found = summary(*two_parks())
    assert found.stages["implemented"]["electricity_kwh"] == 120_000.0
    assert found.stages["verified"]["electricity_kwh"] == 50_000.0
    assert found.stages["proposed"]["electricity_kwh"] == 10_000.0  # grid electricity is electricity
    assert found.stages["implemented"]["water_m3"] == 260.0  # 300 saved in A, 40 more used in B
    assert found.parks["B"]["implemented"]["water_m3"] == -40.0
    assert found.stages["implemented"]["ghg_t"] == 84.0


def test_sums_when_read_then_no_figure_merges_the_stages() -> None:
    found = summary(*two_parks())
    assert set(found.stages) == {"proposed", "feasible", "decided", "implemented", "verified"}
    assert found.stages["implemented"]["measure_count"] == 2.0
    assert found.stages["verified"]["measure_count"] == 1.0


def test_sums_when_fuel_and_waste_are_saved_then_in_their_own_units() -> None:
    stage = total(Stage.DECIDED, 1, {"coal": -2.0, "fly_ash": -7.0}, 0.0)
    found = summary(park_result("A", stages=(stage,)))
    assert found.stages["decided"]["fuel_kwh"] == pytest.approx(14_000.0)  # 2 t x 25.2 GJ / 0.0036
    assert found.stages["decided"]["waste_t"] == 7.0


def test_results_when_two_are_of_one_park_then_refused() -> None:
    with pytest.raises(ValueError, match="several results for A"):
        summary(park_result("A"), park_result("A"))


def test_results_when_the_order_changes_then_the_summary_does_not() -> None:
    one, other = two_parks()
    assert summary(one, other) == summary(other, one)


def test_time_base_when_one_park_adds_up_otherwise_then_it_is_left_out_with_an_issue() -> None:
    one, other = two_parks()
    lifetime = replace(other, portfolio=replace(other.portfolio, kind=TotalKind.LIFETIME))
    found = summary(one, lifetime)
    assert found.stages["verified"]["electricity_kwh"] == 0.0
    assert [item.code for item in found.issues] == ["programme.time_base.differs"]


def test_currency_when_a_park_has_another_then_its_money_stands_in_usd_alone() -> None:
    one, other = two_parks()
    foreign = replace(other, portfolio=replace(other.portfolio, currency="EUR"))
    found = summary(one, foreign)
    assert found.stages["implemented"]["saving"] == 25e6
    assert found.stages["implemented"]["saving_usd"] == 2e3
    assert "programme.currency.differs" in {item.code for item in found.issues}


def shared_exchange(name: str, stage: Stage = Stage.IMPLEMENTED) -> Solution:
    exchange = Exchange("E1", "E9", "fly_ash", "natural_sand", EXACT(500.0), ExchangeKind.BY_PRODUCT_REUSE)
    return solution(name, stage, kind="exchange", exchange=exchange)


def share(name: str, *lines: tuple[str, str, float], ghg_t: float = 30.0) -> Share:
    physical = tuple(PhysicalLine(who, what, "t", EXACT(amount)) for who, what, amount in lines)
    return Share(name, physical, 25e6, ghg_t)


def test_exchange_when_two_parks_report_all_of_it_then_it_counts_once() -> None:
    lines = (("E1", "fly_ash", -500.0), ("E9", "natural_sand", -480.0))
    stage = total(Stage.IMPLEMENTED, 1, {"fly_ash": -500.0}, 30.0)
    cases = {"X1": case("X1", 30.0)}
    one = park_result("A", (shared_exchange("X1"),), (stage,), (share("X1", *lines),), cases=cases)
    # the receiving park keeps the same exchange under its own id
    other = park_result(
        "B", (shared_exchange("X7"),), (stage,), (share("X7", *lines),), cases={"X7": case("X7", 30.0)}
    )
    found = summary(one, other)
    implemented = found.stages["implemented"]
    assert (implemented["waste_t"], implemented["ghg_t"]) == (500.0, 30.0)
    assert (implemented["exchange_count"], implemented["count"]) == (1.0, 1.0)
    assert (implemented["saving"], implemented["capex"]) == (25e6, 5e7)
    assert found.counted_twice == {"X1": 30.0}
    assert found.parks["B"]["implemented"]["waste_t"] == 500.0  # each park keeps its own number


def test_exchange_when_each_park_reports_its_own_side_then_both_sides_stay() -> None:
    one = park_result(
        "A",
        (shared_exchange("X1"),),
        (total(Stage.IMPLEMENTED, 1, {"fly_ash": -500.0}, 0.0),),
        (share("X1", ("E1", "fly_ash", -500.0), ghg_t=0.0),),
    )
    other = park_result(
        "B",
        (shared_exchange("X1"),),
        (total(Stage.IMPLEMENTED, 1, {"coal": -1.0}, 0.0),),
        (share("X1", ("E9", "coal", -1.0), ghg_t=0.0),),
    )
    implemented = summary(one, other).stages["implemented"]
    assert implemented["waste_t"] == 500.0
    assert implemented["fuel_kwh"] == pytest.approx(7_000.0)
    assert implemented["exchange_count"] == 1.0


def test_exchange_when_the_parks_disagree_on_its_stage_then_the_furthest_counts() -> None:
    line = ("E1", "fly_ash", -500.0)
    idea = park_result(
        "A",
        (shared_exchange("X1", Stage.PROPOSED),),
        (total(Stage.PROPOSED, 1, {"fly_ash": -500.0}, 0.0),),
        (share("X1", line, ghg_t=0.0),),
    )
    running = park_result(
        "B",
        (shared_exchange("X1"),),
        (total(Stage.IMPLEMENTED, 1, {"fly_ash": -500.0}, 0.0),),
        (share("X1", line, ghg_t=0.0),),
    )
    found = summary(idea, running)
    assert found.stages["implemented"]["waste_t"] == 500.0
    assert found.stages["proposed"]["waste_t"] == 0.0


def test_programmes_when_another_counts_a_solution_too_then_it_is_listed_and_stays() -> None:
    claimed = solution("S1", Stage.IMPLEMENTED, programme_ids=("G", "H"))
    stage = total(Stage.IMPLEMENTED, 1, {"electricity": -100_000.0}, 70.0)
    found = summary(
        park_result("A", (claimed,), (stage,), (share("S1", ("E1", "electricity", -1e5), ghg_t=70.0),))
    )
    assert found.counted_twice == {"S1": 70.0}
    assert found.stages["implemented"]["ghg_t"] == 70.0
    assert [item.code for item in found.issues] == ["programme.shared.programmes"]


def test_compliance_when_assessed_then_score_by_category_and_total_now_and_intended() -> None:
    answers = (Answer("A", "A", "vn35-37-2b", 2025, 0.0, intended_value=1.0),)
    result = assess("A", frameworks()["vn-decree-35"], 2025, answers)
    found = summary(park_result("A", assessments=(result,)))
    assert found.compliance["A"]["vn-decree-35/enterprises"] == (0.0, 0.25)
    assert found.compliance["A"]["vn-decree-35/total"] == (0.0, pytest.approx(1 / 11))


def test_compare_when_parks_are_assessed_then_compliance_against_potential() -> None:
    decree = frameworks()["vn-decree-35"]
    ahead = assess("A", decree, 2025, (Answer("A", "A", "vn35-37-2b", 2025, 2.0),))
    behind = assess("B", decree, 2025, (Answer("A", "B", "vn35-37-2b", 2025, 0.0, intended_value=1.0),))
    found = summary(
        park_result("A", assessments=(ahead,)), park_result("B", assessments=(behind,)), park_result("C")
    )
    positions, without = compare_parks(found, "vn-decree-35")
    assert [(item.park_id, item.potential_points) for item in positions] == [
        ("A", 0.0),
        ("B", pytest.approx(100 / 11)),
    ]
    assert without == ("C",)


def test_targets_when_set_then_actual_is_what_runs() -> None:
    targets = (
        Target("T1", "G", "electricity_kwh", 2026, 340.0, "MWh"),
        Target("T2", "G", "ghg_t", 2026, 238.0, "tCO2e"),
        Target("T3", "A", "ghg_t", 2025, 1.0, "tCO2e"),  # a park's own target
    )
    found = summary(*two_parks(), targets=targets)
    assert found.targets == {"electricity_kwh": (340_000.0, 170_000.0), "ghg_t": (238.0, 119.0)}


def test_targets_when_unfolded_then_implemented_and_verified_stand_apart() -> None:
    stages = {"implemented": {"ghg_t": 84.0}, "verified": {"ghg_t": 35.0}}
    (line,), _ = hold_against_targets(stages, {}, (Target("T", "G", "ghg_t", 2025, 238.0, "t"),), 2025, "VND")
    assert (line.implemented, line.verified, line.actual, line.fraction) == (84.0, 35.0, 119.0, 0.5)


def test_targets_when_several_years_are_set_then_the_next_one_ahead_counts() -> None:
    targets = tuple(Target(f"T{year}", "G", "ghg_t", year, float(year), "t") for year in (2024, 2026, 2030))
    assert summary(targets=targets).targets["ghg_t"][0] == 2026.0


def test_targets_when_people_are_trained_then_activities_are_counted_once() -> None:
    training = Activity("H1", "A", "training", "RECP", date(2025, 4, 1), men=12, women=9)
    later = replace(training, id="H2", on=date(2026, 1, 5))
    event = replace(training, id="H3", kind="event")
    one, other = two_parks()
    ledger = replace(
        one.ledger, activities=(training, later, event), participants=(Participant("E1", "A", "One"),)
    )
    found = summarise(
        PROGRAMME,
        (replace(one, ledger=ledger), replace(other, ledger=replace(other.ledger, activities=(training,)))),
        (
            Target("T1", "G", "people_trained", 2025, 100.0, ""),
            Target("T2", "G", "women_trained", 2025, 50.0, "person"),
        ),
        2025,
    )
    assert found.targets["people_trained"] == (100.0, 21.0)
    assert found.targets["women_trained"] == (50.0, 9.0)


def test_targets_when_indicator_or_unit_is_unknown_then_an_issue_and_no_line() -> None:
    targets = (Target("T1", "G", "a_mood", 2025, 1.0, ""), Target("T2", "G", "ghg_t", 2025, 1.0, "kWh"))
    found = summary(targets=targets)
    assert found.targets == {}
    assert [item.code for item in found.issues] == [
        "programme.target.unknown_indicator",
        "programme.target.unit",
    ]


def test_ghg_when_87_000_t_stand_beside_4_4_gwh_then_it_does_not_follow() -> None:
    # published in September 2023: 4.4 million kWh and 87,000 tCO2e a year; at 0.9 t/MWh power gives 3,960 t
    issue = check_ghg(GhgClaim(87_000.0, 4.4e6, 0.0009))
    assert issue is not None
    assert issue.code == "programme.ghg.does_not_follow"
    assert issue.arguments["gap_t"] == 83_040.0
    for lang in texts.LANGUAGES:
        assert "83040" in texts.message(issue.code, lang, issue.arguments)


def test_ghg_when_the_other_lines_are_named_then_it_follows() -> None:
    assert check_ghg(GhgClaim(87_000.0, 4.4e6, 0.0009, {"coal": 60_000.0, "clinker": 23_040.0})) is None


def test_ghg_when_less_than_its_parts_then_it_does_not_follow_either() -> None:
    issue = check_ghg(GhgClaim(1_000.0, 4.4e6, 0.0009))
    assert issue is not None
    assert issue.arguments["gap_t"] == -2_960.0


def test_stage_when_its_tonnes_exceed_power_and_lines_then_an_issue_names_it() -> None:
    stage = total(Stage.PROPOSED, 1, {"electricity": -100_000.0}, 870.0)  # power gives 70 t
    result = park_result("A", (solution("S1", Stage.PROPOSED),), (stage,), (share("S1", ghg_t=870.0),))
    (issue,) = summary(result).issues
    assert (issue.code, issue.where.record) == ("programme.ghg.does_not_follow", "A/proposed")


def test_stage_when_the_cases_list_the_rest_then_there_is_no_issue() -> None:
    stage = total(Stage.PROPOSED, 1, {"electricity": -100_000.0}, 870.0)
    result = park_result(
        "A",
        (solution("S1", Stage.PROPOSED),),
        (stage,),
        (share("S1", ghg_t=870.0),),
        cases={"S1": case("S1", 800.0)},
    )
    assert summary(result).issues == ()
