"""Which solutions may be chosen, which are in place, and which cannot count."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from parkloop.methods import attribution
from parkloop.model import Case, Issue, Severity, Solution, Stage, Where
from parkloop.portfolio.settings import PortfolioSettings

_ADVANCE = (Stage.VERIFIED, Stage.IMPLEMENTED, Stage.DECIDED, Stage.FEASIBLE, Stage.PROPOSED, Stage.REJECTED)


@dataclass(frozen=True, slots=True)
class Candidates:
    """Solutions sorted by what may happen to them; `left_out` gives the reason code by id."""

    in_place: tuple[Solution, ...]
    open: tuple[Solution, ...]
    left_out: dict[str, str]
    excludes: frozenset[frozenset[str]]
    issues: tuple[Issue, ...]


def sort_out(
    solutions: Sequence[Solution], cases: Mapping[str, Case], settings: PortfolioSettings
) -> Candidates:
    """Split solutions into those in place, those to choose from, and those left out with the reason.

    Rejected ones are out; so is what was implemented before the baseline year (it is in the bills already),
    what has no case or no net present value, and every second record of one exchange. An exclusion keeps a
    planned solution out when its rival is in place.
    """
    left_out: dict[str, str] = {}
    kept = _single(solutions, left_out)
    issues = [_repeated(s) for s in solutions if left_out.get(s.id) == "repeated_exchange"]
    in_place = []
    open_ = []
    excludes = _exclusions(solutions, settings)
    for solution in kept:
        reason = _reason(solution, cases, settings)
        if reason:
            left_out[solution.id] = reason
        elif solution.stage in (Stage.IMPLEMENTED, Stage.VERIFIED):
            in_place.append(solution)
        else:
            open_.append(solution)
    barred = ruled_out(excludes, {s.id for s in in_place})
    left_out.update({s.id: "excluded_by_other" for s in open_ if s.id in barred})
    open_ = [s for s in open_ if s.id not in barred]
    return Candidates(tuple(in_place), tuple(open_), left_out, excludes, tuple(issues))


def ruled_out(excludes: frozenset[frozenset[str]], taken: set[str]) -> set[str]:
    """Ids that may not be chosen beside those taken."""
    return {other for pair in excludes for other in pair if pair - {other} <= taken and other not in taken}


def rivals(excludes: frozenset[frozenset[str]]) -> dict[str, set[str]]:
    """For each id of an exclusion those it may not stand beside."""
    found: dict[str, set[str]] = {}
    for pair in excludes:
        for name in pair:
            found.setdefault(name, set()).update(pair - {name})
    return found


def implementation_year(solution: Solution) -> int | None:
    """The year a solution came into effect, None when nobody noted it."""
    for event in solution.history:
        if event.stage is Stage.IMPLEMENTED:
            return event.on.year
    return solution.start.year if solution.start else None


def _reason(solution: Solution, cases: Mapping[str, Case], settings: PortfolioSettings) -> str:
    if solution.stage is Stage.REJECTED:
        return "rejected"
    case = cases.get(solution.id)
    if case is None:
        return "not_valued"
    if solution.stage in (Stage.IMPLEMENTED, Stage.VERIFIED):
        baseline = solution.baseline_year or settings.baseline_year or settings.year
        year = implementation_year(solution)
        return "before_baseline" if year is not None and year < baseline else ""
    if solution.id in settings.must_not:
        return "refused"
    if case.npv is None and solution.id not in settings.must_have:
        return str(case.undefined.get("npv", "not_valued"))
    return ""


def _single(solutions: Sequence[Solution], left_out: dict[str, str]) -> list[Solution]:
    keys: list[tuple[str, str, str] | None] = []
    for s in solutions:
        e = s.exchange
        keys.append((e.donor_id, e.receiver_id, e.resource_id) if e else None)
    ranks = [(_ADVANCE.index(s.stage), s.id) for s in solutions]
    keep = attribution.first_of_each(keys, ranks)
    kept = set(keep)
    left_out.update({s.id: "repeated_exchange" for n, s in enumerate(solutions) if n not in kept})
    return [solutions[n] for n in keep]


def _exclusions(solutions: Sequence[Solution], settings: PortfolioSettings) -> frozenset[frozenset[str]]:
    pairs = {frozenset(pair) for pair in settings.exclusions}
    for solution in solutions:
        named = solution.extra.get("excludes", "").replace(",", ";").split(";")
        pairs |= {frozenset((solution.id, other.strip())) for other in named if other.strip()}
    return frozenset(pair for pair in pairs if len(pair) == 2)


def _repeated(solution: Solution) -> Issue:
    exchange = solution.exchange
    arguments = {"solution": solution.id}
    if exchange is not None:
        arguments |= {
            "donor": exchange.donor_id,
            "receiver": exchange.receiver_id,
            "resource": exchange.resource_id,
        }
    where = Where(record=f"solution/{solution.id}")
    return Issue("portfolio.exchange.repeated", Severity.WARNING, where, arguments)
