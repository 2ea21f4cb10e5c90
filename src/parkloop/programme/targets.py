"""Targets of the log-frame against what has been reached."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from parkloop.model import Issue, ParkResult, ParticipantKind, Severity, Stage, Target, Where
from parkloop.reference import result_indicators
from parkloop.units import UnitError, convert


@dataclass(frozen=True, slots=True)
class TargetLine:
    """One target beside what has been reached.

    Attributes
    ----------
    year
        The year of the target.
    target
        In `unit`.
    implemented, verified
        Sums of the two stages that run [`unit`]; None for indicators that are no sum of solutions.
    actual
        What runs: implemented plus verified, or the count of the indicator [`unit`].
    fraction
        `actual` over `target` [-]; None for a target of zero.
    """

    indicator: str
    unit: str
    year: int
    target: float
    implemented: float | None
    verified: float | None
    actual: float
    fraction: float | None


def hold_against_targets(
    stages: Mapping[str, Mapping[str, float]],
    counts: Mapping[str, float],
    targets: Iterable[Target],
    year: int,
    currency: str,
) -> tuple[tuple[TargetLine, ...], tuple[Issue, ...]]:
    """Put each target beside what runs at the end of the year.

    Of several targets of one indicator that of `year` counts, else the next one ahead, else the last one.

    Parameters
    ----------
    stages
        Stage to indicator to the sum over parks.
    counts
        Further indicators by name (people trained, parks assessed, ...).
    currency
        Unit of `saving` and `capex`.
    """
    lines: list[TargetLine] = []
    issues: list[Issue] = []
    for indicator, candidates in _by_indicator(targets).items():
        target = min(candidates, key=lambda item: (item.year < year, abs(item.year - year)))
        implemented, verified, actual = _reached(indicator, stages, counts)
        unit = _unit_of(indicator, currency) or target.unit
        value = _in_unit(target, unit)
        if actual is None:
            issues.append(_issue("programme.target.unknown_indicator", target))
        elif value is None:
            issues.append(_issue("programme.target.unit", target))
        else:
            share = actual / value if value else None
            lines.append(
                TargetLine(indicator, unit, target.year, value, implemented, verified, actual, share)
            )
    return tuple(lines), tuple(issues)


def _reached(
    indicator: str, stages: Mapping[str, Mapping[str, float]], counts: Mapping[str, float]
) -> tuple[float | None, float | None, float | None]:
    """Implemented, verified and actual of an indicator; None where there is no such number."""
    if indicator in counts:
        return None, None, counts[indicator]
    implemented = stages.get(Stage.IMPLEMENTED, {}).get(indicator)
    verified = stages.get(Stage.VERIFIED, {}).get(indicator)
    if implemented is None and verified is None:
        return None, None, None
    return implemented, verified, (implemented or 0.0) + (verified or 0.0)


def count_reach(results: Sequence[ParkResult], year: int) -> Mapping[str, float]:
    """Counts beside the sums: parks assessed, enterprises, people and women trained up to the year."""
    activities = {item.id: item for result in results for item in result.ledger.activities}
    trainings = [item for item in activities.values() if item.kind == "training" and item.on.year <= year]
    enterprises = {
        item.id
        for result in results
        for item in result.ledger.participants_of(result.park.id)
        if item.kind is ParticipantKind.ENTERPRISE
    }
    return {
        "parks_assessed": float(sum(bool(result.assessments) for result in results)),
        "enterprises": float(len(enterprises)),
        "people_trained": float(sum((item.men or 0) + (item.women or 0) for item in trainings)),
        "women_trained": float(sum(item.women or 0 for item in trainings)),
    }


def _by_indicator(targets: Iterable[Target]) -> Mapping[str, list[Target]]:
    found: dict[str, list[Target]] = {}
    for item in sorted(targets, key=lambda target: (target.indicator, target.year, target.id)):
        found.setdefault(item.indicator, []).append(item)
    return found


def _unit_of(indicator: str, currency: str) -> str:
    known = {item.id: item.unit for item in result_indicators()}
    known |= {"saving_usd": "USD", "ghg_t": "t", "saving": currency, "capex": currency}
    return known.get(indicator, "")


def _in_unit(target: Target, unit: str) -> float | None:
    """The target in `unit`; None when its own unit does not fit."""
    written = target.unit
    for ending in ("/a", "/year", "/năm", "CO2e", "CO2eq", "CO2"):
        written = written.removesuffix(ending)
    if not written or written == unit:
        return target.value
    try:
        return convert(target.value, written, unit)
    except UnitError:
        return None


def _issue(code: str, target: Target) -> Issue:
    where = Where(record=f"target/{target.id}")
    return Issue(code, Severity.WARNING, where, {"indicator": target.indicator, "unit": target.unit})
