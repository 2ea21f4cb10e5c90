from dataclasses import replace

import pytest

from parkloop.model import Exchange, ExchangeKind, Range, Stage
from parkloop.portfolio import PortfolioSettings, optimise

SETTINGS = PortfolioSettings("P", 2025)


def run(plan, solutions, cases, settings=SETTINGS, left=1.0):
    bundle = plan.bundle(cases, left)
    return optimise(solutions, cases, bundle, settings), bundle


def apart(plan, *rows):
    """Solutions of different participants with (outlay, saving, tonnes)."""
    solutions = [plan.solution(f"S{n}", who=f"E{n}") for n in range(len(rows))]
    return solutions, {f"S{n}": plan.case(f"S{n}", *row) for n, row in enumerate(rows)}


def test_without_limits_everything_that_gains_is_chosen(plan):
    # annuity factor 6.14: 100 a year is worth 614
    solutions, cases = apart(plan, (500.0, 100.0, 1.0), (700.0, 100.0, 1.0))
    found, _ = run(plan, solutions, cases)
    assert found.solution_ids == ("S0",)
    assert found.left_out == {"S1": "negative_npv"}
    assert found.npv == pytest.approx(100 * plan.factor - 500)


def test_budget_takes_the_best_set_not_the_best_single_one(plan):
    # 60 for one worth 400, or 2 x 50 for two worth 300 each
    rows = ((60.0, 460 / plan.factor, 1.0), (50.0, 350 / plan.factor, 1.0), (50.0, 350 / plan.factor, 1.0))
    solutions, cases = apart(plan, *rows)
    found, _ = run(plan, solutions, cases, replace(SETTINGS, budget=100.0))
    assert found.solution_ids == ("S1", "S2")
    assert found.left_out == {"S0": "over_budget"}
    assert found.budget == 100.0


def test_target_brings_in_the_cheapest_tonnes_that_lose_money(plan):
    rows = ((100.0, 100.0, 10.0), (1000.0, 100.0, 50.0), (1000.0, 120.0, 50.0))
    solutions, cases = apart(plan, *rows)
    found, _ = run(plan, solutions, cases, replace(SETTINGS, target_ghg_t=55.0))
    assert found.solution_ids == ("S0", "S2")
    assert not [i for i in found.issues if i.code == "portfolio.target.missed"]


def test_target_out_of_reach_takes_all_tonnes_and_says_so(plan):
    solutions, cases = apart(plan, (100.0, 100.0, 10.0), (1000.0, 100.0, 50.0))
    found, _ = run(plan, solutions, cases, replace(SETTINGS, target_ghg_t=500.0))
    assert found.solution_ids == ("S0", "S1")
    issue = next(i for i in found.issues if i.code == "portfolio.target.missed")
    assert issue.arguments == {"target_t": 500.0, "reached_t": 60.0}


def test_target_counts_what_overlaps_leave(plan):
    # alone the first two make 20 t; together they make 15 t, so that the third is needed
    solutions = [plan.solution("S0", "A"), plan.solution("S1", "A"), plan.solution("S2", "B")]
    rows = ((10.0, 100.0, 10.0), (10.0, 100.0, 10.0), (900.0, 100.0, 5.0))
    cases = {f"S{n}": plan.case(f"S{n}", *row) for n, row in enumerate(rows)}
    found, _ = run(plan, solutions, cases, replace(SETTINGS, target_ghg_t=20.0), left=0.5)
    assert found.solution_ids == ("S0", "S1", "S2")
    assert found.ghg_t.best == pytest.approx(20.0)


def test_what_loses_beside_the_others_is_dropped(plan):
    # alone both gain 114; beside the other one is worth 307 for an outlay of 500
    solutions = [plan.solution("S0"), plan.solution("S1")]
    cases = {n: plan.case(n, 500.0, 100.0, 1.0) for n in ("S0", "S1")}
    found, _ = run(plan, solutions, cases, left=0.5)
    assert len(found.solution_ids) == 1
    assert list(found.left_out.values()) == ["negative_together"]
    assert found.npv == pytest.approx(100 * plan.factor - 500)


def test_room_in_the_budget_left_by_a_drop_is_used_again(plan):
    # S0 and S1 overlap; the programme prefers both to S2, then one falls and S2 fits
    solutions = [plan.solution("S0"), plan.solution("S1"), plan.solution("S2", "B")]
    cases = {
        "S0": plan.case("S0", 500.0, 110.0, 1.0),
        "S1": plan.case("S1", 500.0, 110.0, 1.0),
        "S2": plan.case("S2", 500.0, 90.0, 1.0),
    }
    found, _ = run(plan, solutions, cases, replace(SETTINGS, budget=1000.0), left=0.1)
    assert set(found.solution_ids) in ({"S0", "S2"}, {"S1", "S2"})


def test_only_overlapping_groups_are_evaluated_again(plan):
    rows = [(100.0, 100.0, 1.0)] * 6
    solutions, cases = apart(plan, *rows)
    _, bundle = run(plan, solutions, cases)
    assert len(bundle.calls) == 2  # what is in place, and the choice


def test_exclusions_named_by_a_solution_or_the_user_take_at_most_one(plan):
    solutions, cases = apart(plan, (100.0, 100.0, 1.0), (100.0, 110.0, 1.0), (100.0, 90.0, 1.0))
    solutions[0] = replace(solutions[0], extra={"excludes": "S1"})
    found, _ = run(plan, solutions, cases, replace(SETTINGS, exclusions=(("S1", "S2"),)))
    assert found.solution_ids == ("S0", "S2")
    assert found.left_out == {"S1": "excluded_by_other"}


