"""A subject against a whole framework."""

from collections.abc import Iterable
from dataclasses import replace

import pytest

from parkloop import texts
from parkloop.assessment import Circumstances, assess
from parkloop.model import (
    Answer,
    Assessment,
    Criterion,
    Framework,
    ScoringRule,
    Shape,
    Verdict,
)
from parkloop.reference import frameworks

GROWING = {"industrial_value_added_growth_percent": 8.0, "region_other": 1.0}


def answer(criterion_id: str, value: float | bool | str | None, **fields: object) -> Answer:
    return Answer(f"A-{criterion_id}", "P", criterion_id, 2025, value, **fields)  # type: ignore[arg-type]


def questions(count: int, kind: str = "criterion", **fields: object) -> Framework:
    criteria = tuple(
        Criterion(f"q{n}", "f", "one", f"Q{n}", f"Q{n}", kind, Shape.BOOLEAN, threshold=True)
        for n in range(count)
    )
    return Framework("f", "F", "F", "1", ("one",), "scored", criteria, **fields)  # type: ignore[arg-type]


def good(criterion: Criterion) -> float | bool:
    """A value that meets a criterion under GROWING."""
    if criterion.shape is Shape.BOOLEAN:
        return True
    if criterion.shape is Shape.CONDITIONAL:
        return 0.1 if criterion.unit == "ratio" else 100.0
    limit = float(criterion.threshold or 0.0)
    return {">=": limit, ">": limit + 1, "<=": limit, "<": limit - 1}[criterion.comparison]


def hj274(met: Iterable[str]) -> Assessment:
    framework = frameworks()["cn-hj-274-2015"]
    chosen = set(met)
    answers = [answer(item.id, good(item)) for item in framework.criteria if item.id in chosen]
    return assess("P", framework, 2025, answers, circumstances=Circumstances(GROWING))


def mandatory() -> list[str]:
    return [item.id for item in frameworks()["cn-hj-274-2015"].criteria if item.kind == "mandatory"]


def test_counts_when_answers_are_mixed_then_they_stand_beside_the_score() -> None:
    answers = (
        answer("q0", True),
        answer("q1", None, partly=True),
        answer("q2", False),
        answer("q3", None, not_applicable=True, reason="no river near"),
    )
    now = assess("P", questions(5), 2025, answers).total[0]
    assert (now.met, now.partly, now.not_met, now.not_applicable, now.unanswered) == (1, 1, 1, 1, 1)
    assert now.score_fraction == pytest.approx(1.5 / 4)  # the not applicable one is left out


def test_score_when_not_applicable_is_kept_then_it_weighs_as_zero() -> None:
    answers = (answer("q0", True), answer("q1", None, not_applicable=True, reason="-"))
    rule = ScoringRule(drop_not_applicable=False)
    assert assess("P", questions(2), 2025, answers, rule).total[0].score_fraction == 0.5


def test_score_when_unanswered_is_left_out_then_only_answers_count() -> None:
    rule = ScoringRule(unanswered_as_not_met=False)
    assert assess("P", questions(4), 2025, (answer("q0", True),), rule).total[0].score_fraction == 1.0


def test_score_when_nothing_can_be_scored_then_there_is_none() -> None:
    rule = ScoringRule(unanswered_as_not_met=False)
    assert assess("P", questions(2), 2025, (), rule).total[0].score_fraction is None


def test_intended_when_given_for_a_later_year_then_scored_beside_now() -> None:
    answers = (answer("q0", False, intended_value=True, intended_year=2028), answer("q1", True))
    now, intended = assess("P", questions(2), 2025, answers).total
    assert (now.score_fraction, intended.score_fraction) == (0.5, 1.0)


def test_intended_when_not_given_then_it_is_what_there_is() -> None:
    result = assess("P", questions(1), 2025, (answer("q0", True),))
    assert result.judged[0].intended is Verdict.MET


