"""Checks of avoided emissions: electricity, fuel, and what the total consists of."""

from collections.abc import Callable

from parkloop.model import Book, Factor, FormCheck, ParkResult
from parkloop.reports.forms.checks.seen import Fields, Seen, verdict
from parkloop.reports.forms.lines import grid_factor
from parkloop.reports.forms.tally import Group, Tally
from parkloop.reports.forms.wording import amount

__all__ = ["fuel_factor", "of_electricity", "of_fuel", "parts"]

TallyOf = Callable[[str], Tally]
TOLERANCE, ROUNDING_T = 0.01, 0.011
PARK_POWER = (("III.1.2.3", "III.1.2.5", "measure"), ("III.3.2", "III.3.4", "exchange"))
ENTERPRISE_POWER = (("P3.2", "P3.3", "measure"), ("P4.6", "P4.7", "exchange"))
FUEL = (("P3.7", "measure"), ("P4.11", "exchange"))
TOTALS = {
    "A.4": (("III.1.3.1", "III.1.2.5", "measure"), ("III.3.8", "III.3.4", "exchange")),
    "B.4": (("P3.10", "P3.3", "measure"), ("P4.14", "P4.7", "exchange")),
}


def _near(first: float, second: float) -> bool:
    return abs(first - second) <= max(ROUNDING_T, TOLERANCE * max(abs(first), abs(second)))


def _own(seen: Seen, subject: str) -> TallyOf:
    """Savings of one enterprise by kind."""
    return lambda kind: seen.filing.tally(kind, subject)


def of_electricity(seen: Seen) -> FormCheck:
    """X06: tonnes of electricity are kWh times the grid factor, and those of the plan's emission lines."""
    factor, row = grid_factor(seen.result)
    if not row:
        return verdict("X06", False, seen.say("no_grid_factor"), "A.4 B.4")
    bad = _power(seen, ("A.4", seen.of("A.4"), _own(seen, "")), PARK_POWER, factor)
    for subject, fields in seen.b4():
        where = (f"B.4 {subject}", fields, _own(seen, subject))
        bad += _power(seen, where, ENTERPRISE_POWER, factor)
    detail = bad or seen.say("electricity", factor=f"{factor:g}", row=row.removeprefix("reference/"))
    return verdict("X06", not bad, detail, "A.4 B.4")


def _power(
    seen: Seen,
    where: tuple[str, Fields, TallyOf],
    lines: tuple[tuple[str, str, str], ...],
    factor: float,
) -> list[str]:
    name, fields, tally = where
    bad = []
    for kwh_id, ghg_id, kind in lines:
        kwh, tonnes = seen.number(fields, kwh_id) or 0.0, seen.number(fields, ghg_id) or 0.0
        planned = tally(kind).ghg(Group.ELECTRICITY)
        if not _near(kwh * factor, tonnes) or not _near(planned, tonnes):
            bad.append(
                f"{name} {ghg_id}: {amount(tonnes, 2)} / {amount(kwh * factor, 2)} / {amount(planned, 2)}"
            )
    return bad


def fuel_factor(result: ParkResult, resource_id: str) -> float | None:
    """tCO2e for one unit of a fuel in the project book, biogenic CO2 apart; None where nobody knows."""
    known = [
        f
        for f in result.factor_set.factors
        if f.resource_id == resource_id and f.book is Book.PROJECT and not f.fate
    ]
    if not known:
        return None
    by_scope: dict[int, dict[str, list[Factor]]] = {}
    for factor in known:
        if not factor.biogenic:
            by_scope.setdefault(factor.scope, {}).setdefault(factor.gas, []).append(factor)
    total = 0.0
    for gases in by_scope.values():
        # a factor for all gases together stands for the single ones
        for gas in ["CO2e"] if "CO2e" in gases else sorted(gases):
            year = result.factor_set.year
            best = min(gases[gas], key=lambda f: (abs(f.year - year), -f.year, f.id))
            total += best.value
    return total


def of_fuel(seen: Seen) -> FormCheck:
    """X07: tonnes of fuel are the fuels saved times their factors."""
    bad, missing = [], set()
    for subject, fields in seen.b4():
        for field_id, kind in FUEL:
            own = 0.0
            for resource_id, saved in seen.filing.tally(kind, subject).by_resource(Group.FUEL).items():
                factor = fuel_factor(seen.result, resource_id)
                if factor is None:
                    missing.add(resource_id)
                own += saved * (factor or 0.0)
            printed = seen.number(fields, field_id) or 0.0
            if not _near(own, printed):
                bad.append(f"{subject} {field_id}: {amount(printed, 2)} / {amount(own, 2)}")
    if missing:
        bad.append(seen.say("fuel_factor_missing", fuels=", ".join(sorted(missing))))
    return verdict("X07", not bad, bad or seen.say("fuel"), "B.4")


def parts(seen: Seen) -> FormCheck:
    """X08: the total holds its electricity part, and what is neither electricity nor fuel is named."""
    bad = _parts(seen, "A.4", seen.of("A.4"), _own(seen, ""))
    for subject, fields in seen.b4():
        bad += _parts(seen, f"B.4 {subject}", fields, _own(seen, subject))
    return verdict("X08", not bad, bad or seen.say("ghg_parts"), "A.4 B.4")


def _parts(seen: Seen, name: str, fields: Fields, tally: TallyOf) -> list[str]:
    bad = []
    for total_id, power_id, kind in TOTALS[name[:3]]:
        total, power = seen.number(fields, total_id) or 0.0, seen.number(fields, power_id) or 0.0
        if total < power - ROUNDING_T:
            bad.append(f"{name} {total_id}: {amount(total, 2)} < {amount(power, 2)}")
        rest = tally(kind).ghg() - tally(kind).ghg(Group.ELECTRICITY, Group.FUEL)
        if abs(rest) > ROUNDING_T and not fields[total_id].note:
            bad.append(f"{name} {total_id}")
    return bad
