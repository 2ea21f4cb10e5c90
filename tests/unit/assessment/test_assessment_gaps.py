"""Gaps, improvement potential, trend and check-offs."""

from dataclasses import replace
from datetime import date

import pytest

from parkloop.assessment import assess, check_off_issues, checked_off, gaps, potential, trend
from parkloop.model import Answer, CheckOff, Confidence, ScoringRule, Verdict
from parkloop.reference import frameworks


def answer(criterion_id: str, value: float | bool | None, year: int = 2025, **fields: object) -> Answer:
    return Answer(f"A-{criterion_id}", "P", criterion_id, year, value, **fields)  # type: ignore[arg-type]


def test_gap_when_a_value_is_below_the_legal_threshold_then_value_and_distance_are_shown() -> None:
    short = answer(
        "vn35-37-2c",
        14.0,
        intended_value=25.0,
        action="RECP audits",
        owner="Park operator",
        due=date(2027, 6, 30),
    )
    found = gaps(assess("P", frameworks()["vn-decree-35"], 2025, (short,)))
    gap = next(item for item in found if item.criterion.id == "vn35-37-2c")
    assert (gap.value, gap.threshold, gap.distance, gap.closes) == (14.0, 20.0, 6.0, True)
    assert gap.distance_fraction == pytest.approx(0.3)
    assert (gap.action, gap.owner, gap.due) == ("RECP audits", "Park operator", date(2027, 6, 30))


def test_gap_when_an_upper_bound_is_passed_then_distance_is_what_must_go() -> None:
    found = gaps(assess("P", frameworks()["int-eip-v1"], 2025, (answer("int-env-11", 62.0),)))
    gap = next(item for item in found if item.criterion.id == "int-env-11")
    assert (gap.distance, gap.comparison) == (12.0, "<")


def test_gap_when_unanswered_then_threshold_is_named_without_a_distance() -> None:
    gap = next(
        item
        for item in gaps(assess("P", frameworks()["vn-decree-35"], 2025, ()))
        if item.criterion.id == "vn35-37-3a"
    )
    assert (gap.now, gap.threshold, gap.distance) == (Verdict.UNANSWERED, 25.0, None)


def test_gap_when_criterion_is_met_or_not_applicable_then_it_is_not_listed() -> None:
    answers = (
        answer("vn35-37-2b", 2.0),
        answer("vn35-38-2a", None, not_applicable=True, reason="in operation"),
    )
    listed = {gap.criterion.id for gap in gaps(assess("P", frameworks()["vn-decree-35"], 2025, answers))}
    assert not {"vn35-37-2b", "vn35-38-2a"} & listed


def test_gap_when_another_of_the_choice_group_is_met_then_the_rest_of_the_group_is_no_gap() -> None:
    found = gaps(assess("P", frameworks()["cn-hj-274-2015"], 2025, (answer("hj274-06", 75.0),)))
    listed = {gap.criterion.id for gap in found}
    assert "hj274-07" not in listed
    assert "hj274-27" in listed


def test_gaps_when_a_gate_fails_then_it_comes_first() -> None:
    found = gaps(assess("P", frameworks()["int-eip-v1"], 2025, (answer("int-reg-2", False),)))
    assert found[0].criterion.gate


def test_potential_when_intended_differs_then_it_is_the_difference_in_points() -> None:
    decree = frameworks()["vn-decree-35"]
    answers = (answer("vn35-37-2b", 0.0, intended_value=1.0), answer("vn35-37-3b", True))
    points = potential(assess("P", decree, 2025, answers))
    assert points["total"] == pytest.approx(100 / 11)
    assert points["enterprises"] == pytest.approx(100 / 4)
    assert points["park"] == 0.0


def test_potential_when_nothing_can_be_scored_then_there_is_none() -> None:
    rule = ScoringRule(unanswered_as_not_met=False)
    assert potential(assess("P", frameworks()["vn-decree-35"], 2025, (), rule))["total"] is None


def test_trend_when_three_rounds_then_rises_since_first_and_last() -> None:
    decree = frameworks()["vn-decree-35"]
    rounds = [
        assess(
            "P",
            decree,
            year,
            [answer(item.id, True, year) for item in decree.criteria if item.unit == ""][:n],
        )
        for year, n in ((2025, 2), (2023, 0), (2024, 1))
    ]
    line = trend(rounds)
    assert [point.year for point in line.points] == [2023, 2024, 2025]
    assert [point.since_last_points for point in line.points] == [None, *[pytest.approx(100 / 11)] * 2]
    assert line.points[2].since_first_points == pytest.approx(200 / 11)
    assert line.issues == ()


def test_trend_when_scoring_settings_changed_then_an_issue_says_so() -> None:
    decree = frameworks()["vn-decree-35"]
    rounds = (assess("P", decree, 2024, ()), assess("P", decree, 2025, (), ScoringRule(partly_credit=0.0)))
    assert [issue.code for issue in trend(rounds).issues] == ["assessment.trend.rule_changed"]


def test_trend_when_a_threshold_changed_then_an_issue_says_so() -> None:
    decree = frameworks()["vn-decree-35"]
    moved = replace(decree, criteria=(replace(decree.criteria[0], threshold=5.0), *decree.criteria[1:]))
    rounds = (assess("P", decree, 2024, ()), assess("P", moved, 2025, ()))
    assert [issue.code for issue in trend(rounds).issues] == ["assessment.trend.framework_changed"]


def test_trend_when_subjects_are_mixed_then_refused() -> None:
    decree = frameworks()["vn-decree-35"]
    with pytest.raises(ValueError, match="one subject"):
        trend((assess("P", decree, 2024, ()), assess("Q", decree, 2025, ())))


def test_check_off_when_a_person_compared_a_row_then_confidence_rises_and_the_record_stays() -> None:
    record = CheckOff(
        "vn35-37-3a", "Tran Thi B (legal)", date(2026, 3, 1), "Official gazette, Decree 35/2022"
    )
    before = frameworks()
    after = checked_off(before, (record,))
    row = next(item for item in after["vn-decree-35"].criteria if item.id == "vn35-37-3a")
    assert (row.confidence, row.check_off) == (Confidence.CHECKED, record)
    untouched = next(item for item in before["vn-decree-35"].criteria if item.id == "vn35-37-3a")
    assert untouched.confidence is Confidence.INFERRED


def test_check_off_when_done_twice_then_the_latest_counts() -> None:
    old = CheckOff("vn-decree-35", "A", date(2025, 1, 1), "text")
    new = CheckOff("vn-decree-35", "B", date(2026, 1, 1), "text")
    assert checked_off(frameworks(), (new, old))["vn-decree-35"].check_off == new


def test_check_off_when_name_or_source_is_missing_then_it_confirms_nothing_and_is_named() -> None:
    bare = CheckOff("vn35-37-3a", "A", date(2026, 1, 1), " ")
    row = next(
        item
        for item in checked_off(frameworks(), (bare,))["vn-decree-35"].criteria
        if item.id == "vn35-37-3a"
    )
    assert row.check_off is None
    assert [issue.code for issue in check_off_issues((bare,))] == ["assessment.check_off.incomplete"]
