"""What must hold for every assessment, whatever the answers."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from parkloop.assessment import Circumstances, Stated, assess, gaps, judge, potential
from parkloop.model import Answer, Criterion, Framework, ScoringRule, Shape, Verdict
from parkloop.reference import frameworks

ORDER = (Verdict.NOT_MET, Verdict.PARTLY, Verdict.MET)
CONTEXT = Circumstances(
    {
        "national_grid_renewable_percent": 40.0,
        "industrial_value_added_growth_percent": 5.0,
        "region_other": 1.0,
    }
)
FRAMEWORKS = st.sampled_from(sorted(frameworks())).map(lambda name: frameworks()[name])
RULES = st.builds(
    ScoringRule,
    partly_credit=st.floats(0, 1),
    drop_not_applicable=st.booleans(),
    unanswered_as_not_met=st.booleans(),
    total=st.sampled_from(("criteria", "categories")),
)
NUMBERS = st.floats(-10, 200, allow_nan=False)


def value_of(criterion: Criterion) -> st.SearchStrategy[float | bool | None]:
    return st.none() | (st.booleans() if criterion.shape is Shape.BOOLEAN else NUMBERS)


@st.composite
def answered(draw: st.DrawFn) -> tuple[Framework, tuple[Answer, ...]]:
    framework = draw(FRAMEWORKS)
    chosen = draw(st.lists(st.sampled_from(framework.criteria), unique_by=lambda item: item.id, max_size=30))
    answers = tuple(
        Answer(
            f"A-{item.id}",
            "P",
            item.id,
            2025,
            draw(value_of(item)),
            intended_value=draw(value_of(item)),
            partly=draw(st.booleans()),
            not_applicable=draw(st.booleans()),
            reason="-",
        )
        for item in chosen
    )
    return framework, answers


@given(answered(), RULES)
def test_scores_when_answers_are_any_then_between_zero_and_one(
    case: tuple[Framework, tuple[Answer, ...]], rule: ScoringRule
) -> None:
    framework, answers = case
    result = assess("P", framework, 2025, answers, rule, CONTEXT)
    pairs = [*result.by_category.values(), result.total]
    for tally in (tally for pair in pairs for tally in pair):
        assert tally.score_fraction is None or 0 <= tally.score_fraction <= 1 + 1e-12
    for points in potential(result).values():
        assert points is None or -100 - 1e-9 <= points <= 100 + 1e-9


@given(answered())
def test_counts_when_answers_are_any_then_they_cover_every_scored_criterion(
    case: tuple[Framework, tuple[Answer, ...]],
) -> None:
    framework, answers = case
    scored = [c for c in framework.criteria if not c.gate and c.shape is not Shape.INFORMATION]
    tally = assess("P", framework, 2025, answers, circumstances=CONTEXT).total[0]
    counted = tally.met + tally.partly + tally.not_met + tally.not_applicable + tally.unanswered
    assert counted == len(scored)


@given(answered(), RULES, st.randoms(use_true_random=False))
def test_assessment_when_answers_are_shuffled_then_nothing_changes(
    case: tuple[Framework, tuple[Answer, ...]], rule: ScoringRule, random: object
) -> None:
    framework, answers = case
    shuffled = list(answers)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert assess("P", framework, 2025, answers, rule, CONTEXT) == assess(
        "P", framework, 2025, shuffled, rule, CONTEXT
    )


@given(st.lists(st.sampled_from((True, False)), min_size=1, max_size=12), st.integers(0, 12))
def test_score_when_criteria_turn_not_applicable_then_unchanged_if_they_are_dropped(
    values: list[bool], extra: int
) -> None:
    total = len(values) + extra
    criteria = tuple(
        Criterion(f"q{n}", "f", "one", "Q", "Q", "criterion", Shape.BOOLEAN, threshold=True)
        for n in range(total)
    )
    framework = Framework("f", "F", "F", "1", ("one",), "scored", criteria)
    stated = [Answer(f"A{n}", "P", f"q{n}", 2025, value) for n, value in enumerate(values)]
    out = [
        Answer(f"A{n}", "P", f"q{n}", 2025, not_applicable=True, reason="-")
        for n in range(len(values), total)
    ]
    alone = replace(framework, criteria=criteria[: len(values)])
    assert (
        assess("P", framework, 2025, [*stated, *out]).total[0].score_fraction
        == assess("P", alone, 2025, stated).total[0].score_fraction
    )


@given(answered(), st.floats(0, 1), st.floats(0, 1))
def test_score_when_partly_earns_more_then_it_never_falls(
    case: tuple[Framework, tuple[Answer, ...]], one: float, other: float
) -> None:
    framework, answers = case
    low, high = sorted((one, other))
    scores = [
        assess("P", framework, 2025, answers, ScoringRule(partly_credit=credit), CONTEXT)
        .total[0]
        .score_fraction
        for credit in (low, high)
    ]
    if scores[0] is not None and scores[1] is not None:
        assert scores[0] <= scores[1] + 1e-12


@given(st.sampled_from((">=", ">")), NUMBERS, NUMBERS, NUMBERS, st.booleans())
def test_verdict_when_a_value_that_should_be_high_rises_then_it_never_gets_worse(
    comparison: str, limit: float, one: float, other: float, partly: bool
) -> None:
    criterion = Criterion("c", "f", "one", "C", "C", "p", Shape.THRESHOLD, "t", comparison, limit)
    low, high = (judge(criterion, Stated(value, partly), {}).verdict for value in sorted((one, other)))
    assert ORDER.index(low) <= ORDER.index(high)


@given(st.sampled_from(("<=", "<")), NUMBERS, NUMBERS, NUMBERS)
def test_verdict_when_a_value_that_should_be_low_rises_then_it_never_gets_better(
    comparison: str, limit: float, one: float, other: float
) -> None:
    criterion = Criterion("c", "f", "one", "C", "C", "p", Shape.THRESHOLD, "t", comparison, limit)
    low, high = (judge(criterion, Stated(value), {}).verdict for value in sorted((one, other)))
    assert ORDER.index(low) >= ORDER.index(high)


@given(st.floats(0, 74.9))
def test_value_when_below_a_legal_threshold_then_stored_untouched_and_shown_as_gap(value: float) -> None:
    answer = Answer("A", "P", "vn-SOC.6", 2025, value)
    result = assess("P", frameworks()["vn-circular-05"], 2025, (answer,))
    gap = next(item for item in gaps(result) if item.criterion.id == "vn-SOC.6")
    assert gap.value == value
    assert gap.distance == 75 - value


@given(answered())
def test_gaps_when_listed_then_none_is_met_and_distances_are_not_negative(
    case: tuple[Framework, tuple[Answer, ...]],
) -> None:
    framework, answers = case
    for gap in gaps(assess("P", framework, 2025, answers, circumstances=CONTEXT)):
        assert gap.now in (Verdict.NOT_MET, Verdict.PARTLY, Verdict.UNANSWERED)
        assert gap.distance is None or gap.distance >= 0
