"""Which answer a criterion is judged by: typed, carried over, computed."""

from parkloop.assessment import Circumstances, assess
from parkloop.model import Answer, Assessment, Criterion, Framework, Judged, Shape, Verdict
from parkloop.reference import Crossing, frameworks


def answer(criterion_id: str, value: float | bool | None, **fields: object) -> Answer:
    return Answer(f"A-{criterion_id}", "P", criterion_id, 2025, value, **fields)  # type: ignore[arg-type]


def derived(criterion_id: str, value: float | bool) -> Answer:
    return Answer(
        f"derived/P/{criterion_id}/2025",
        "P",
        criterion_id,
        2025,
        value,
        computed=True,
        figure_ids=("flow/F-1/amount",),
        note="100 * 1 / 2",
    )


def judged(result: Assessment, criterion_id: str) -> Judged:
    return next(item for item in result.judged if item.criterion.id == criterion_id)


def codes(result: Assessment) -> set[str]:
    return {issue.code for issue in result.issues}


def test_answer_when_given_for_the_same_question_elsewhere_then_it_serves_and_says_through_what() -> None:
    given = answer("vn-ENV.2", 34.0)
    item = judged(assess("P", frameworks()["vn-decree-35"], 2025, (given,)), "vn35-37-2c")
    assert (item.value, item.through, item.now) == (34.0, "vn-ENV.2", Verdict.MET)


def test_answer_when_given_in_the_other_direction_then_it_serves_as_well() -> None:
    given = answer("int-env-8", 35.0)
    item = judged(assess("P", frameworks()["vn-circular-05"], 2025, (given,)), "vn-ENV.3")
    assert (item.value, item.through) == (35.0, "int-env-8")


def test_answer_when_same_fact_has_two_thresholds_then_each_framework_judges_by_its_own() -> None:
    given = answer("hj274-15", 80.0)  # HJ 274 asks for 75, the low-carbon list for 85
    here = assess("P", frameworks()["cn-hj-274-2015"], 2025, (given,))
    there = assess("P", frameworks()["cn-lowcarbon-park-2024"], 2025, (given,))
    assert judged(here, "hj274-15").now is Verdict.MET
    assert judged(there, "cn-lcp-14").now is Verdict.NOT_MET


def test_answer_when_only_related_then_nothing_is_carried_over() -> None:
    given = answer("vn-SOC.1", 90.0)  # over 100 workers; int-soc-4 asks for those over 250
    item = judged(assess("P", frameworks()["int-eip-v1"], 2025, (given,)), "int-soc-4")
    assert item.now is Verdict.UNANSWERED


def test_yes_when_it_implies_a_count_then_the_count_is_carried_and_no_is_not() -> None:
    decree = frameworks()["vn-decree-35"]
    yes = judged(assess("P", decree, 2025, (answer("vn-ENV.6", True),)), "vn35-37-1d")
    no = judged(assess("P", decree, 2025, (answer("vn-ENV.6", False),)), "vn35-37-1d")
    assert (yes.value, yes.now, yes.through) == (1.0, Verdict.MET, "vn-ENV.6")
    assert no.now is Verdict.UNANSWERED


def test_partly_when_it_would_imply_then_nothing_is_carried_over() -> None:
    given = answer("int-pm-p3", True, partly=True)
    item = judged(assess("P", frameworks()["vn-circular-05"], 2025, (given,)), "vn-PM.1")
    assert item.now is Verdict.UNANSWERED


def test_not_applicable_when_given_elsewhere_then_it_is_not_carried_over() -> None:
    given = answer("vn-ENV.4", None, not_applicable=True, reason="-")
    item = judged(assess("P", frameworks()["int-eip-v1"], 2025, (given,)), "int-env-p5")
    assert item.now is Verdict.UNANSWERED


def test_crosswalk_when_switched_off_then_answers_stay_where_they_were_given() -> None:
    given = answer("vn-ENV.2", 34.0)
    none = Circumstances(crossings=())
    item = judged(assess("P", frameworks()["vn-decree-35"], 2025, (given,), circumstances=none), "vn35-37-2c")
    assert item.now is Verdict.UNANSWERED


