"""Gaps filled from sector intensities, and plausibility of what was entered."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from math import sqrt

from parkloop import reference
from parkloop.intake.quantities import KWH_PER_GJ, Yearly
from parkloop.model import (
    Amount,
    Bill,
    Direction,
    Family,
    Fate,
    Flow,
    InferredFlow,
    Issue,
    Ledger,
    Participant,
    ParticipantKind,
    Period,
    Product,
    Range,
    Resource,
    Severity,
    SourceClass,
    Where,
)
from parkloop.units import UnitError, convert

__all__ = ["fill_gaps", "implausible"]

CARRIERS = ("electricity", "fresh_water", "heat")
BEYOND = 1.5  # how far outside a band [-] before it is worth a person's time


def fill_gaps(
    ledger: Ledger, amounts: Iterable[Yearly], year: int
) -> tuple[tuple[InferredFlow, ...], tuple[Issue, ...]]:
    """Infer electricity, water and heat of enterprises that entered none, from their product output.

    Each is a log-normal range around the sector's intensities, flagged `inferred`, and never part of the
    ledger.
    """
    has = _entered(amounts)
    found, issues = [], []
    products = _products(ledger, year)
    for member in ledger.participants:
        if member.kind is not ParticipantKind.ENTERPRISE or not member.in_operation:
            continue
        missing = [carrier for carrier in CARRIERS if carrier not in has.get(member.id, set())]
        for carrier in missing:
            inferred = _infer(member, products.get(member.id, []), carrier, year)
            if inferred is not None:
                found.append(inferred)
            if carrier != "heat" or inferred is not None:
                issues.append(_missing(member, carrier, inferred, year))
    return tuple(found), tuple(issues)


def _missing(member: Participant, carrier: str, inferred: InferredFlow | None, year: int) -> Issue:
    code = "intake.gap.filled" if inferred else "intake.gap.open"
    severity = Severity.INFO if inferred else Severity.WARNING
    where = Where(record=f"participant/{member.id}", field=carrier)
    return Issue(code, severity, where, {"participant": member.id, "resource": carrier, "year": year})


def _entered(amounts: Iterable[Yearly]) -> Mapping[str, set[str]]:
    resources = reference.resources()
    has: dict[str, set[str]] = defaultdict(set)
    for item in amounts:
        if item.direction is not Direction.IN:
            continue
        resource = resources[item.resource_id]
        if resource.id == "electricity":
            has[item.participant_id].add("electricity")
        elif resource.family is Family.WATER:
            has[item.participant_id].add("fresh_water")
        elif resource.family in (Family.FUEL, Family.HEAT):
            has[item.participant_id].add("heat")
    return has


def _products(ledger: Ledger, year: int) -> Mapping[str, list[Product]]:
    found: dict[str, list[Product]] = defaultdict(list)
    for product in ledger.products:
        if product.year == year and product.output:
            found[product.participant_id].append(product)
    return found


def _rows(member: Participant, carrier: str) -> list[reference.Intensity]:
    sector = reference.sector(member.sector) if member.sector else None
    if sector is None:
        return []
    return [
        row for row in reference.intensities() if row.group == sector.group and row.resource_id == carrier
    ]


def _driven(product: Product, row: reference.Intensity) -> float | None:
    """The product's output in the driver's unit; None when the two do not measure the same."""
    if product.output is None:
        return None
    try:
        return convert(product.output, product.unit, row.driver)
    except UnitError:
        return None


def _infer(member: Participant, products: list[Product], carrier: str, year: int) -> InferredFlow | None:
    low = high = driver = 0.0
    used: list[str] = []
    for product in products:
        rows = [(row, _driven(product, row)) for row in _rows(member, carrier)]
        fitting = [(row, amount) for row, amount in rows if amount]
        if not fitting:
            continue
        low += min(row.low * amount for row, amount in fitting)
        high += max(row.high * amount for row, amount in fitting)
        driver += fitting[0][1]
        used += [row.id for row, _ in fitting]
    if high <= 0:
        return None
    resource_id = "waste_heat" if carrier == "heat" else carrier
    unit = "m3" if carrier == "fresh_water" else "kWh"
    best = sqrt(low * high)
    amount = Amount(best, unit, None, "", SourceClass.INFERRED, low, high)
    flow = Flow(
        id=f"inferred-{member.id}-{carrier}",
        participant_id=member.id,
        direction=Direction.IN,
        resource_id=resource_id,
        amount=amount,
        period=Period.year(year),
        fate=Fate.UNKNOWN,
        label=carrier if carrier == "heat" else "",
    )
    return InferredFlow(
        flow, Range(low, best, high), "product output", driver, "; ".join(dict.fromkeys(used))
    )


def implausible(
    ledger: Ledger, amounts: Iterable[Yearly], year: int, resources: Mapping[str, Resource]
) -> tuple[Issue, ...]:
    """Specific use far outside the sector's band, bills that do not cover the year, and odd months."""
    amounts = tuple(amounts)
    totals: dict[tuple[str, str], float] = defaultdict(float)
    for item in amounts:
        if item.direction is Direction.IN:
            carrier, value = _carrier(item, resources)
            if carrier:
                totals[item.participant_id, carrier] += value
    issues = [*_uncovered(amounts), *_odd_months(ledger, year)]
    products = _products(ledger, year)
    for member in ledger.participants:
        for product in products.get(member.id, [])[:1]:
            if len(products[member.id]) > 1:
                continue
            for carrier in CARRIERS:
                issues += _outside(member, product, carrier, totals.get((member.id, carrier)))
    return tuple(issues)


