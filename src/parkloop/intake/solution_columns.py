"""Known solutions and exchanges: what their columns make of deltas, costs, history, barriers and partners."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from parkloop.intake.cell import Blank
from parkloop.intake.codecs import canonical_unit, number_and_unit
from parkloop.intake.look import Look
from parkloop.intake.sheet import Cells, Codec
from parkloop.model import (
    Barrier,
    CostItem,
    Delta,
    Effect,
    Exchange,
    ExchangeKind,
    Range,
    Severity,
    Stage,
    StageEvent,
    Step,
)

SLOTS = ("1", "2", "3", "4")
_COSTS = (("capex", "capex"), ("opex_change", "opex"))


def _shown(deltas: tuple[Delta, ...]) -> list[int]:
    """Places of the deltas that the savings columns can show: absolute ones, as many as there are columns."""
    return [at for at, delta in enumerate(deltas) if delta.effect is Effect.ABSOLUTE][: len(SLOTS)]


def read_savings(cells: Cells) -> Mapping[str, Any]:
    """Savings typed as positive amounts a year, as absolute deltas (after minus before, so negative)."""
    deltas: list[Delta | None] = list(cells.before("deltas", ()))
    places = _shown(tuple(delta for delta in deltas if delta))
    who = cells.base("participant_ids", ("",))
    for number, slot in enumerate(SLOTS):
        keys = (f"resource_{slot}", f"saving_{slot}", f"unit_{slot}")
        if not cells.typed(*keys):
            continue
        old = deltas[places[number]] if number < len(places) else None
        new = _saving(cells, slot, who[0] if who else "", old)
        if number < len(places):
            deltas[places[number]] = new
        else:
            deltas.append(new)
        if new is not None:
            cells.figures[f"deltas/{new.resource_id}"] = f"saving_{slot}"
    return {"deltas": tuple(delta for delta in deltas if delta is not None)}


def _saving(cells: Cells, slot: str, participant_id: str, old: Delta | None) -> Delta | None:
    resource_key, saving_key, unit_key = f"resource_{slot}", f"saving_{slot}", f"unit_{slot}"
    if cells.cleared(resource_key) or cells.cleared(saving_key):
        return None
    resource_id = cells.filled(resource_key, old.resource_id if old else None)
    if not resource_id:
        raise cells.fail("intake.row.required_missing", resource_key, column=resource_key)
    amount, unit = number_and_unit(cells, saving_key, unit_key)
    if amount is None:
        if old is None:
            raise cells.fail("intake.row.required_missing", saving_key, column=saving_key)
        return replace(old, resource_id=resource_id)
    canonical = canonical_unit(cells.look, resource_id, "")
    if not unit:
        raise cells.fail("intake.amount.unit_missing", unit_key, canonical=canonical)
    scale = cells.scale(unit, canonical, resource_id, unit_key)
    value = Range.exact(-amount * scale.factor)
    if old is not None:
        return replace(old, resource_id=resource_id, value=value)
    return Delta(participant_id, resource_id, Step.DEMAND, Effect.ABSOLUTE, value)


def write_savings(record: Any, look: Look, lang: str) -> Mapping[str, object]:
    """The first absolute deltas as savings in the canonical unit."""
    found: dict[str, object] = {}
    for slot, at in zip(SLOTS, _shown(record.deltas), strict=False):
        delta = record.deltas[at]
        found[f"resource_{slot}"] = look.resources.word(delta.resource_id, lang)
        found[f"saving_{slot}"] = 0.0 - delta.value.best
        found[f"unit_{slot}"] = canonical_unit(look, delta.resource_id, "")
    return found


SAVINGS = Codec(
    tuple(f"{name}_{slot}" for slot in SLOTS for name in ("resource", "saving", "unit")),
    ("deltas",),
    read_savings,
    write_savings,
)


def read_costs(cells: Cells) -> Mapping[str, Any]:
    """Investment and change of running costs as cost items in the currency they were given in."""
    costs: list[CostItem] = list(cells.before("costs", ()))
    for key, kind in _COSTS:
        at = next((at for at, item in enumerate(costs) if item.kind == kind), None)
        old = None if at is None else costs[at]
        value = cells.value(key)
        if value is Blank.CLEAR:
            costs = [item for item in costs if item is not old]
        elif value is not Blank.ABSENT or old is not None:
            new = _cost(cells, key, kind, None if value is Blank.ABSENT else value, old)
            costs = [new if item is old else item for item in costs] if old else [*costs, new]
        if value is not Blank.ABSENT:
            cells.figures[f"costs/{kind}"] = key
    return {"costs": tuple(costs)}


def _cost(cells: Cells, key: str, kind: str, value: float | None, old: CostItem | None) -> CostItem:
    currency = cells.filled("currency", old.currency if old else None)
    year = cells.filled("price_year", old.year if old else None)
    if not currency:
        currency = cells.look.currency
        cells.note("intake.money.currency_taken", Severity.WARNING, key, currency=currency)
    if year is None:
        reached, baseline = cells.value("date"), cells.base("baseline_year")
        year = reached.year if isinstance(reached, date) else baseline
        if year is None:
            raise cells.fail("intake.money.year_missing", "price_year")
        cells.note("intake.money.year_taken", Severity.WARNING, key, year=year)
    if old is None:
        return CostItem(kind, key, Range.exact(value or 0.0), currency, year)
    amount = old.amount if value is None else Range.exact(value)
    return replace(old, amount=amount, currency=currency, year=year)


def write_costs(record: Any, look: Look, lang: str) -> Mapping[str, object]:
    """The first cost item of each kind."""
    found: dict[str, object] = {}
    for key, kind in _COSTS:
        item = next((item for item in record.costs if item.kind == kind), None)
        if item is not None:
            found |= {key: item.amount.best, "currency": item.currency, "price_year": item.year}
    return found


COSTS = Codec(("capex", "opex_change", "currency", "price_year"), ("costs",), read_costs, write_costs)


def read_history(cells: Cells) -> Mapping[str, Any]:
    """The date of the present stage as a step in the life of the solution."""
    on = cells.value("date")
    stage = Stage(cells.base("stage", Stage.PROPOSED) or Stage.PROPOSED)
    history: tuple[StageEvent, ...] = cells.before("history", ())
    kept = tuple(event for event in history if event.stage is not stage)
    if on is Blank.CLEAR:
        return {"history": kept}
    old = next((event for event in reversed(history) if event.stage is stage), None)
    new = replace(old, on=on) if old else StageEvent(stage, on)
    cells.figures["history"] = "date"
    if old is None:
        return {"history": (*history, new)}
    return {"history": tuple(new if event is old else event for event in history)}


def write_history(record: Any, look: Look, lang: str) -> Mapping[str, object]:
    """The date the present stage was reached."""
    event = next((event for event in reversed(record.history) if event.stage is record.stage), None)
    return {"date": event.on if event else None}


HISTORY = Codec(("date",), ("history",), read_history, write_history)


def read_barriers(cells: Cells) -> Mapping[str, Any]:
    """One barrier of the solution; a code that is already there is updated."""
    barriers: list[Barrier] = list(cells.before("barriers", ()))
    code = cells.filled("barrier", barriers[0].code if barriers else None)
    if code is None:
        return {"barriers": ()}
    old = next((item for item in barriers if item.code == code), None)
    opened = cells.filled("barrier_opened", old.opened if old else None)
    if opened is None:
        reached = cells.value("date")
        opened = reached if isinstance(reached, date) else None
    if opened is None:
        raise cells.fail("intake.solution.barrier_date", "barrier_opened")
    due = cells.filled("barrier_due", old.due if old else None)
    new = replace(old, opened=opened, due=due) if old else Barrier(code, opened, due=due)
    cells.figures["barriers"] = "barrier"
    if old:
        return {"barriers": tuple(new if item is old else item for item in barriers)}
    return {"barriers": (*barriers, new)}


def write_barriers(record: Any, look: Look, lang: str) -> Mapping[str, object]:
    """The first barrier."""
    if not record.barriers:
        return {}
    first, index = record.barriers[0], look.list("barriers")
    word = index.word(first.code, lang) if index else first.code
    return {"barrier": word, "barrier_opened": first.opened, "barrier_due": first.due}


BARRIERS = Codec(("barrier", "barrier_opened", "barrier_due"), ("barriers",), read_barriers, write_barriers)


def read_exchange(cells: Cells) -> Mapping[str, Any]:
    """Partners, resource and amount of an exchange, and the two deltas they make where they happen."""
    before: Exchange | None = cells.before("exchange")
    donor, receiver = _partners(cells, before)
    resource_id = _needed(cells, "resource", before.resource_id if before else None)
    displaced = _needed(cells, "displaced", before.displaced_resource_id if before else None)
    amount = _given(cells, resource_id, before)
    new = Exchange(
        donor_id=donor,
        receiver_id=receiver,
        resource_id=resource_id,
        displaced_resource_id=displaced,
        amount=amount,
        kind=ExchangeKind(cells.filled("kind", before.kind if before else None) or "by_product_reuse"),
    )
    if before is not None:
        new = replace(
            before,
            donor_id=donor,
            receiver_id=receiver,
            resource_id=resource_id,
            displaced_resource_id=displaced,
            amount=amount,
            kind=new.kind,
        )
    new = _terms(cells, new, known=before is not None)
    cells.figures["exchange/amount"] = "amount"
    result: dict[str, Any] = {"exchange": new, "participant_ids": (donor, receiver)}
    fate = cells.value("fate")
    if before is None or _moved(before, new) or fate is not Blank.ABSENT:
        result["deltas"] = _exchange_deltas(cells.before("deltas", ()), before, new, _fate(cells, new))
    result |= _titles(cells, new)
    return result


def _partners(cells: Cells, before: Exchange | None) -> tuple[str, str]:
    donor = _needed(cells, "donor", before.donor_id if before else None)
    receiver = _needed(cells, "receiver", before.receiver_id if before else None)
    if donor == receiver:
        raise cells.fail("intake.exchange.same_partner", "receiver", typed=str(donor))
    return donor, receiver


def _needed(cells: Cells, key: str, before: str | None) -> str:
    value = cells.filled(key, before)
    if not value:
        raise cells.fail("intake.row.required_missing", key, column=key)
    return str(value)


def _given(cells: Cells, resource_id: str, before: Exchange | None) -> Range:
    amount, unit = number_and_unit(cells, "amount", "unit")
    if amount is None:
        if before is None:
            raise cells.fail("intake.row.required_missing", "amount", column="amount")
        return before.amount
    canonical = canonical_unit(cells.look, resource_id, "")
    if not unit:
        raise cells.fail("intake.amount.unit_missing", "unit", canonical=canonical)
    scale = cells.scale(unit, canonical, resource_id, "unit")
    return Range.exact(amount * scale.factor)


def _terms(cells: Cells, exchange: Exchange, *, known: bool) -> Exchange:
    """Ratio, price, distance and legal side."""
    ratio = cells.filled("displacement_ratio", exchange.displacement_ratio if known else None)
    if ratio is None:
        units = {
            canonical_unit(cells.look, resource, "")
            for resource in (exchange.resource_id, exchange.displaced_resource_id)
        }
        if len(units) > 1:
            raise cells.fail(
                "intake.exchange.ratio_missing", "displacement_ratio", units=" / ".join(sorted(units))
            )
        ratio = 1.0
    price = cells.filled("price", exchange.price)
    currency = cells.filled("price_currency", exchange.currency) or ""
    if price is not None and not currency:
        currency = cells.look.currency
        cells.note("intake.money.currency_taken", Severity.WARNING, "price", currency=currency)
    return replace(
        exchange,
        displacement_ratio=ratio,
        price=price,
        currency=currency,
        distance_km=cells.filled("distance_km", exchange.distance_km),
        agreement_form=cells.filled("agreement", exchange.agreement_form) or "",
        legal_type=cells.filled("legal_type", exchange.legal_type) or "",
        donor_flow_id=cells.filled("donor_flow", exchange.donor_flow_id) or "",
        receiver_flow_id=cells.filled("receiver_flow", exchange.receiver_flow_id) or "",
    )


def _moved(before: Exchange, new: Exchange) -> bool:
    """Whether anything changed that the physical deltas follow from."""
    return (
        replace(
            before,
            price=new.price,
            currency=new.currency,
            distance_km=new.distance_km,
            agreement_form=new.agreement_form,
            legal_type=new.legal_type,
            kind=new.kind,
        )
        != new
    )


def _fate(cells: Cells, exchange: Exchange) -> str:
    fate = cells.value("fate")
    if fate is Blank.CLEAR:
        return ""
    if fate is not Blank.ABSENT:
        return str(fate)
    donor = next((d for d in cells.before("deltas", ()) if _is_donor(d, exchange)), None)
    return donor.fate if donor else ""


def _is_donor(delta: Delta, exchange: Exchange) -> bool:
    return delta.participant_id == exchange.donor_id and delta.resource_id == exchange.resource_id


def _exchange_deltas(
    deltas: tuple[Delta, ...], before: Exchange | None, new: Exchange, fate: str
) -> tuple[Delta, ...]:
    """Less waste leaves the donor's site for its old fate, less is bought by the receiver; others stay."""
    old = [] if before is None else [
        (before.donor_id, before.resource_id), (before.receiver_id, before.displaced_resource_id)
    ]  # fmt: skip
    kept = [delta for delta in deltas if (delta.participant_id, delta.resource_id) not in old]
    arriving = new.amount.best
    for step in new.treatment:
        arriving *= step.yield_fraction
    given = Delta(
        new.donor_id,
        new.resource_id,
        Step.EXCHANGE,
        Effect.ABSOLUTE,
        Range.exact(-new.amount.best),
        fate=fate,
    )
    replaced = Range.exact(-arriving * new.displacement_ratio)
    taken = Delta(new.receiver_id, new.displaced_resource_id, Step.EXCHANGE, Effect.ABSOLUTE, replaced)
    return (given, taken, *kept)


