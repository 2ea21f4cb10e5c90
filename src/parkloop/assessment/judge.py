"""Hold one value against one criterion."""

import math
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from parkloop.model import Band, Criterion, Issue, Severity, Shape, Verdict, Where

_COMPARE: Mapping[str, Callable[[float, float], bool]] = {
    ">=": operator.ge,
    ">": operator.gt,
    "<=": operator.le,
    "<": operator.lt,
}


@dataclass(frozen=True, slots=True)
class Stated:
    """What was said of one criterion for one point in time."""

    value: float | bool | str | None
    partly: bool = False
    not_applicable: bool = False


@dataclass(frozen=True, slots=True)
class Ruling:
    """The outcome of one criterion: verdict, band score, and what the value was held against.

    `threshold` is in the unit of the criterion; `issues` say why nothing could be judged.
    """

    verdict: Verdict
    score: float | None = None
    comparison: str = ""
    threshold: float | None = None
    issues: tuple[Issue, ...] = ()


def judge(criterion: Criterion, stated: Stated, context: Mapping[str, float]) -> Ruling:
    """Say whether a stated value meets a criterion.

    A value on the wrong side of a threshold is judged as it is, never corrected. A missing parameter, a
    value of the wrong kind or a branch that does not exist give `unanswered` and an issue.

    Parameters
    ----------
    context
        Parameter name to its number, in the unit of the criterion that names it.
    """
    if stated.not_applicable:
        return Ruling(Verdict.NOT_APPLICABLE)
    if stated.value is None:
        return Ruling(Verdict.PARTLY if stated.partly else Verdict.UNANSWERED)
    if criterion.shape is Shape.INFORMATION:
        return Ruling(Verdict.NOT_APPLICABLE)
    if criterion.shape is Shape.BOOLEAN:
        return _judge_boolean(criterion, stated)
    value = stated.value
    if isinstance(value, bool | str) or not math.isfinite(value):
        return _open(criterion, "assessment.answer.wrong_kind", {"expected": criterion.unit or "number"})
    if criterion.shape is Shape.BANDED:
        return _judge_bands(criterion, value)
    return _judge_number(criterion, value, stated.partly, context)


def _judge_boolean(criterion: Criterion, stated: Stated) -> Ruling:
    if not isinstance(stated.value, bool):
        return _open(criterion, "assessment.answer.wrong_kind", {"expected": "yes/no"})
    if stated.partly:
        return Ruling(Verdict.PARTLY)
    return Ruling(Verdict.MET if stated.value else Verdict.NOT_MET)


def _judge_number(criterion: Criterion, value: float, partly: bool, context: Mapping[str, float]) -> Ruling:
    comparison, threshold, issue = _threshold(criterion, context)
    if threshold is None:
        return Ruling(Verdict.UNANSWERED, issues=() if issue is None else (issue,))
    if _COMPARE[comparison](value, threshold):
        verdict = Verdict.MET
    else:
        verdict = Verdict.PARTLY if partly else Verdict.NOT_MET
    return Ruling(verdict, comparison=comparison, threshold=threshold, issues=_doubts(criterion, value))


def _threshold(criterion: Criterion, context: Mapping[str, float]) -> tuple[str, float | None, Issue | None]:
    if criterion.shape is Shape.PARAMETRIC:
        threshold = context.get(criterion.parameter)
        missing = _issue(criterion, "assessment.parameter.missing", {"parameter": criterion.parameter})
        return criterion.comparison, threshold, missing if threshold is None else None
    if criterion.shape is Shape.CONDITIONAL:
        return _branch(criterion, context)
    return criterion.comparison, float(criterion.threshold or 0.0), None


def _branch(criterion: Criterion, context: Mapping[str, float]) -> tuple[str, float | None, Issue | None]:
    known = [branch for branch in criterion.branches if branch.parameter in context]
    for branch in known:
        if _COMPARE[branch.when](context[branch.parameter], branch.limit):
            return branch.comparison, branch.threshold, None
    names = " / ".join(dict.fromkeys(branch.parameter for branch in criterion.branches))
    code = "assessment.branch.none" if known else "assessment.parameter.missing"
    return "", None, _issue(criterion, code, {"parameter": names})


def _judge_bands(criterion: Criterion, value: float) -> Ruling:
    best = max(band.score for band in criterion.bands)
    for band in criterion.bands:
        if _inside(band, value):
            verdict = Verdict.MET if band.score == best else Verdict.PARTLY
            return Ruling(verdict, score=band.score, issues=_doubts(criterion, value))
    issue = _issue(criterion, "assessment.band.outside", {"value": value, "unit": criterion.unit})
    return Ruling(Verdict.NOT_MET, score=0.0, issues=(issue,))


def _inside(band: Band, value: float) -> bool:
    above = band.low is None or value > band.low or (band.low_included and value == band.low)
    below = band.high is None or value < band.high or (band.high_included and value == band.high)
    return above and below


def _doubts(criterion: Criterion, value: float) -> tuple[Issue, ...]:
    if criterion.unit == "count" and value != int(value):
        return (_issue(criterion, "assessment.value.not_whole", {"value": value}),)
    if criterion.unit != "%":
        return ()
    if not 0 <= value <= 100:
        return (_issue(criterion, "assessment.value.outside_percent", {"value": value}),)
    if 0 < value <= 1:
        return (_issue(criterion, "assessment.value.looks_like_fraction", {"value": value}, Severity.INFO),)
    return ()


def _open(criterion: Criterion, code: str, arguments: Mapping[str, str | float | int]) -> Ruling:
    return Ruling(Verdict.UNANSWERED, issues=(_issue(criterion, code, arguments),))


def _issue(
    criterion: Criterion,
    code: str,
    arguments: Mapping[str, str | float | int],
    severity: Severity = Severity.WARNING,
) -> Issue:
    where = Where(record=criterion.id, field="value")
    return Issue(code, severity, where, {"criterion": criterion.id, **arguments})