def test_what_is_in_place_stays_though_it_loses_and_rules_its_rival_out(plan):
    standing = plan.implemented("old", 2025)
    rival = plan.solution("new", extra={"excludes": "old"})
    cases = {"old": plan.case("old", 900.0, 10.0, 1.0), "new": plan.case("new", 10.0, 100.0, 1.0)}
    found, _ = run(plan, [standing, rival], cases, replace(SETTINGS, budget=0.0))
    assert found.solution_ids == ("old",)
    assert found.left_out == {"new": "excluded_by_other"}


def test_what_was_there_before_the_baseline_is_in_the_bills_already(plan):
    before, after = plan.implemented("before", 2023), plan.implemented("after", 2025)
    cases = {n: plan.case(n, 1.0, 10.0, 1.0) for n in ("before", "after")}
    found, _ = run(plan, [before, after], cases)
    assert found.solution_ids == ("after",)
    assert found.left_out == {"before": "before_baseline"}


def test_own_baseline_year_goes_before_the_settings(plan):
    record = replace(plan.implemented("S", 2024), baseline_year=2024)
    found, _ = run(plan, [record], {"S": plan.case("S", 1.0, 10.0, 1.0)})
    assert found.solution_ids == ("S",)


def test_rejected_and_unvalued_ones_are_left_out_with_their_reason(plan):
    solutions = [plan.solution("no", stage=Stage.REJECTED), plan.solution("open"), plan.solution("none")]
    unknown = replace(plan.case("open", 1.0, 10.0, 1.0), npv=None, undefined={"npv": "capex_missing"})
    found, _ = run(plan, solutions, {"no": plan.case("no", 1.0, 10.0, 1.0), "open": unknown})
    assert found.solution_ids == ()
    assert found.left_out == {"no": "rejected", "open": "capex_missing", "none": "not_valued"}


def test_exchange_reported_twice_is_one(plan):
    record = Exchange("A", "B", "fly_ash", "sand", Range.exact(1.0), ExchangeKind.BY_PRODUCT_REUSE)
    one = replace(plan.solution("one"), exchange=record)
    two = replace(plan.solution("two", stage=Stage.DECIDED), exchange=record)
    cases = {n: plan.case(n, 1.0, 10.0, 1.0) for n in ("one", "two")}
    found, _ = run(plan, [one, two], cases)
    assert found.solution_ids == ("two",)
    assert found.left_out == {"one": "repeated_exchange"}
    assert [i.code for i in found.issues] == ["portfolio.exchange.repeated"]


def test_a_must_is_taken_beyond_the_budget_and_the_excess_is_an_issue(plan):
    solutions, cases = apart(plan, (500.0, 10.0, 1.0), (100.0, 100.0, 1.0))
    found, _ = run(plan, solutions, cases, replace(SETTINGS, budget=200.0, must_have=("S0",)))
    assert found.solution_ids == ("S0",)
    assert "portfolio.budget.exceeded" in {i.code for i in found.issues}


def test_five_stages_stand_apart_and_sum_to_the_total(plan):
    solutions = [
        plan.implemented("done", 2025), plan.implemented("seen", 2025, stage=Stage.VERIFIED),
        plan.solution("idea"), plan.solution("sure", stage=Stage.DECIDED),
    ]  # fmt: skip
    cases = {s.id: plan.case(s.id, 100.0, 100.0 + n, 5.0) for n, s in enumerate(solutions)}
    found, _ = run(plan, solutions, cases, left=0.5)
    assert [s.stage for s in found.stages] == ["proposed", "feasible", "decided", "implemented", "verified"]
    assert [s.solution_count for s in found.stages] == [1, 0, 1, 1, 1]
    assert sum(s.saving.best for s in found.stages) == pytest.approx(found.saving.best)
    assert sum(s.ghg_t.best for s in found.stages) == pytest.approx(found.ghg_t.best)
    assert sum(s.physical.get("electricity", 0.0) for s in found.stages) == pytest.approx(
        sum(line.amount.best for share in found.shares for line in share.physical)
    )


def test_what_others_count_twice_is_the_gap_to_the_sum_of_cases(plan):
    solutions = [plan.solution("S0"), plan.solution("S1")]
    cases = {n: plan.case(n, 10.0, 100.0, 4.0) for n in ("S0", "S1")}
    found, _ = run(plan, solutions, cases, left=0.5)
    assert (found.stand_alone_saving, found.saving.best) == (200.0, 150.0)
    assert (found.stand_alone_ghg_t, found.ghg_t.best) == (8.0, 6.0)
    assert found.stand_alone_physical == {"electricity": -8000.0}


def test_ranges_of_shares_are_those_of_the_case_scaled(plan):
    solutions = [plan.solution("S0"), plan.solution("S1")]
    cases = {n: plan.case(n, 10.0, 100.0, 4.0) for n in ("S0", "S1")}
    found, _ = run(plan, solutions, cases, left=0.5)
    assert {s.saving_range for s in found.shares} == {Range(60.0, 100.0, 100.0), Range(30.0, 50.0, 50.0)}


def test_no_solutions_make_an_empty_plan(plan):
    found, _ = run(plan, [], {})
    assert (found.solution_ids, found.saving) == ((), Range.exact(0.0))
