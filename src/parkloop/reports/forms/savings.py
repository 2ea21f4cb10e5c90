"""What solutions saved in one data year, cut by the lines of the forms, by participant and by resource."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from parkloop import reference
from parkloop.model import (
    Case,
    EmissionLine,
    ExchangeKind,
    Family,
    MoneyLine,
    ParkResult,
    PhysicalLine,
    Share,
    Solution,
)
from parkloop.reports.forms.life import in_year_fraction
from parkloop.reports.forms.routes import leaves_site, route_of, to_treatment
from parkloop.reports.forms.tally import Group, Part

__all__ = ["parts_of", "vnd_rate"]

NOTHING = 1e-9
DISPOSAL, SALE = "disposal", "sale"
Key = tuple[str, str, bool]


def parts_of(result: ParkResult, solution: Solution, share: Share, year: int) -> tuple[Part, ...]:
    """Everything one solution gives in `year`.

    Amounts are the solution's share of the joint evaluation, so nothing counts twice; money and emissions of
    its case follow in proportion. Prices between partners stand with the saving they pay for: the receiver's
    on the line of what it no longer buys, the donor's as income.
    """
    case = result.cases[solution.id]
    cut = _Cut(result, solution, in_year_fraction(solution, year))
    alone, together = _sums(cut, case.physical, case), _sums(cut, share.physical, case)
    ratios = _ratios(alone, together)
    return (
        *_amounts(cut, alone, together),
        *_money(cut, case, ratios),
        *_emissions(cut, case, ratios),
    )


@dataclass(frozen=True, slots=True)
class _Cut:
    """One solution in one year."""

    result: ParkResult
    solution: Solution
    fraction: float

    def part(
        self, place: tuple[str, str, Group], what: str, alone: float, share: float | None, value: float
    ) -> Part:
        participant_id, resource_id, group = place
        return Part(
            self.solution.id,
            self.solution.kind,
            participant_id,
            resource_id,
            group,
            what,
            value * self.fraction,
            alone,
            share,
            self.fraction,
        )

    def group(self, resource_id: str, fate: str, *, leaves: bool) -> Group:
        """The line a change of a resource belongs to."""
        resource = self.result.resources[resource_id]
        line = reference.form_line(resource, self.result.resources, leaves=leaves)
        if line != "waste":
            return Group(line)
        if not to_treatment(resource, fate):
            return Group.BY_PRODUCT
        return Group(route_of(self.solution, resource_id, self.result))


def _sums(cut: _Cut, lines: Iterable[PhysicalLine], case: Case) -> dict[tuple[str, str, bool, str], float]:
    """Saved amounts by participant, resource, side and fate."""
    sums: dict[tuple[str, str, bool, str], float] = defaultdict(float)
    for line in lines:
        side = leaves_site(line, cut.solution, case, cut.result)
        sums[line.participant_id, line.resource_id, side, line.fate] -= line.amount.best
    return sums


def _ratios(
    alone: Mapping[tuple[str, str, bool, str], float], together: Mapping[tuple[str, str, bool, str], float]
) -> dict[Key, float]:
    """Realised share of each stand-alone change [-]."""
    first: dict[Key, float] = defaultdict(float)
    second: dict[Key, float] = defaultdict(float)
    for sums, into in ((alone, first), (together, second)):
        for (participant_id, resource_id, side, _), amount in sums.items():
            into[participant_id, resource_id, side] += amount
    return {key: second[key] / amount for key, amount in first.items() if abs(amount) > NOTHING}


def _amounts(
    cut: _Cut,
    alone: Mapping[tuple[str, str, bool, str], float],
    together: Mapping[tuple[str, str, bool, str], float],
) -> list[Part]:
    found = []
    for key in sorted(alone.keys() | together.keys()):
        participant_id, resource_id, side, fate = key
        single, joint = alone.get(key, 0.0), together.get(key, 0.0)
        if abs(single) <= NOTHING and abs(joint) <= NOTHING:
            continue
        group = cut.group(resource_id, fate, leaves=side)
        ratio = joint / single if abs(single) > NOTHING else None
        found.append(cut.part((participant_id, resource_id, group), "amount", single, ratio, joint))
    return found


def _money(cut: _Cut, case: Case, ratios: Mapping[Key, float]) -> list[Part]:
    found = []
    for line in case.money:
        amount = _vnd(line, cut.result)
        if line.transfer:
            group, ratio = _price_line(cut, line), _realised(cut, ratios)
        elif not line.resource_id:
            group = Group.SERVICE if _is_service(cut.solution) else Group.COST
            ratio = _realised(cut, ratios)
        else:
            side = _side(line, ratios, out=line.label.endswith((DISPOSAL, SALE)) or bool(line.fate))
            group = _money_group(cut, line, leaves=side)
            ratio = ratios.get((line.party, line.resource_id, side), 1.0)
        place = (line.party, line.resource_id, group)
        found.append(cut.part(place, "money", amount, ratio, amount * ratio))
    return found


def _money_group(cut: _Cut, line: MoneyLine, *, leaves: bool) -> Group:
    exchange = cut.solution.exchange
    if _is_service(cut.solution):
        return Group.SERVICE
    if line.label.endswith(SALE):
        return Group.SALES
    group = cut.group(line.resource_id, line.fate, leaves=leaves)
    bought = exchange is not None and not leaves and line.party == exchange.receiver_id
    if bought and group in (Group.MATERIAL, Group.SECONDARY) and _in_tonnes(cut):
        return Group.TAKEN
    return group


def _price_line(cut: _Cut, line: MoneyLine) -> Group:
    """Where the price between partners stands: income of who is paid, less saving for who pays."""
    exchange = cut.solution.exchange
    if exchange is None or line.party == exchange.donor_id:
        is_material = exchange is not None and _in_tonnes(cut) and not _is_service(cut.solution)
        return Group.INCOME if is_material else Group.INCOME_OTHER
    if _is_service(cut.solution):
        return Group.SERVICE
    group = cut.group(exchange.displaced_resource_id, "", leaves=False)
    return Group.TAKEN if group in (Group.MATERIAL, Group.SECONDARY) and _in_tonnes(cut) else group


def _is_service(solution: Solution) -> bool:
    return solution.exchange is not None and solution.exchange.kind is ExchangeKind.JOINT_SERVICE


def _in_tonnes(cut: _Cut) -> bool:
    exchange = cut.solution.exchange
    return exchange is not None and cut.result.resources[exchange.resource_id].unit == "t"


def _realised(cut: _Cut, ratios: Mapping[Key, float]) -> float:
    """Share of an exchange that takes place [-]; the upkeep of a machine does not shrink."""
    exchange = cut.solution.exchange
    if exchange is None:
        return 1.0
    return ratios.get((exchange.donor_id, exchange.resource_id, True), 1.0)


def _emissions(cut: _Cut, case: Case, ratios: Mapping[Key, float]) -> list[Part]:
    found = []
    for line in case.emissions:
        if line.book.value != "project" or line.biogenic or not line.resource_id:
            continue
        resource = cut.result.resources[line.resource_id]
        side = _side(line, ratios, out=line.label == "disposal" or resource.family is Family.WASTE)
        ratio = ratios.get((line.party, line.resource_id, side), 1.0)
        group = cut.group(line.resource_id, "", leaves=side)
        place = (line.party, line.resource_id, group)
        found.append(cut.part(place, "ghg", line.amount.best, ratio, line.amount.best * ratio))
    return found


def _side(line: MoneyLine | EmissionLine, ratios: Mapping[Key, float], *, out: bool) -> bool:
    """Whether a line belongs to what leaves the site: the only side there is, else the one it names."""
    sides = {side for party, resource, side in ratios if (party, resource) == (line.party, line.resource_id)}
    return sides.pop() if len(sides) == 1 else out


def _vnd(line: MoneyLine, result: ParkResult) -> float:
    """The line's money in VND."""
    rate = vnd_rate(result, line.currency)
    if rate is None:
        raise ValueError(
            f"no exchange rate from {line.currency} to VND; enter one on the sheet of prices and rates"
        )
    return line.amount.best * rate


def vnd_rate(result: ParkResult, currency: str) -> float | None:
    """VND for one unit of `currency` in the year closest to the price book's; None when nobody knows."""
    if currency == "VND":
        return 1.0
    rates = result.price_book.rates
    ways = [(r.year, r.rate) for r in rates if (r.currency, r.base) == ("VND", currency)]
    ways += [(r.year, 1.0 / r.rate) for r in rates if (r.base, r.currency) == ("VND", currency)]
    if not ways:
        return None
    year = result.price_book.year
    return min(ways, key=lambda way: (abs(way[0] - year), way[0]))[1]
