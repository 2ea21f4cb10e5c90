"""When solutions ran: on a day, in part of a year, or planned for later."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from parkloop.model import Solution, Stage

__all__ = ["Planned", "effective_date", "in_year_fraction", "planned", "running", "started_in"]

RUNNING = (Stage.IMPLEMENTED, Stage.VERIFIED)
PLANNED = (Stage.FEASIBLE, Stage.DECIDED)


@dataclass(frozen=True, slots=True)
class Planned:
    """Solutions that are to come: with a date in the window, without any date, and those that are late."""

    dated: tuple[Solution, ...]
    undated: tuple[Solution, ...]
    overdue: tuple[Solution, ...]


def effective_date(solution: Solution) -> date | None:
    """The day a solution took effect: implemented, else its start, else verified; None when nobody knows."""
    for stage in RUNNING:
        days = [event.on for event in solution.history if event.stage is stage]
        if days:
            return min(days)
        if stage is Stage.IMPLEMENTED and solution.start is not None:
            return solution.start
    return None


def _stopped(solution: Solution) -> date | None:
    """The day a solution that ran was given up."""
    if solution.stage is not Stage.REJECTED:
        return None
    days = [event.on for event in solution.history if event.stage is Stage.REJECTED]
    return max(days) if days else None


def _ever_ran(solution: Solution) -> bool:
    given_up = solution.stage is Stage.REJECTED and any(e.stage in RUNNING for e in solution.history)
    return solution.stage in RUNNING or given_up


def _runs_on(solution: Solution, day: date) -> bool:
    if not _ever_ran(solution):
        return False
    start, end = effective_date(solution), _stopped(solution)
    if solution.stage is Stage.REJECTED and end is None:
        return False
    return (start is None or start <= day) and (end is None or end > day)


def running(solutions: Iterable[Solution], kind: str, day: date) -> tuple[Solution, ...]:
    """Solutions of `kind` that ran on `day`; one whose date nobody knows counts as running."""
    return tuple(s for s in solutions if s.kind == kind and _runs_on(s, day))


def started_in(solutions: Iterable[Solution], year: int) -> tuple[Solution, ...]:
    """Those that took effect in `year`."""
    return tuple(s for s in solutions if (day := effective_date(s)) is not None and day.year == year)


def planned(solutions: Iterable[Solution], kind: str, after: date, until: date) -> Planned:
    """Solutions of `kind` still to come after the day `after`, with a start no later than `until`.

    Feasible and decided ones count, and those that took effect between `after` and today.
    """
    dated, undated, overdue = [], [], []
    for solution in solutions:
        if solution.kind != kind:
            continue
        day = effective_date(solution)
        if solution.stage in RUNNING:
            if day is not None and after < day <= until:
                dated.append(solution)
        elif solution.stage in PLANNED:
            if day is None:
                undated.append(solution)
            elif day <= after:
                overdue.append(solution)
            elif day <= until:
                dated.append(solution)
    return Planned(tuple(dated), tuple(undated), tuple(overdue))


def in_year_fraction(solution: Solution, year: int) -> float:
    """Share of `year` [-] that a solution was in effect; 1 when its date is not known.

    Examples
    --------
    >>> from datetime import date
    >>> from parkloop.model import Solution, Stage
    >>> half = Solution("S", "t", "measure", "", "", (), (), stage=Stage.IMPLEMENTED, start=date(2025, 7, 2))
    >>> round(in_year_fraction(half, 2025), 4)
    0.5014
    """
    first, last = date(year, 1, 1), date(year, 12, 31)
    start, end = effective_date(solution) or first, _stopped(solution)
    to = last.toordinal() + 1 if end is None else min(end.toordinal(), last.toordinal() + 1)
    days = to - max(start, first).toordinal()
    return min(1.0, max(0.0, days / (last.toordinal() + 1 - first.toordinal())))
