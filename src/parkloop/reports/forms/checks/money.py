"""Checks of money: the portal's totals, what they leave out, and mistaken units."""

from parkloop.model import FormCheck
from parkloop.reports.forms.checks.seen import Fields, Seen, verdict
from parkloop.reports.forms.lines import EXCHANGE_LINES, MEASURE_LINES
from parkloop.reports.forms.park_results import EXCHANGE_TOTAL, MEASURE_TOTAL
from parkloop.reports.forms.sheet import base_id
from parkloop.reports.forms.tally import Group
from parkloop.reports.forms.wording import amount

__all__ = ["full_totals", "portal_totals", "units"]

ROUNDING_MILLION = 0.001
TOTALS = {"III.1.3.16": MEASURE_TOTAL, "III.3.25": EXCHANGE_TOTAL}
HIGHEST_MILLION = 1e6
REVENUE = "P2.6"  # a factory may well turn over more than that
ODD_PRICE = 10.0
POWER = {
    "A.4": (("III.1.2.3", "III.1.2.6"), ("III.3.2", "III.3.5")),
    "B.4": (("P3.2", "P3.4"), ("P4.6", "P4.8")),
}
PRICED = {Group.WATER: ("fresh_water", "ground_water", "surface_water")}


def portal_totals(seen: Seen) -> FormCheck:
    """X09: both totals that the portal computes, from the printed parts."""
    found = []
    passed = True
    for total_id, parts in TOTALS.items():
        printed = seen.a4(total_id)
        numbers = [seen.a4(part) for part in parts]
        if printed is None or any(number is None for number in numbers):
            return verdict("X09", False, seen.say("part_missing", field=total_id), "A.4")
        own = sum(number or 0.0 for number in numbers)
        passed = passed and abs(own - printed) <= ROUNDING_MILLION
        found.append(f"{total_id}: {amount(own, 3)} = {amount(printed, 3)}")
    return verdict("X09", passed, found, "A.4")


def full_totals(seen: Seen) -> FormCheck:
    """X10: the full total and the lines the portal leaves out stand beside each total."""
    fields = seen.of("A.4")
    bare = [total_id for total_id in TOTALS if not fields[total_id].note]
    shown = [f"{total_id}: {fields[total_id].note}" for total_id in TOTALS]
    return verdict("X10", not bare, bare or shown, "A.4")


def units(seen: Seen) -> FormCheck:
    """X29: no money that can only be plain VND, and no price a factor of ten off the price book."""
    bad = _units(seen, "A.4", "A.4", seen.of("A.4"))
    for subject, fields in seen.b4():
        bad += _units(seen, "B.4", f"B.4 {subject}", fields)
    return verdict("X29", not bad, bad or seen.say("units"), "A.4 B.4")


def _units(seen: Seen, code: str, name: str, fields: Fields) -> list[str]:
    bad = [
        f"{name} {field_id}: {amount(value, 3)}"
        for field_id, field in fields.items()
        if field.unit == "million VND"
        and base_id(field_id) != REVENUE
        and (value := seen.number(fields, field_id) or 0.0) > HIGHEST_MILLION
    ]
    pairs: list[tuple[str, str, tuple[str, ...]]] = [(a, m, ("electricity",)) for a, m in POWER[code]]
    for line in MEASURE_LINES + EXCHANGE_LINES:
        ids = (line.a4_amount, line.a4_money) if code == "A.4" else (line.b4_amount, line.b4_money)
        if line.group in PRICED:
            pairs.append((*ids, PRICED[line.group]))
    for amount_id, money_id, resources in pairs:
        price = _odd_price(seen, fields, (amount_id, money_id), resources)
        if price is not None:
            unit = fields[amount_id].unit.partition("/")[0]
            bad.append(f"{name} {money_id}: {amount(price)} VND/{unit}")
    return bad


def _odd_price(seen: Seen, fields: Fields, ids: tuple[str, str], resources: tuple[str, ...]) -> float | None:
    """Money over amount [VND/unit] when it is far from every price of the book; else None."""
    quantity, money = seen.number(fields, ids[0]) or 0.0, seen.number(fields, ids[1]) or 0.0
    known = [
        price.value * (seen.filing.rate(price.currency) or 0.0)
        for price in seen.result.price_book.prices
        if price.resource_id in resources and price.side == "buy" and price.value > 0
    ]
    if quantity <= 0 or money <= 0 or not known:
        return None
    price = money * 1e6 / quantity
    return None if min(known) / ODD_PRICE <= price <= max(known) * ODD_PRICE else price