def test_intended_when_the_target_year_has_its_own_parameter_then_that_one_counts() -> None:
    framework = frameworks()["int-eip-v1"]
    share = answer("int-env-3", 30.0, intended_value=45.0)
    circumstances = Circumstances(
        {"national_grid_renewable_percent": 40.0}, {"national_grid_renewable_percent": 50.0}
    )
    result = assess("P", framework, 2025, (share,), circumstances=circumstances)
    judged = next(item for item in result.judged if item.criterion.id == "int-env-3")
    assert (judged.now, judged.intended) == (Verdict.NOT_MET, Verdict.NOT_MET)


def test_answers_when_of_another_subject_or_year_then_left_aside() -> None:
    strangers = (replace(answer("q0", True), subject_id="Q"), replace(answer("q0", True), year=2024))
    assert assess("P", questions(1), 2025, strangers).judged[0].now is Verdict.UNANSWERED


def test_value_when_below_a_legal_threshold_then_it_is_kept_as_stated() -> None:
    result = assess("P", frameworks()["vn-circular-05"], 2025, (answer("vn-SOC.1", 40.0),))
    judged = next(item for item in result.judged if item.criterion.id == "vn-SOC.1")
    assert (judged.value, judged.now, judged.threshold) == (40.0, Verdict.NOT_MET, 75.0)


def test_decree_when_every_criterion_is_met_then_passed() -> None:
    framework = frameworks()["vn-decree-35"]
    answers = [answer(item.id, good(item)) for item in framework.criteria]
    assert assess("P", framework, 2025, answers).passed is True


def test_decree_when_one_criterion_is_short_then_not_passed() -> None:
    framework = frameworks()["vn-decree-35"]
    answers = [answer(item.id, good(item)) for item in framework.criteria if item.id != "vn35-37-2c"]
    assert assess("P", framework, 2025, [*answers, answer("vn35-37-2c", 19.0)]).passed is False


def test_decree_when_the_new_park_criterion_is_not_applicable_then_the_rest_decides() -> None:
    framework = frameworks()["vn-decree-35"]
    answers = [answer(item.id, good(item)) for item in framework.criteria if item.id != "vn35-38-2a"]
    old = answer("vn35-38-2a", None, not_applicable=True, reason="in operation since 2008")
    assert assess("P", framework, 2025, [*answers, old]).passed is True


def test_decree_when_an_answer_is_missing_and_left_open_then_undecided() -> None:
    framework = frameworks()["vn-decree-35"]
    answers = [answer(item.id, good(item)) for item in framework.criteria[1:]]
    assert assess("P", framework, 2025, answers, ScoringRule(unanswered_as_not_met=False)).passed is None


def test_hj274_when_seventeen_mandatory_and_one_of_each_group_then_twenty_three_pass() -> None:
    groups = {item.choice_group: item.id for item in frameworks()["cn-hj-274-2015"].criteria}
    chosen = [*mandatory(), *(name for group, name in groups.items() if group)]
    result = hj274(chosen)
    assert len(chosen) == 23  # 17 + 6 groups
    assert result.total[0].met == 23
    assert result.passed is True


def test_hj274_when_one_group_is_empty_handed_then_not_passed() -> None:
    criteria = frameworks()["cn-hj-274-2015"].criteria
    all_but_f = [item.id for item in criteria if item.choice_group != "F"]
    assert hj274(all_but_f).passed is False


def test_hj274_when_one_mandatory_is_short_then_not_passed() -> None:
    everything = [item.id for item in frameworks()["cn-hj-274-2015"].criteria]
    assert hj274(everything[:4] + everything[5:]).passed is False


def test_low_carbon_park_when_judged_then_there_is_no_pass_rule() -> None:
    framework = frameworks()["cn-lowcarbon-park-2024"]
    answers = [answer(item.id, good(item)) for item in framework.criteria]
    result = assess("P", framework, 2025, answers)
    assert (result.passed, result.total[0].score_fraction) == (None, 1.0)


