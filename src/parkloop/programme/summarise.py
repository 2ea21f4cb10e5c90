"""Roll a programme up over its parks."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from parkloop.model import Issue, ParkResult, Programme, Severity, Summary, Target, TotalKind, Where
from parkloop.programme.follow import stage_issues
from parkloop.programme.sums import STAGES, indicator_names, park_sums
from parkloop.programme.targets import count_reach, hold_against_targets
from parkloop.programme.twice import counted_twice


def summarise(
    programme: Programme, results: Sequence[ParkResult], targets: Iterable[Target], year: int
) -> Summary:
    """Add the parks of a programme up, stage by stage, with targets, compliance and what counts twice.

    A stage is never added to another; the one place where two meet is a target, whose actual is what runs
    (implemented and verified). Results of another time base than the rest are left out with an issue.

    Parameters
    ----------
    results
        One result a park, in any order.
    targets
        Those of the programme; targets of parks are left aside.

    Returns
    -------
    Summary
        `stages` is the sum of `parks` less what several parks report of one solution; `counted_twice` maps
        each such solution, and those of other programmes, to its tCO2e per year; `compliance` maps park to
        `<framework>/<category>` and `<framework>/total` to the score (now, intended) [-].

    Raises
    ------
    ValueError
        When two results belong to one park.
    """
    names = Counter(result.park.id for result in results)
    if repeated := [name for name, count in names.items() if count > 1]:
        raise ValueError(f"several results for {', '.join(sorted(repeated))}; give one result a park")
    ordered = sorted(results, key=lambda result: result.park.id)
    kept, left_out = _of_one_kind(ordered)
    parks = {result.park.id: park_sums(result, programme.currency) for result in kept}
    twice = counted_twice(kept, programme)
    stages = _stages(parks, twice.excess)
    own = [item for item in targets if item.subject_id == programme.id]
    lines, target_issues = hold_against_targets(
        stages, count_reach(ordered, year), own, year, programme.currency
    )
    return Summary(
        programme_id=programme.id,
        year=year,
        currency=programme.currency,
        parks=parks,
        stages=stages,
        compliance={result.park.id: _compliance(result) for result in ordered},
        targets={line.indicator: (line.target, line.actual) for line in lines},
        counted_twice=twice.ghg_t,
        issues=(
            *left_out,
            *_mismatches(kept, programme, year),
            *twice.issues,
            *target_issues,
            *(issue for result in kept for issue in stage_issues(result)),
        ),
    )


def _of_one_kind(results: Sequence[ParkResult]) -> tuple[tuple[ParkResult, ...], tuple[Issue, ...]]:
    """Results of one time base: run-rate where there is one, else the first kind found."""
    kinds = {result.portfolio.kind for result in results}
    base = TotalKind.RUN_RATE if TotalKind.RUN_RATE in kinds else min(kinds, default=TotalKind.RUN_RATE)
    kept = tuple(result for result in results if result.portfolio.kind is base)
    issues = tuple(
        _issue(
            "programme.time_base.differs",
            Severity.ERROR,
            result,
            {"park": result.park.id, "kind": str(result.portfolio.kind), "base": str(base)},
        )
        for result in results
        if result.portfolio.kind is not base
    )
    return kept, issues


def _stages(
    parks: Mapping[str, Mapping[str, Mapping[str, float]]], excess: Mapping[str, Mapping[str, float]]
) -> Mapping[str, Mapping[str, float]]:
    found: dict[str, Mapping[str, float]] = {}
    for stage in STAGES:
        own = (name for sums in parks.values() for name in sums[stage])
        names = dict.fromkeys((*indicator_names(), *own))
        less = excess.get(stage, {})
        found[stage] = {
            name: sum(sums[stage].get(name, 0.0) for sums in parks.values()) - less.get(name, 0.0)
            for name in names
        }
    return found


def _compliance(result: ParkResult) -> Mapping[str, tuple[float | None, float | None]]:
    found: dict[str, tuple[float | None, float | None]] = {}
    own = [item for item in result.assessments if item.subject_id == result.park.id]
    for item in sorted(own, key=lambda assessment: assessment.year):
        for category, (now, intended) in item.by_category.items():
            found[f"{item.framework.id}/{category}"] = (now.score_fraction, intended.score_fraction)
        total_now, total_intended = item.total
        found[f"{item.framework.id}/total"] = (total_now.score_fraction, total_intended.score_fraction)
    return found


def _mismatches(results: Sequence[ParkResult], programme: Programme, year: int) -> tuple[Issue, ...]:
    issues: list[Issue] = []
    for result in results:
        park = result.park.id
        if result.year != year:
            dated: dict[str, str | float | int] = {"park": park, "year": result.year, "wanted": year}
            issues.append(_issue("programme.year.differs", Severity.WARNING, result, dated))
        if result.portfolio.currency != programme.currency:
            named = {"park": park, "currency": result.portfolio.currency, "wanted": programme.currency}
            issues.append(_issue("programme.currency.differs", Severity.WARNING, result, named))
    return tuple(issues)


def _issue(
    code: str, severity: Severity, result: ParkResult, arguments: Mapping[str, str | float | int]
) -> Issue:
    return Issue(code, severity, Where(record=f"park/{result.park.id}"), arguments)
