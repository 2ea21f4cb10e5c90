"""Savings of one data year by the lines of the legal forms."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from parkloop.model import (
    Case,
    EmissionLine,
    Family,
    MoneyLine,
    ParkResult,
    PhysicalLine,
    Resource,
    Solution,
    Stage,
)

__all__ = ["Group", "Saved", "Tally", "effective_date", "implemented", "in_year_fraction", "tally"]

RUNNING = (Stage.IMPLEMENTED, Stage.VERIFIED)
SEWAGE = ("wastewater", "domestic_wastewater")


class Group(StrEnum):
    """The resource lines the forms have."""

    ELECTRICITY = "electricity"
    FUEL = "fuel"
    HEAT = "heat"
    WATER = "water"
    WASTEWATER = "wastewater"
    REUSE = "reuse"
    RECYCLING = "recycling"
    MATERIAL = "material"
    CHEMICAL = "chemical"
    OTHER = "other"


@dataclass(slots=True)
class Saved:
    """What one line saves: amount [canonical unit], money [VND], emissions [tCO2e]; by resource for fuels."""

    amount: float = 0.0
    money_vnd: float = 0.0
    ghg_t: float = 0.0
    by_resource: dict[str, float] = field(default_factory=dict)
    ghg_by_resource: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Tally:
    """All lines of a set of solutions in a year; `negative` lists lines whose saving is below zero."""

    lines: Mapping[Group, Saved]
    solution_ids: tuple[str, ...]
    negative: tuple[Group, ...]

    def __getitem__(self, group: Group) -> Saved:
        return self.lines.get(group, Saved())

    @property
    def ghg_t(self) -> float:
        """All avoided emissions [tCO2e]."""
        return sum(line.ghg_t for line in self.lines.values())

    @property
    def money_vnd(self) -> float:
        """All money saved [VND]."""
        return sum(line.money_vnd for line in self.lines.values())


def effective_date(solution: Solution) -> date | None:
    """The day a solution took effect: its start, else the day it was implemented."""
    done = [event.on for event in solution.history if event.stage in RUNNING]
    return solution.start or (min(done) if done else None)


def implemented(solutions: Iterable[Solution], kind: str, until: date) -> tuple[Solution, ...]:
    """Solutions of `kind` that ran on the day `until`; an unknown date counts as running."""
    return tuple(
        s
        for s in solutions
        if s.kind == kind and s.stage in RUNNING and (effective_date(s) is None or effective_date(s) <= until)  # type: ignore[operator]
    )


def in_year_fraction(solution: Solution, year: int) -> float:
    """Share of `year` [-] that the solution was in effect."""
    start = effective_date(solution)
    if start is None or start.year < year:
        return 1.0
    if start.year > year:
        return 0.0
    days = (date(year, 12, 31) - date(year, 1, 1)).days + 1
    return ((date(year, 12, 31) - start).days + 1) / days


def tally(result: ParkResult, solutions: Iterable[Solution], year: int, participant_id: str = "") -> Tally:
    """Sum the portfolio shares of `solutions` in `year`, of all participants or of one.

    Shares come from the joint evaluation, so nothing counts twice; money and emissions of a line are those of
    the solution's case in proportion to its share.
    """
    shares = {share.solution_id: share for share in result.portfolio.shares}
    lines: dict[Group, Saved] = {}
    ids = []
    for solution in solutions:
        case, share = result.cases.get(solution.id), shares.get(solution.id)
        if case is None:
            continue
        fraction = in_year_fraction(solution, year)
        physical = share.physical if share is not None else case.physical
        _add(result, solution, case, (physical, fraction, participant_id), lines)
        ids.append(solution.id)
    negative = tuple(group for group, line in lines.items() if line.amount < -1e-9)
    return Tally(lines, tuple(ids), negative)


def _add(
    result: ParkResult,
    solution: Solution,
    case: Case,
    share: tuple[tuple[PhysicalLine, ...], float, str],
    lines: dict[Group, Saved],
) -> None:
    physical, fraction, participant_id = share
    part = _ratio(physical, case.physical)
    for line in physical:
        if participant_id and line.participant_id != participant_id:
            continue
        saved = lines.setdefault(_group(result.resources[line.resource_id], solution, line.fate), Saved())
        amount = -line.amount.best * fraction
        saved.amount += amount
        saved.by_resource[line.resource_id] = saved.by_resource.get(line.resource_id, 0.0) + amount
    for money in case.money:
        if money.transfer or not money.resource_id or (participant_id and money.party != participant_id):
            continue
        group = _group(result.resources[money.resource_id], solution, money.fate)
        ratio = part.get((money.party, money.resource_id), 1.0)
        lines.setdefault(group, Saved()).money_vnd += _vnd(money, result) * ratio * fraction
    for emission in case.emissions:
        if not _counts(emission) or (participant_id and emission.party != participant_id):
            continue
        saved = lines.setdefault(_group(result.resources[emission.resource_id], solution, ""), Saved())
        tonnes = emission.amount.best * part.get((emission.party, emission.resource_id), 1.0) * fraction
        saved.ghg_t += tonnes
        known = saved.ghg_by_resource
        known[emission.resource_id] = known.get(emission.resource_id, 0.0) + tonnes


def _counts(line: EmissionLine) -> bool:
    return line.book.value == "project" and not line.biogenic and bool(line.resource_id)


def _ratio(share: tuple[PhysicalLine, ...], alone: tuple[PhysicalLine, ...]) -> dict[tuple[str, str], float]:
    """Realised share of each stand-alone line [-], by participant and resource."""
    sums: dict[tuple[str, str], list[float]] = {}
    for n, lines in enumerate((share, alone)):
        for line in lines:
            sums.setdefault((line.participant_id, line.resource_id), [0.0, 0.0])[n] += line.amount.best
    return {key: together / single for key, (together, single) in sums.items() if abs(single) > 1e-12}


def _vnd(line: MoneyLine, result: ParkResult) -> float:
    """The line's money in VND."""
    if line.currency == "VND":
        return line.amount.best
    rate = next((r for r in result.price_book.rates if r.currency == "VND" and r.base == line.currency), None)
    if rate is None:
        raise ValueError(
            f"no exchange rate from {line.currency} to VND; enter one on the sheet of prices and rates"
        )
    return line.amount.best * rate.rate


def _group(resource: Resource, solution: Solution, fate: str) -> Group:
    if resource.id in SEWAGE:
        return Group.WASTEWATER
    simple = {
        Family.ELECTRICITY: Group.ELECTRICITY,
        Family.FUEL: Group.FUEL,
        Family.HEAT: Group.HEAT,
        Family.WATER: Group.WATER,
        Family.CHEMICAL: Group.CHEMICAL,
        Family.MATERIAL: Group.MATERIAL,
        Family.PRODUCT: Group.MATERIAL,
        Family.GAS: Group.MATERIAL,
    }
    if resource.family is Family.WASTE:
        treated = solution.exchange is not None and bool(solution.exchange.treatment)
        return Group.RECYCLING if treated or fate == "recycled" else Group.REUSE
    return simple.get(resource.family, Group.OTHER)
