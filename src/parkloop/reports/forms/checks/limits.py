"""Checks of what the portal takes and of plausibility: limits, signs, percentages, products, keys."""

from parkloop.model import Family, FormCheck, FormField, NodeKind
from parkloop.reports.forms.checks.seen import Fields, Seen, verdict
from parkloop.reports.forms.sheet import base_id
from parkloop.reports.forms.tally import Group
from parkloop.reports.forms.wording import AREA_LIMIT, TEXT_LIMIT, amount

__all__ = ["negative", "one_record", "percentages", "portal", "products"]

WHOLE_DIGITS, DECIMALS, GHG_DECIMALS = 15, 5, 2
GHG_UNIT = "tCO2/year"
OVER = 1.005


def negative(seen: Seen) -> FormCheck:
    """X25: a negative effect is printed as it is, with a word, and never cut to zero."""
    silent: list[str] = []
    shown: list[str] = []
    for form in seen.forms:
        for field in form.fields:
            if (
                isinstance(field.value, (int, float))
                and not isinstance(field.value, bool)
                and field.value < 0
            ):
                name = f"{form.code} {form.subject_id} {field.id}: {amount(float(field.value), 2)}"
                (shown if field.note else silent).append(name)
    if silent:
        return verdict("X25", False, silent, "A.4 B.4")
    return verdict(
        "X25", True, [seen.say("negative"), *shown] if shown else seen.say("no_negative"), "A.4 B.4"
    )


def portal(seen: Seen) -> FormCheck:
    """X26: digits, decimals and lengths that the portal's fields take."""
    bad = [
        f"{form.code} {form.subject_id} {field.id}"
        for form in seen.forms
        for field in form.fields
        if not _fits(form.code, field)
    ]
    return verdict("X26", not bad, bad or seen.say("limits"), "A.4 A.5 B.4 B.5")


def _fits(code: str, field: FormField) -> bool:
    value = field.value
    if isinstance(value, str):
        return len(value) <= (AREA_LIMIT if field.type == "textarea" else TEXT_LIMIT)
    if isinstance(value, float):
        decimals = GHG_DECIMALS if code == "B.4" and field.unit == GHG_UNIT else DECIMALS
        return abs(value) < 10**WHOLE_DIGITS and abs(round(value, decimals) - value) < 1e-9
    return True


def percentages(seen: Seen) -> FormCheck:
    """X28: percentages from 0 to 100 with their base, and no saving above the use it saves from."""
    bad = [
        f"{form.code} {field.id}: {field.value}"
        for form in seen.forms
        for field in form.fields
        if field.type == "percent"
        and isinstance(field.value, (int, float))
        and (not 0 <= field.value <= 100 or not field.note)
    ]
    bad += _above_use(seen)
    return verdict("X28", not bad, bad or seen.say("percentages"), "A.4 B.4")


def _above_use(seen: Seen) -> list[str]:
    """Savings of electricity, fuel or water above the yearly use of the enterprise."""
    bad = []
    for subject, _ in seen.b4():
        graph = seen.result.graphs.get(subject)
        saved: dict[str, float] = {}
        for kind in ("measure", "exchange"):
            tally = seen.filing.tally(kind, subject)
            for group in (Group.ELECTRICITY, Group.FUEL, Group.WATER):
                for resource_id, value in tally.by_resource(group).items():
                    saved[resource_id] = saved.get(resource_id, 0.0) + value
        for resource_id, value in saved.items():
            node = graph.supply(resource_id) if graph is not None else None
            if node is not None and value > node.amount * OVER:
                bad.append(f"{subject} {resource_id}: {amount(value)} > {amount(node.amount)}")
    return bad


def products(seen: Seen) -> FormCheck:
    """X30: output within capacity, and energy by product within the use of the enterprise."""
    members = {form.subject_id for form in seen.enterprises}
    bad = [
        f"{p.participant_id} {p.name}: {amount(p.output)} > {amount(p.capacity)} {p.unit}"
        for p in seen.result.ledger.products
        if p.participant_id in members
        and p.year == seen.filing.data_year
        and p.capacity is not None
        and p.output is not None
        and p.output > p.capacity
    ]
    for subject, fields in seen.b4():
        bad += _energy(seen, subject, fields)
    return verdict("X30", not bad, bad or seen.say("products"), "B.4")


def _energy(seen: Seen, subject: str, fields: Fields) -> list[str]:
    """Energy of the products of one enterprise by unit, against its use of carriers in that unit."""
    graph = seen.result.graphs.get(subject)
    by_unit: dict[str, float] = {}
    for field_id, field in fields.items():
        if base_id(field_id) == "P2.5" and isinstance(field.value, float):
            unit = field.unit.partition(" ")[0]
            by_unit[unit] = by_unit.get(unit, 0.0) + field.value
    bad = []
    for unit, used in by_unit.items():
        supply = sum(
            node.amount
            for node in (graph.nodes if graph is not None else ())
            if node.kind is NodeKind.SUPPLY
            and seen.result.resources[node.resource_id].unit == unit
            and seen.result.resources[node.resource_id].family
            in (Family.ELECTRICITY, Family.FUEL, Family.HEAT)
        )
        if used > supply * OVER:
            bad.append(f"{subject} P2.5: {amount(used)} > {amount(supply)} {unit}")
    return bad


def one_record(seen: Seen) -> FormCheck:
    """X35: one form a key and period; each park its own A.5."""
    keys = [(form.code, form.subject_id, form.year) for form in seen.forms]
    indicators = [form for form in seen.forms if form.code == "A.5"]
    single = len(keys) == len(set(keys)) and [f.subject_id for f in indicators] == [seen.result.park.id]
    return verdict(
        "X35", single, seen.say("records", forms=len(keys), keys=len(set(keys))), "A.4 A.5 B.4 B.5"
    )
