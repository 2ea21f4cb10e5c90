"""Whether a greenhouse-gas total follows from the energy and the other lines beside it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from parkloop.model import Book, Issue, ParkResult, Severity, Where
from parkloop.programme.sums import is_kind


@dataclass(frozen=True, slots=True)
class GhgClaim:
    """A published or computed total with what is said to be behind it.

    Attributes
    ----------
    ghg_t
        The total [tCO2e/a], positive when avoided.
    electricity_kwh
        Electricity saved [kWh/a].
    grid_t_per_kwh
        The grid factor that goes with it [tCO2e/kWh].
    other_t
        Every other line by name [tCO2e/a]: fuels, disposal, refrigerants, exchanges.
    """

    ghg_t: float
    electricity_kwh: float
    grid_t_per_kwh: float
    other_t: Mapping[str, float] = field(default_factory=dict)
    record: str = ""


def check_ghg(claim: GhgClaim, tolerance_fraction: float = 0.01) -> Issue | None:
    """An issue when a tCO2e total is not the sum of electricity times grid factor and its other lines.

    Parameters
    ----------
    tolerance_fraction
        Allowed gap as a share of the larger of claim and explained total [-].

    Examples
    --------
    >>> slip = GhgClaim(ghg_t=87_000.0, electricity_kwh=4.4e6, grid_t_per_kwh=0.0009)
    >>> check_ghg(slip).arguments["electricity_t"]
    3960.0
    """
    electricity_t = claim.electricity_kwh * claim.grid_t_per_kwh
    other_t = sum(claim.other_t.values())
    gap = claim.ghg_t - electricity_t - other_t
    # a gram on top, for totals that are rounding noise around zero
    allowed = 1e-6 + tolerance_fraction * max(abs(claim.ghg_t), abs(electricity_t + other_t))
    if abs(gap) <= allowed:
        return None
    arguments = {
        "ghg_t": round(claim.ghg_t, 1),
        "electricity_kwh": round(claim.electricity_kwh),
        "electricity_t": round(electricity_t, 1),
        "other_t": round(other_t, 1),
        "gap_t": round(gap, 1),
    }
    return Issue("programme.ghg.does_not_follow", Severity.ERROR, Where(record=claim.record), arguments)


def stage_issues(result: ParkResult) -> tuple[Issue, ...]:
    """Issues for stages whose tCO2e is more than their electricity and the lines of their cases can give.

    Interaction makes a plan save less than its cases, so the lines of the cases are an upper bound and only
    an excess is an error.
    """
    factor = grid_factor(result)
    shares = {share.solution_id: share for share in result.portfolio.shares}
    stage_of = {solution.id: solution.stage for solution in result.solutions}
    issues: list[Issue] = []
    for total in result.portfolio.stages:
        members = [name for name in shares if stage_of.get(name) == total.stage]
        kwh = -sum(
            change
            for resource_id, change in total.physical.items()
            if is_kind(resource_id, ("electricity",), result.resources)
        )
        other = {name: _other_lines(result, name) for name in members}
        claim = GhgClaim(total.ghg_t.best, kwh, factor, other, f"{result.park.id}/{total.stage}")
        issue = check_ghg(claim)
        if issue is not None and float(issue.arguments["gap_t"]) > 0:
            issues.append(issue)
    return tuple(issues)


def grid_factor(result: ParkResult) -> float:
    """The largest project grid factor of the run [tCO2e/kWh]; zero when the run has none."""
    return max(
        (
            item.value
            for item in result.factor_set.factors
            if item.book is Book.PROJECT and is_kind(item.resource_id, ("electricity",), result.resources)
        ),
        default=0.0,
    )


def _other_lines(result: ParkResult, solution_id: str) -> float:
    """tCO2e of a case beside electricity in the project book, avoided lines only."""
    case = result.cases.get(solution_id)
    if case is None:
        return 0.0
    return sum(
        max(line.amount.best, 0.0)
        for line in case.emissions
        if line.book is Book.PROJECT
        and not line.biogenic
        and not is_kind(line.resource_id, ("electricity",), result.resources)
    )
