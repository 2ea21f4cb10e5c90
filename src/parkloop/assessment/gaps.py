"""What separates a subject from a framework, and who closes it by when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from parkloop.model import Assessment, Criterion, Judged, Shape, Tally, Verdict

_SHORT = (Verdict.NOT_MET, Verdict.PARTLY, Verdict.UNANSWERED)


@dataclass(frozen=True, slots=True)
class Gap:
    """One criterion that is not fully met.

    Attributes
    ----------
    value, threshold
        What was stated and what is asked, both in the unit of the criterion; the value is kept as stated.
    distance
        How far the value is from the threshold [unit of the criterion], never negative; None for questions
        and missing values.
    distance_fraction
        `distance` over the threshold [-]; None where there is no distance or the threshold is zero.
    closes
        Whether the intended value meets the criterion.
    """

    criterion: Criterion
    now: Verdict
    intended: Verdict
    value: float | bool | str | None
    intended_value: float | bool | str | None
    comparison: str
    threshold: float | None
    distance: float | None
    distance_fraction: float | None
    closes: bool
    action: str = ""
    owner: str = ""
    due: date | None = None


def gaps(assessment: Assessment) -> tuple[Gap, ...]:
    """List the criteria that are not fully met, gates first, each with distance, action, owner and date.

    A criterion of a choice group is no gap when another of its group is met.
    """
    served = {
        item.criterion.choice_group
        for item in assessment.judged
        if item.criterion.choice_group and item.now is Verdict.MET
    }
    short = [
        item for item in assessment.judged if item.now in _SHORT and item.criterion.choice_group not in served
    ]
    short.sort(key=lambda item: not item.criterion.gate)
    return tuple(_gap(item) for item in short)


def _gap(item: Judged) -> Gap:
    comparison, threshold = item.comparison, item.threshold
    if threshold is None and item.criterion.shape is Shape.THRESHOLD:
        comparison, threshold = item.criterion.comparison, float(item.criterion.threshold or 0.0)
    distance = _distance(item, threshold)
    answer = item.answer
    return Gap(
        criterion=item.criterion,
        now=item.now,
        intended=item.intended,
        value=item.value,
        intended_value=item.intended_value,
        comparison=comparison,
        threshold=threshold,
        distance=distance,
        distance_fraction=distance / abs(threshold) if distance is not None and threshold else None,
        closes=item.intended is Verdict.MET,
        action=answer.action if answer else "",
        owner=answer.owner if answer else "",
        due=answer.due if answer else None,
    )


def _distance(item: Judged, threshold: float | None) -> float | None:
    if threshold is None or isinstance(item.value, bool | str) or item.value is None:
        return None
    return abs(threshold - item.value)


def potential(assessment: Assessment) -> Mapping[str, float | None]:
    """Improvement potential: intended minus current score [percentage points], by category and `total`.

    None where one of the two cannot be scored.
    """
    found = {category: _points(pair) for category, pair in assessment.by_category.items()}
    return {**found, "total": _points(assessment.total)}


def _points(pair: tuple[Tally, Tally]) -> float | None:
    now, intended = pair[0].score_fraction, pair[1].score_fraction
    return None if now is None or intended is None else 100.0 * (intended - now)
