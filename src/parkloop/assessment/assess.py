"""Judge a park or participant by one framework."""

from collections.abc import Iterable, Mapping, Sequence

from parkloop.assessment.choose import Chosen, choose
from parkloop.assessment.circumstances import Circumstances
from parkloop.assessment.decide import decide, failed_gates
from parkloop.assessment.judge import Ruling, Stated, judge
from parkloop.assessment.tally import Scored, roll_up, tally_scored
from parkloop.assessment.warn import warn
from parkloop.model import (
    Answer,
    Assessment,
    Criterion,
    Framework,
    Issue,
    Judged,
    ScoringRule,
    Severity,
    Shape,
    Tally,
    Verdict,
    Where,
)

_RULE = ScoringRule()
_CIRCUMSTANCES = Circumstances()


def assess(
    subject_id: str,
    framework: Framework,
    year: int,
    answers: Iterable[Answer],
    rule: ScoringRule = _RULE,
    circumstances: Circumstances = _CIRCUMSTANCES,
) -> Assessment:
    """Judge a subject by every criterion of a framework, now and as intended.

    Answers of other subjects or years are left aside. Where no intended value is given the subject is taken
    to intend what it has. Gates and criteria without a threshold are judged but not counted in scores.

    Parameters
    ----------
    answers
        Typed answers and those of `derive_answers`, in any order; values in the unit of their criterion.
    rule
        How verdicts become percentages; stands in the result.
    circumstances
        Parameters of the year and the crosswalk.

    Returns
    -------
    Assessment
        Counts stand beside every percentage; `issues` name what could not be judged and what contradicts.
    """
    own = [answer for answer in answers if answer.subject_id == subject_id and answer.year == year]
    chosen, issues = choose(framework.criteria, own, circumstances.crossings)
    judged: list[Judged] = []
    for criterion in framework.criteria:
        item, troubles = _judge(criterion, chosen.get(criterion.id), circumstances)
        judged.append(item)
        issues = (*issues, *troubles)
    by_category = {
        category: _both([item for item in judged if item.criterion.category == category], rule)
        for category in framework.categories
    }
    points = (
        _points(framework, judged, rule, intended=False),
        _points(framework, judged, rule, intended=True),
    )
    return Assessment(
        subject_id=subject_id,
        framework=framework,
        year=year,
        rule=rule,
        judged=tuple(judged),
        by_category=by_category,
        total=_total(framework, judged, by_category, rule),
        passed=decide(framework, judged, rule, points[0]),
        failed_gates=failed_gates(judged),
        issues=(*issues, *warn(framework, judged)),
        points=points,
    )


def _judge(
    criterion: Criterion, chosen: Chosen | None, circumstances: Circumstances
) -> tuple[Judged, tuple[Issue, ...]]:
    if chosen is None:
        return Judged(criterion, Verdict.UNANSWERED, Verdict.UNANSWERED), ()
    answer = chosen.answer
    now = judge(criterion, Stated(answer.value, answer.partly, answer.not_applicable), circumstances.context)
    intended = _intended(criterion, answer, circumstances, now)
    issues = now.issues if now.issues else intended.issues
    if answer.not_applicable and not answer.reason:
        where = Where(record=answer.id, field="reason")
        silent = Issue("assessment.answer.no_reason", Severity.WARNING, where, {"criterion": criterion.id})
        issues = (*issues, silent)
    aim = answer.value if answer.intended_value is None else answer.intended_value
    item = Judged(
        criterion=criterion,
        now=now.verdict,
        intended=intended.verdict,
        answer_id=answer.id,
        value=answer.value,
        intended_value=aim,
        through=chosen.through,
        computed=answer.computed,
        score=now.score,
        intended_score=intended.score,
        comparison=now.comparison,
        threshold=now.threshold,
        answer=answer,
    )
    return item, issues


def _intended(criterion: Criterion, answer: Answer, circumstances: Circumstances, now: Ruling) -> Ruling:
    if answer.not_applicable:
        return now
    aim = circumstances.intended_context
    context = circumstances.context if aim is None else aim
    if answer.intended_value is None and not answer.intended_partly:
        return judge(criterion, Stated(answer.value, answer.partly), context)
    return judge(criterion, Stated(answer.intended_value, answer.intended_partly), context)


def _counted(items: Iterable[Judged]) -> list[Judged]:
    return [
        item for item in items if not item.criterion.gate and item.criterion.shape is not Shape.INFORMATION
    ]


def _scored(item: Judged, *, intended: bool) -> Scored:
    verdict = item.intended if intended else item.now
    score = item.intended_score if intended else item.score
    best = max((band.score for band in item.criterion.bands), default=1.0)
    return Scored(verdict, item.criterion.weight, None if score is None else score / best)


def _both(items: Iterable[Judged], rule: ScoringRule) -> tuple[Tally, Tally]:
    counted = _counted(items)
    return (
        tally_scored((_scored(item, intended=False) for item in counted), rule),
        tally_scored((_scored(item, intended=True) for item in counted), rule),
    )


def _total(
    framework: Framework,
    judged: Sequence[Judged],
    by_category: Mapping[str, tuple[Tally, Tally]],
    rule: ScoringRule,
) -> tuple[Tally, Tally]:
    now, intended = _both(judged, rule)
    if rule.total != "categories" and not framework.category_weights:
        return now, intended
    weights = framework.category_weights or None
    scores = {key: pair[0].score_fraction for key, pair in by_category.items()}
    aims = {key: pair[1].score_fraction for key, pair in by_category.items()}
    return _with_score(now, roll_up(scores, weights)), _with_score(intended, roll_up(aims, weights))


def _with_score(counts: Tally, score_fraction: float | None) -> Tally:
    return Tally(
        counts.met, counts.partly, counts.not_met, counts.not_applicable, counts.unanswered, score_fraction
    )


def _points(
    framework: Framework, judged: Sequence[Judged], rule: ScoringRule, *, intended: bool
) -> float | None:
    """Weighted mean of band scores times the weights; None while an aspect has nothing to score."""
    if framework.rule != "weighted_bands":
        return None
    total = 0.0
    for category, weight in framework.category_weights.items():
        scores: list[float] = []
        for item in _counted(judged):
            verdict, score = (item.intended, item.intended_score) if intended else (item.now, item.score)
            if item.criterion.category != category or verdict is Verdict.NOT_APPLICABLE:
                continue
            if verdict is Verdict.UNANSWERED and not rule.unanswered_as_not_met:
                continue
            scores.append(score or 0.0)
        if not scores:
            return None
        total += weight * sum(scores) / len(scores)
    return total
