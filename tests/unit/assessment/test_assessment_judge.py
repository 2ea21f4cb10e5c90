"""One value against one criterion, every shape."""

import pytest

from parkloop.assessment import Stated, judge
from parkloop.model import Band, Branch, Criterion, Shape, Verdict
from parkloop.reference import frameworks


def criterion(shape: Shape, **fields: object) -> Criterion:
    return Criterion("c", "f", "one", "C", "C", "performance", shape, **fields)  # type: ignore[arg-type]


def threshold(comparison: str, limit: float, unit: str = "t") -> Criterion:
    return criterion(Shape.THRESHOLD, comparison=comparison, threshold=limit, unit=unit)


def find(framework_id: str, criterion_id: str) -> Criterion:
    return next(item for item in frameworks()[framework_id].criteria if item.id == criterion_id)


@pytest.mark.parametrize(
    ("comparison", "below", "at", "above"),
    [
        (">=", Verdict.NOT_MET, Verdict.MET, Verdict.MET),
        (">", Verdict.NOT_MET, Verdict.NOT_MET, Verdict.MET),
        ("<=", Verdict.MET, Verdict.MET, Verdict.NOT_MET),
        ("<", Verdict.MET, Verdict.NOT_MET, Verdict.NOT_MET),
    ],
)
def test_threshold_when_value_is_below_at_or_above_then_verdict_follows_comparison(
    comparison: str, below: Verdict, at: Verdict, above: Verdict
) -> None:
    ruled = [judge(threshold(comparison, 20), Stated(value), {}).verdict for value in (19.9, 20, 20.1)]
    assert ruled == [below, at, above]


def test_boolean_when_yes_partly_and_no_then_met_partly_not_met() -> None:
    question = criterion(Shape.BOOLEAN)
    stated = (Stated(True), Stated(True, partly=True), Stated(None, partly=True), Stated(False))
    assert [judge(question, item, {}).verdict for item in stated] == [
        Verdict.MET,
        Verdict.PARTLY,
        Verdict.PARTLY,
        Verdict.NOT_MET,
    ]


def test_threshold_when_short_but_marked_partly_then_partly() -> None:
    assert judge(threshold(">=", 20), Stated(15, partly=True), {}).verdict is Verdict.PARTLY


def test_threshold_when_reached_and_marked_partly_then_met() -> None:
    assert judge(threshold(">=", 20), Stated(25, partly=True), {}).verdict is Verdict.MET


def test_not_applicable_when_a_value_stands_there_too_then_not_applicable() -> None:
    ruled = judge(threshold(">=", 20), Stated(5, not_applicable=True), {})
    assert ruled.verdict is Verdict.NOT_APPLICABLE


def test_parametric_when_parameter_is_given_then_it_is_the_threshold() -> None:
    renewable = find("int-eip-v1", "int-env-3")
    context = {"national_grid_renewable_percent": 40.0}
    ruled = judge(renewable, Stated(41.0), context)
    assert (ruled.verdict, ruled.threshold) == (Verdict.MET, 40.0)
    assert judge(renewable, Stated(39.0), context).verdict is Verdict.NOT_MET


def test_parametric_when_parameter_is_missing_then_unanswered_and_issue() -> None:
    ruled = judge(find("int-eip-v1", "int-env-3"), Stated(41.0), {})
    assert ruled.verdict is Verdict.UNANSWERED
    assert [issue.code for issue in ruled.issues] == ["assessment.parameter.missing"]
    assert ruled.issues[0].arguments["parameter"] == "national_grid_renewable_percent"


@pytest.mark.parametrize(
    ("growth", "value", "verdict"),
    [
        (8.0, 0.5, Verdict.MET),  # growth: at most 0.6
        (8.0, 0.7, Verdict.NOT_MET),
        (-3.0, 0.7, Verdict.MET),  # shrinkage: at least 0.6
        (-3.0, 0.5, Verdict.NOT_MET),
    ],
)
def test_elasticity_when_growth_changes_sign_then_other_branch_holds(
    growth: float, value: float, verdict: Verdict
) -> None:
    ruled = judge(
        find("cn-hj-274-2015", "hj274-10"), Stated(value), {"industrial_value_added_growth_percent": growth}
    )
    assert ruled.verdict is verdict


def test_elasticity_when_growth_is_zero_then_no_branch_fits() -> None:
    ruled = judge(
        find("cn-hj-274-2015", "hj274-10"), Stated(0.5), {"industrial_value_added_growth_percent": 0.0}
    )
    assert ruled.verdict is Verdict.UNANSWERED
    assert ruled.issues[0].code == "assessment.branch.none"