def _titles(cells: Cells, exchange: Exchange) -> Mapping[str, str]:
    """Titles from resource and partners where a new exchange has none."""
    if cells.existing is not None or "title_en" in cells.values or "title_vi" in cells.values:
        return {}
    resource = cells.look.resource_record(exchange.resource_id)
    names = (resource.name_en, resource.name_vi) if resource else (exchange.resource_id,) * 2
    path = f"{exchange.donor_id} → {exchange.receiver_id}"
    return {"title_en": f"{names[0]}: {path}", "title_vi": f"{names[1]}: {path}"}


def _word(look: Look, name: str, code: str, lang: str) -> str | None:
    index = look.list(name)
    return (index.word(code, lang) if index else code) or None


def write_exchange(record: Any, look: Look, lang: str) -> Mapping[str, object]:
    """The cells of an exchange."""
    exchange: Exchange = record.exchange
    donor = next((d for d in record.deltas if _is_donor(d, exchange)), None)
    return {
        "donor": exchange.donor_id,
        "receiver": exchange.receiver_id,
        "resource": look.resources.word(exchange.resource_id, lang),
        "displaced": look.resources.word(exchange.displaced_resource_id, lang),
        "amount": exchange.amount.best,
        "unit": canonical_unit(look, exchange.resource_id, "") or None,
        "displacement_ratio": exchange.displacement_ratio,
        "kind": _word(look, "exchange_kinds", exchange.kind.value, lang),
        "legal_type": _word(look, "legal_types", exchange.legal_type, lang),
        "agreement": _word(look, "agreement_forms", exchange.agreement_form, lang),
        "fate": _word(look, "fates", donor.fate if donor else "", lang),
        "price": exchange.price,
        "price_currency": exchange.currency or None,
        "distance_km": exchange.distance_km,
        "donor_flow": exchange.donor_flow_id or None,
        "receiver_flow": exchange.receiver_flow_id or None,
    }


EXCHANGE = Codec(
    (
        "donor", "receiver", "resource", "amount", "unit", "displaced", "displacement_ratio", "fate", "kind",
        "legal_type", "agreement", "price", "price_currency", "distance_km", "donor_flow", "receiver_flow",
    ),
    ("exchange", "participant_ids", "deltas", "title_en", "title_vi"),
    read_exchange,
    write_exchange,
)  # fmt: skip
