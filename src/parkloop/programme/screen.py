"""Choose parks for a programme by scored statements."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from parkloop.model import Issue, ParkScreening, Severity, Where

_LOWEST, _HIGHEST = 1, 6
_NONE: Mapping[str, float] = {}


@dataclass(frozen=True, slots=True)
class ScreenedPark:
    """One park after the screening.

    Attributes
    ----------
    mean_score
        Weighted mean of its scores, 1 (quite wrong) to 6 (quite true); None when nothing was scored.
    below_minimum
        Criteria that are not scored, or scored under their minimum; a park with any is not eligible.
    unscored
        Statements that other parks were scored on and this one was not.
    rank
        Place among the eligible parks, best first; equal means share a place.
    """

    park_id: str
    mean_score: float | None
    below_minimum: tuple[str, ...]
    unscored: tuple[str, ...]
    rank: int | None

    @property
    def eligible(self) -> bool:
        """Whether the park meets every minimum criterion and has a score."""
        return self.rank is not None


def screen_parks(
    screenings: Iterable[ParkScreening],
    weights: Mapping[str, float] = _NONE,
    minimums: Mapping[str, float] = _NONE,
) -> tuple[tuple[ScreenedPark, ...], tuple[Issue, ...]]:
    """Rank parks by the weighted mean of their scores, those that miss a minimum criterion last.

    Parameters
    ----------
    weights
        Criterion to weight [-]; where absent the weight of the statement itself counts.
    minimums
        Criterion to the least score it must have (management entity, area, willingness, ...).
    """
    valid, issues = _valid(screenings)
    criteria = sorted({item.criterion for item in valid} | set(minimums))
    by_park: dict[str, dict[str, ParkScreening]] = {}
    for item in valid:
        by_park.setdefault(item.park_id, {})[item.criterion] = item
    rows: list[tuple[str, float | None, tuple[str, ...], tuple[str, ...]]] = []
    for park_id, scored in by_park.items():
        below = [name for name, least in minimums.items() if name not in scored or scored[name].score < least]
        missing = tuple(name for name in criteria if name not in scored)
        rows.append((park_id, _mean(tuple(scored.values()), weights), tuple(sorted(below)), missing))
    rows.sort(key=lambda row: (bool(row[2]) or row[1] is None, -(row[1] or 0.0), row[0]))
    eligible = [row[1] for row in rows if not row[2] and row[1] is not None]
    parks = tuple(
        ScreenedPark(
            park_id,
            mean,
            below,
            missing,
            None if below or mean is None else 1 + sum(other > mean for other in eligible),
        )
        for park_id, mean, below, missing in rows
    )
    return parks, issues


def _mean(scored: Sequence[ParkScreening], weights: Mapping[str, float]) -> float | None:
    pairs = [(weights.get(item.criterion, item.weight), item.score) for item in scored]
    whole = sum(weight for weight, _ in pairs)
    return sum(weight * score for weight, score in pairs) / whole if whole > 0 else None


def _valid(screenings: Iterable[ParkScreening]) -> tuple[tuple[ParkScreening, ...], tuple[Issue, ...]]:
    kept: list[ParkScreening] = []
    issues: list[Issue] = []
    for item in sorted(screenings, key=lambda entry: entry.id):
        if _LOWEST <= item.score <= _HIGHEST and item.weight >= 0:
            kept.append(item)
        else:
            where = Where(record=f"screening/{item.id}", field="score")
            arguments: dict[str, str | float | int] = {"criterion": item.criterion, "score": item.score}
            issues.append(Issue("programme.screening.out_of_range", Severity.WARNING, where, arguments))
    return tuple(kept), tuple(issues)
