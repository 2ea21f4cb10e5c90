"""What several parks or programmes report of one and the same solution."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from parkloop.model import Issue, ParkResult, PhysicalLine, Programme, Severity, Share, Solution, Where
from parkloop.programme.sums import STAGES, exchange_key, share_sums


@dataclass(frozen=True, slots=True)
class CountedTwice:
    """What must be taken out of the plain sum of parks.

    Attributes
    ----------
    excess
        Stage to indicator to the amount that parks report more than once.
    ghg_t
        Solution id to the tCO2e per year that another park or programme reports too.
    """

    excess: Mapping[str, Mapping[str, float]]
    ghg_t: Mapping[str, float]
    issues: tuple[Issue, ...]


@dataclass(frozen=True, slots=True)
class _Record:
    """One park's record of a solution, with its share where the park's plan counts it."""

    result: ParkResult
    solution: Solution
    share: Share | None


def counted_twice(results: Sequence[ParkResult], programme: Programme) -> CountedTwice:
    """Find solutions that two parks of the programme, or two programmes, both report.

    A solution or exchange (same donor, receiver, resource) that stands in several parks counts once: what a
    later park's share repeats of an earlier one's physical lines is excess; lines that differ are each
    side's own and stay. What other programmes count as well is named, and stays in this programme's sum.
    """
    excess: dict[str, dict[str, float]] = {stage: {} for stage in STAGES}
    listed: dict[str, float] = {}
    issues: list[Issue] = []
    for records in _by_key(results).values():
        first = records[0]
        if len(records) > 1:
            taken, troubles = _across_parks(records, excess, programme.currency)
            listed[first.solution.id] = taken
            issues.extend(troubles)
        others = [name for name in first.solution.programme_ids if name != programme.id]
        if others:
            claimed = first.share.ghg_t if first.share is not None else 0.0
            listed[first.solution.id] = listed.get(first.solution.id, 0.0) + claimed
            named = {"programmes": ", ".join(others), "ghg_t": round(claimed, 1)}
            issues.append(_issue("programme.shared.programmes", Severity.INFO, first.solution.id, named))
    return CountedTwice(excess, listed, tuple(issues))


def _by_key(results: Sequence[ParkResult]) -> Mapping[str, list[_Record]]:
    found: dict[str, list[_Record]] = {}
    for result in sorted(results, key=lambda item: item.park.id):
        shares = {share.solution_id: share for share in result.portfolio.shares}
        here: set[str] = set()
        for solution in result.solutions:
            key = exchange_key(solution)
            # two records inside one park are the business of its portfolio
            if key not in here and solution.stage in STAGES:
                here.add(key)
                found.setdefault(key, []).append(_Record(result, solution, shares.get(solution.id)))
    for records in found.values():
        # of two records of one solution the most advanced is the one that counts
        records.sort(key=lambda record: -STAGES.index(record.solution.stage))
    return found


def _across_parks(
    records: Sequence[_Record], excess: dict[str, dict[str, float]], currency: str
) -> tuple[float, tuple[Issue, ...]]:
    seen: set[tuple[str, str, str]] = set()
    taken = 0.0
    issues: list[Issue] = []
    counted = False
    for number, record in enumerate(records):
        stage = excess[record.solution.stage]
        if number > 0:
            _add(stage, {f"{record.solution.kind}_count": 1.0})
        if record.share is None:
            continue
        lines = {_place(line) for line in record.share.physical}
        if counted:
            _add(stage, {"count": 1.0})
        if counted and lines <= seen:
            repeated = share_sums(record.share, record.result, currency)
            _add(stage, repeated)
            taken += repeated["ghg_t"]
        elif counted and lines & seen:
            arguments = {"park": record.result.park.id}
            issues.append(_issue("programme.shared.overlap", Severity.WARNING, record.solution.id, arguments))
        counted = True
        seen |= lines
    parks = ", ".join(sorted(record.result.park.id for record in records))
    named = {"parks": parks, "ghg_t": round(taken, 1)}
    issues.append(_issue("programme.shared.parks", Severity.INFO, records[0].solution.id, named))
    return taken, tuple(issues)


def _place(line: PhysicalLine) -> tuple[str, str, str]:
    return line.participant_id, line.resource_id, line.fate


def _add(into: dict[str, float], numbers: Mapping[str, float]) -> None:
    for name, number in numbers.items():
        into[name] = into.get(name, 0.0) + number


def _issue(code: str, severity: Severity, solution_id: str, arguments: Mapping[str, object]) -> Issue:
    named = {key: value for key, value in arguments.items() if isinstance(value, str | float | int)}
    return Issue(code, severity, Where(record=f"solution/{solution_id}"), {"solution": solution_id, **named})