def two_steps(first: Crossing, second: Crossing) -> Judged:
    target = Criterion("c", "f", "one", "C", "C", "criterion", Shape.THRESHOLD, "%", ">=", 10.0)
    framework = Framework("f", "F", "F", "1", ("one",), "scored", (target,))
    circumstances = Circumstances(crossings=(first, second))
    return judged(assess("P", framework, 2025, (answer("a", 20.0),), circumstances=circumstances), "c")


def test_chain_when_units_are_equal_then_an_answer_travels_two_steps() -> None:
    item = two_steps(Crossing("x", "a", "b", "same", "%", "%"), Crossing("y", "b", "c", "same", "%", "%"))
    assert (item.value, item.through) == (20.0, "a")


def test_chain_when_units_differ_then_it_breaks() -> None:
    item = two_steps(Crossing("x", "a", "b", "same", "t", "%"), Crossing("y", "b", "c", "same", "%", "%"))
    assert item.now is Verdict.UNANSWERED


def test_chain_when_a_count_from_a_yes_lies_on_the_way_then_it_breaks() -> None:
    yes = Crossing("x", "a", "b", "implies", "", "%", yes_value=50.0)
    target = Criterion("c", "f", "one", "C", "C", "criterion", Shape.THRESHOLD, "%", ">=", 10.0)
    framework = Framework("f", "F", "F", "1", ("one",), "scored", (target,))
    circumstances = Circumstances(crossings=(yes, Crossing("y", "b", "c", "same", "%", "%")))
    result = assess("P", framework, 2025, (answer("a", True),), circumstances=circumstances)
    assert judged(result, "c").now is Verdict.UNANSWERED


def test_typed_when_the_ledger_says_otherwise_then_typed_wins_and_an_issue_is_raised() -> None:
    answers = (answer("vn35-37-2c", 30.0), derived("vn35-37-2c", 12.0))
    result = assess("P", frameworks()["vn-decree-35"], 2025, answers)
    item = judged(result, "vn35-37-2c")
    assert (item.value, item.computed, item.now) == (30.0, False, Verdict.MET)
    issue = next(one for one in result.issues if one.code == "assessment.answer.contradicts_ledger")
    assert (issue.arguments["typed"], issue.arguments["computed"]) == ("30", "12")


def test_typed_when_it_agrees_within_rounding_then_there_is_no_issue() -> None:
    answers = (answer("vn35-37-2c", 33.3), derived("vn35-37-2c", 100 / 3))
    assert "assessment.answer.contradicts_ledger" not in codes(
        assess("P", frameworks()["vn-decree-35"], 2025, answers)
    )


def test_typed_elsewhere_when_the_ledger_says_otherwise_then_typed_wins_with_issue() -> None:
    answers = (answer("vn-ENV.2", 30.0), derived("vn35-37-2c", 12.0))
    result = assess("P", frameworks()["vn-decree-35"], 2025, answers)
    assert judged(result, "vn35-37-2c").value == 30.0
    assert "assessment.answer.contradicts_ledger" in codes(result)


def test_computed_when_nothing_was_typed_then_it_is_used_and_marked() -> None:
    item = judged(
        assess("P", frameworks()["vn-decree-35"], 2025, (derived("vn35-37-2c", 25.0),)), "vn35-37-2c"
    )
    assert (item.computed, item.now) == (True, Verdict.MET)
    assert item.answer is not None
    assert item.answer.figure_ids == ("flow/F-1/amount",)


def test_typed_when_only_the_intention_was_typed_then_the_ledger_gives_the_present() -> None:
    aim = answer("vn35-37-2c", None, intended_value=40.0, owner="Board", action="Audit ten more firms")
    result = assess("P", frameworks()["vn-decree-35"], 2025, (aim, derived("vn35-37-2c", 12.0)))
    item = judged(result, "vn35-37-2c")
    assert (item.value, item.intended_value) == (12.0, 40.0)
    assert (item.now, item.intended, item.computed) == (Verdict.NOT_MET, Verdict.MET, True)


def test_two_typed_answers_when_they_differ_then_one_is_used_and_both_are_named() -> None:
    first = answer("vn-SOC.2", 50.0)
    second = Answer("B", "P", "vn-SOC.2", 2025, 80.0)
    result = assess("P", frameworks()["vn-circular-05"], 2025, (second, first))
    issue = next(one for one in result.issues if one.code == "assessment.answer.two_values")
    assert {issue.arguments["used"], issue.arguments["other"]} == {"50", "80"}