def _carrier(item: Yearly, resources: Mapping[str, Resource]) -> tuple[str, float]:
    resource = resources[item.resource_id]
    if resource.id == "electricity":
        return "electricity", item.amount
    if resource.family is Family.WATER:
        return "fresh_water", item.amount
    if resource.family in (Family.FUEL, Family.HEAT):
        factor = 1.0 if resource.unit == "kWh" else (resource.ncv_gj_per_unit or 0.0) * KWH_PER_GJ
        return "heat", item.amount * factor
    return "", 0.0


def _outside(member: Participant, product: Product, carrier: str, total: float | None) -> list[Issue]:
    if not total:
        return []
    rows = [(row, _driven(product, row)) for row in _rows(member, carrier)]
    fitting = [(row, amount) for row, amount in rows if amount]
    if not fitting:
        return []
    specific = total / fitting[0][1]
    low, high = min(row.low for row, _ in fitting), max(row.high for row, _ in fitting)
    if low / BEYOND <= specific <= high * BEYOND:
        return []
    where = Where(record=f"participant/{member.id}", field=carrier)
    arguments: dict[str, str | float | int] = {
        "participant": member.id,
        "resource": carrier,
        "value": float(f"{specific:.3g}"),
        "low": float(f"{low:.3g}"),
        "high": float(f"{high:.3g}"),
        "unit": fitting[0][0].unit,
        "row": fitting[0][0].id,
    }
    return [Issue("intake.plausible.outside_band", Severity.WARNING, where, arguments)]


def _uncovered(amounts: Iterable[Yearly]) -> list[Issue]:
    return [
        Issue(
            "intake.bills.year_not_covered",
            Severity.WARNING,
            Where(record=f"participant/{item.participant_id}", field=item.resource_id),
            {"participant": item.participant_id, "resource": item.resource_id, "months": item.months},
        )
        for item in amounts
        if item.months is not None and item.months < 12
    ]


def _odd_months(ledger: Ledger, year: int) -> list[Issue]:
    """Months whose amount is more than twenty times off the median of the same meter: a slip of the unit."""
    groups: dict[tuple[str, str, str], list[Bill]] = defaultdict(list)
    for bill in ledger.bills:
        if bill.period.start.year == year:
            key = (bill.participant_id, bill.resource_id, bill.band)
            groups[key].append(bill)
    issues = []
    for (owner, resource_id, _), rows in sorted(groups.items()):
        median = sorted(bill.amount.value for bill in rows)[len(rows) // 2]
        for bill in rows:
            value = bill.amount.value
            if len(rows) >= 6 and median > 0 and (value < median / 20 or value > median * 20):
                issues.append(
                    Issue(
                        "intake.bills.odd_month",
                        Severity.WARNING,
                        Where(record=f"bill/{bill.id}", field="amount"),
                        {
                            "participant": owner,
                            "resource": resource_id,
                            "month": bill.period.code,
                            "value": round(value, 2),
                            "median": round(median, 2),
                        },
                    )
                )
    return issues