@pytest.mark.parametrize(
    ("region", "limit"),
    [("region_water_scarce_city", 20.0), ("region_beijing_tianjin_hebei", 30.0), ("region_other", 10.0)],
)
def test_reclaimed_water_when_region_is_given_then_its_threshold_counts(region: str, limit: float) -> None:
    reclaimed = find("cn-hj-274-2015", "hj274-16")
    assert judge(reclaimed, Stated(limit), {region: 1.0}).verdict is Verdict.MET
    assert judge(reclaimed, Stated(limit - 0.1), {region: 1.0}).verdict is Verdict.NOT_MET


def test_reclaimed_water_when_no_region_is_given_then_unanswered() -> None:
    assert judge(find("cn-hj-274-2015", "hj274-16"), Stated(50.0), {}).verdict is Verdict.UNANSWERED


@pytest.mark.parametrize(
    ("value", "score"),
    # Permenperin 26/2025 annex A.1: 3 above 15 %, 2 for 10-15 %, 1 at 10 %; below is for the local rules
    [(15.1, 3.0), (15.0, 2.0), (10.1, 2.0), (10.0, 1.0), (9.9, 0.0)],
)
def test_green_space_when_value_moves_through_bands_then_score_follows(value: float, score: float) -> None:
    assert judge(find("id-permenperin-26-2025", "id26-1-1b"), Stated(value), {}).score == score


@pytest.mark.parametrize(("value", "score"), [(70.0, 3.0), (70.1, 2.0), (75.0, 2.0), (75.1, 1.0)])
def test_plots_when_value_moves_through_bands_then_score_follows(value: float, score: float) -> None:
    assert judge(find("id-permenperin-26-2025", "id26-1-1a"), Stated(value), {}).score == score


def test_bands_when_value_lies_in_none_then_not_met_and_issue() -> None:
    banded = criterion(Shape.BANDED, bands=(Band(3, low=10), Band(1, low=0, high=5)))
    ruled = judge(banded, Stated(7.0), {})
    assert (ruled.verdict, ruled.score) == (Verdict.NOT_MET, 0.0)
    assert ruled.issues[0].code == "assessment.band.outside"


@pytest.mark.parametrize("value", [True, "many", float("nan"), float("inf")])
def test_threshold_when_value_is_no_number_then_unanswered_and_issue(value: float | bool | str) -> None:
    ruled = judge(threshold(">=", 20), Stated(value), {})
    assert ruled.verdict is Verdict.UNANSWERED
    assert ruled.issues[0].code == "assessment.answer.wrong_kind"


def test_boolean_when_value_is_a_number_then_unanswered_and_issue() -> None:
    ruled = judge(criterion(Shape.BOOLEAN), Stated(1.0), {})
    assert ruled.verdict is Verdict.UNANSWERED
    assert ruled.issues[0].code == "assessment.answer.wrong_kind"


def test_percent_when_above_hundred_then_judged_as_it_stands_with_issue() -> None:
    ruled = judge(threshold(">=", 20, "%"), Stated(140.0), {})
    assert ruled.verdict is Verdict.MET
    assert [issue.code for issue in ruled.issues] == ["assessment.value.outside_percent"]


def test_percent_when_value_looks_like_a_fraction_then_a_hint_is_given() -> None:
    ruled = judge(threshold(">=", 20, "%"), Stated(0.35), {})
    assert ruled.verdict is Verdict.NOT_MET
    assert [issue.code for issue in ruled.issues] == ["assessment.value.looks_like_fraction"]


def test_information_when_answered_then_it_is_not_judged() -> None:
    assert judge(find("vn-circular-05", "vn-ENV.3"), Stated(12.0), {}).verdict is Verdict.NOT_APPLICABLE


def test_conditional_when_two_branches_could_hold_then_the_first_counts() -> None:
    branches = (Branch("x", ">", 0, ">=", 10), Branch("x", ">", 5, ">=", 99))
    both = criterion(Shape.CONDITIONAL, branches=branches)
    assert judge(both, Stated(11.0), {"x": 6.0}).verdict is Verdict.MET


def test_count_when_it_is_no_whole_number_then_judged_with_an_issue() -> None:
    ruled = judge(find("vn-decree-35", "vn35-37-2b"), Stated(1.12), {})
    assert ruled.verdict is Verdict.MET
    assert [issue.code for issue in ruled.issues] == ["assessment.value.not_whole"]
