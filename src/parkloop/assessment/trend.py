"""How a subject moved from one assessment round to the next."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from parkloop.model import Assessment, Issue, Severity, Where


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One round: score now [-] in total and by category, and its rise.

    `since_first_points` and `since_last_points` are in percentage points; None for the first round and
    where a score is missing.
    """

    year: int
    score_fraction: float | None
    by_category: Mapping[str, float | None]
    answered: int
    since_first_points: float | None
    since_last_points: float | None


@dataclass(frozen=True, slots=True)
class Trend:
    """The rounds of one subject under one framework, in order of year, and what weakens the comparison."""

    subject_id: str
    framework_id: str
    points: tuple[TrendPoint, ...]
    issues: tuple[Issue, ...]


def trend(assessments: Iterable[Assessment]) -> Trend:
    """Line up the rounds of one subject under one framework.

    Raises
    ------
    ValueError
        When there is no round, or rounds of several subjects, frameworks or twice one year are mixed.
    """
    rounds = sorted(assessments, key=lambda item: item.year)
    kinds = {(item.subject_id, item.framework.id) for item in rounds}
    if len(kinds) != 1:
        raise ValueError("a trend needs rounds of one subject under one framework; choose one of each")
    if len({item.year for item in rounds}) < len(rounds):
        raise ValueError("a trend needs one round a year; two rounds carry the same year")
    points: list[TrendPoint] = []
    for item in rounds:
        score = item.total[0].score_fraction
        first = points[0].score_fraction if points else None
        last = points[-1].score_fraction if points else None
        tally = item.total[0]
        points.append(
            TrendPoint(
                year=item.year,
                score_fraction=score,
                by_category={key: pair[0].score_fraction for key, pair in item.by_category.items()},
                answered=tally.met + tally.partly + tally.not_met,
                since_first_points=_rise(first, score),
                since_last_points=_rise(last, score),
            )
        )
    (subject_id, framework_id) = kinds.pop()
    return Trend(subject_id, framework_id, tuple(points), _issues(rounds))


def _rise(before: float | None, after: float | None) -> float | None:
    return None if before is None or after is None else 100.0 * (after - before)


def _issues(rounds: list[Assessment]) -> tuple[Issue, ...]:
    issues: list[Issue] = []
    for earlier, later in zip(rounds, rounds[1:], strict=False):
        where = Where(record=later.subject_id)
        years: dict[str, str | float | int] = {"earlier": earlier.year, "later": later.year}
        if earlier.rule != later.rule:
            issues.append(Issue("assessment.trend.rule_changed", Severity.WARNING, where, years))
        if earlier.framework.edition != later.framework.edition or [
            (item.id, item.threshold) for item in earlier.framework.criteria
        ] != [(item.id, item.threshold) for item in later.framework.criteria]:
            issues.append(Issue("assessment.trend.framework_changed", Severity.WARNING, where, years))
    return tuple(issues)