def test_gate_when_failed_then_framework_fails_and_score_is_untouched() -> None:
    framework = frameworks()["int-eip-v1"]
    answers = [
        answer(item.id, good(item)) for item in framework.criteria if item.shape is not Shape.PARAMETRIC
    ]
    answers = [replace(item, value=False) if item.criterion_id == "int-reg-1" else item for item in answers]
    result = assess("P", framework, 2025, answers)
    assert result.failed_gates == ("int-reg-1",)
    assert result.passed is False
    assert result.total[0].met == 50  # 51 less the one without a grid average; gates are not counted
    assert "assessment.gate.failed" in {issue.code for issue in result.issues}


def test_weighted_bands_when_aspects_are_complete_then_points_follow_the_weights() -> None:
    indonesia = frameworks()["id-permenperin-26-2025"]
    plot = indonesia.criteria[0]
    criteria = tuple(
        replace(plot, id=name, category=category)
        for name, category in zip(("a", "b", "c"), indonesia.categories, strict=True)
    )
    whole = replace(indonesia, criteria=criteria)
    answers = (answer("a", 60.0), answer("b", 72.0), answer("c", 90.0))  # scores 3, 2, 1
    result = assess("P", whole, 2025, answers)
    assert result.points[0] == 50 * 3 + 25 * 2 + 25 * 1  # 225 of 100-300
    assert result.passed is True
    assert result.total[0].score_fraction == pytest.approx(0.5 * 1 + 0.25 * 2 / 3 + 0.25 / 3)


def test_weighted_bands_when_an_aspect_has_no_criteria_then_no_points_and_an_issue() -> None:
    answers = (answer("id26-1-1a", 60.0), answer("id26-1-1b", 20.0), answer("id26-1-1c", 13.0))
    result = assess("P", frameworks()["id-permenperin-26-2025"], 2025, answers)
    assert (result.points, result.passed) == ((None, None), None)
    assert "assessment.framework.partial" in {issue.code for issue in result.issues}
    assert result.by_category["infrastructure"][0].score_fraction == 1.0


def test_total_when_by_categories_then_it_is_the_mean_of_category_scores() -> None:
    criteria = tuple(
        Criterion(f"q{n}", "f", "two" if n else "one", "Q", "Q", "criterion", Shape.BOOLEAN, threshold=True)
        for n in range(4)
    )
    framework = Framework("f", "F", "F", "1", ("one", "two"), "scored", criteria)
    answers = (answer("q0", True),)
    by_criteria = assess("P", framework, 2025, answers).total[0].score_fraction
    by_categories = (
        assess("P", framework, 2025, answers, ScoringRule(total="categories")).total[0].score_fraction
    )
    assert (by_criteria, by_categories) == (0.25, 0.5)


def test_not_applicable_when_without_reason_then_an_issue_asks_for_it() -> None:
    result = assess("P", questions(1), 2025, (answer("q0", None, not_applicable=True),))
    assert "assessment.answer.no_reason" in {issue.code for issue in result.issues}


def test_yes_when_without_evidence_then_it_is_named() -> None:
    answers = (answer("q0", True), answer("q1", True, evidence=("E-1",)))
    result = assess("P", questions(2), 2025, answers)
    issue = next(item for item in result.issues if item.code == "assessment.evidence.missing")
    assert issue.arguments["criteria"] == "q0"


def test_issues_when_raised_then_both_languages_have_their_words() -> None:
    everything = (
        answer("int-env-3", 20.0),
        answer("int-env-8", 120.0),
        answer("int-env-9", 0.3),
        answer("int-env-1", "yes"),
        answer("int-reg-1", False),
        answer("int-pm-p1", None, not_applicable=True),
    )
    result = assess("P", frameworks()["int-eip-v1"], 2025, everything)
    codes = {issue.code for issue in result.issues}
    assert len(codes) >= 6
    for issue in result.issues:
        for lang in texts.LANGUAGES:
            assert texts.message(issue.code, lang, issue.arguments)
            assert texts.mend(issue.code, lang, issue.arguments)
