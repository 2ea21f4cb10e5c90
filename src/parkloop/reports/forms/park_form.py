"""Form A.4: the developer's yearly monitoring report of the park."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from parkloop.model import ParkResult, Solution, Stage
from parkloop.model.participant import Organisation, Registration
from parkloop.reports.forms.savings import Group, Tally, effective_date, implemented, tally
from parkloop.reports.forms.sheet import Values, million, whole

__all__ = [
    "Trade",
    "baseline_electricity",
    "benefits",
    "exchange_kinds",
    "fill_a4",
    "fuel_text",
    "grid_factor",
    "partners",
    "traded",
]

KINDS = ("inputs", "infrastructure", "services", "parks", "other")
PLANNED = (Stage.FEASIBLE, Stage.DECIDED)
LAND = {"2": "green", "4": "transport", "6": "technical_infrastructure", "8": "social_infrastructure"}


def fill_a4(result: ParkResult, year: int, values: Values) -> None:
    """Fill every field of A.4 for reporting year `year` (N) into `values`."""
    _investor(result, values)
    _land(result, values)
    _compliance(result, year, values)
    measures = implemented(result.solutions, "measure", date(year - 1, 12, 31))
    _uptake(result, year, values)
    _measures(result, year, tally(result, measures, year - 1), values)
    exchanges = implemented(result.solutions, "exchange", date(year - 1, 12, 31))
    _networks(result, year, exchanges, values)
    _exchanges(result, year, exchanges, values)


def _investor(result: ParkResult, values: Values) -> None:
    park = result.park
    operator = park.operator or Organisation("")
    values.put("I.0", park.name(values.lang), figures=(f"park/{park.id}/name",))
    values.put("I.1.1", operator.name)
    _registration("I.1.2", operator.registration, values)
    for field_id, given in (
        ("I.1.3", operator.tax_code),
        ("I.1.3.1", operator.address),
        ("I.1.3.2", operator.phone),
        ("I.1.3.3", operator.fax),
        ("I.1.3.4", operator.email),
        ("I.1.3.5", operator.website),
        ("I.1.3.6", operator.legal_form),
        ("I.1.3.7", operator.head_office_address),
        ("I.2.1", park.name(values.lang)),
        ("I.2.2", ", ".join(p for p in (park.place.address, park.place.province) if p)),
    ):
        values.put(field_id, given, figures=(f"park/{park.id}/operator",))
    licence = park.investment_certificate
    values.put("I.2.4.1", licence.number)
    values.put("I.2.4.2", licence.issuer)
    values.put("I.2.4.3", _day(licence.first_issued))
    values.put("I.2.4.4", _day(licence.last_amended), reason=_never_amended(licence, values))


def _registration(field_id: str, registration: Registration, values: Values) -> None:
    values.put(field_id, registration.number)
    values.put(f"{field_id}.1", registration.issuer)
    values.put(f"{field_id}.2", _day(registration.first_issued))
    values.put(f"{field_id}.3", _day(registration.last_amended), reason=_never_amended(registration, values))


def _never_amended(registration: Registration, values: Values) -> str:
    known = registration.number and registration.last_amended is None
    return values.say("forms.never_amended") if known else ""


def _day(value: date | None) -> str:
    return value.strftime("%d/%m/%Y") if value else ""


def _land(result: ParkResult, values: Values) -> None:
    park = result.park
    figures = (f"park/{park.id}/land_use",)
    area = {item.land_class: item.area_ha for item in park.land_use}
    total = park.area_ha
    values.put("I.2.5.1", whole(total) if total > 0 else None, figures=figures)
    for number, land_class in LAND.items():
        share = f"I.2.5.{int(number) + 1}"
        if land_class not in area:
            values.put(f"I.2.5.{number}", None, reason=values.say("forms.land_missing", land=land_class))
            values.put(share, None, reason=values.say("forms.land_missing", land=land_class))
            continue
        values.put(f"I.2.5.{number}", whole(area[land_class]), figures=figures)
        percent = round(100 * area[land_class] / total, 2) if total > 0 else None
        values.put(share, percent, note=f"{area[land_class]:g} / {total:g} ha", figures=figures)
    values.put("I.2.6.1", park.worker_housing, figures=(f"park/{park.id}/worker_housing",))
    values.put("I.2.6.2", park.public_services, figures=(f"park/{park.id}/public_services",))


def _compliance(result: ParkResult, year: int, values: Values) -> None:
    first = date(year - 3, 1, 1)
    seen = [i for i in result.ledger.inspections if i.subject_id == result.park.id and i.on >= first]
    if not seen:
        values.put("II.1", None, reason=values.say("forms.no_inspections"))
        return
    lines = []
    for law in sorted({i.law for i in seen}):
        of_law = [i for i in seen if i.law == law]
        breaches = [i for i in of_law if i.breach]
        name = values.say(f"forms.law.{law}")
        if not breaches:
            lines.append(values.say("forms.law_clean", law=name, count=len(of_law)))
        for item in breaches:
            closed = item.closed_on
            state = values.say("forms.closed", day=_day(closed)) if closed else values.say("forms.open")
            lines.append(
                values.say("forms.law_breach", law=name, day=_day(item.on), finding=item.finding, state=state)
            )
    ids = tuple(f"inspection/{i.id}" for i in seen)
    values.put("II.1", "; ".join(lines)[:3000], figures=ids)


def _uptake(result: ParkResult, year: int, values: Values) -> None:
    before = implemented(result.solutions, "measure", date(year - 2, 12, 31))
    now = implemented(result.solutions, "measure", date(year - 1, 12, 31))
    new = tuple(s for s in now if (day := effective_date(s)) is not None and day.year == year - 1)
    planned = tuple(
        s
        for s in result.solutions
        if s.kind == "measure" and s.stage in PLANNED and (s.start is None or s.start.year <= year + 3)
    )
    for n, solutions in ((1, before), (3, new), (5, planned)):
        members = sorted({p for s in solutions for p in s.participant_ids})
        values.put(f"III.1.1.{n}", len(members), note=", ".join(members), figures=_ids(solutions))
    values.put("III.1.1.2", len(before), figures=_ids(before))
    values.put("III.1.1.4", len(new), figures=_ids(new))


def _ids(solutions: Iterable[Solution]) -> tuple[str, ...]:
    return tuple(f"solution/{s.id}" for s in solutions)


def grid_factor(result: ParkResult) -> tuple[float, str]:
    """The project grid factor of the run [tCO2/kWh] and its row id."""
    for factor in result.factor_set.factors:
        if factor.resource_id == "electricity" and factor.book.value == "project":
            return factor.value, f"reference/{factor.id}"
    return 0.0, ""


def _electricity(
    result: ParkResult, saved: Tally, base: float, ids: tuple[str, str, str, str], values: Values
) -> None:
    """kWh, percent of the base, tCO2 and million VND of the electricity lines."""
    line = saved[Group.ELECTRICITY]
    factor, row = grid_factor(result)
    figures = tuple(f"solution/{s}" for s in saved.solution_ids)
    note = values.say("forms.negative") if line.amount < 0 else ""
    values.put(ids[0], whole(line.amount), note=note, figures=figures)
    if base > 0:
        percent = round(100 * line.amount / base, 2)
        values.put(ids[1], percent, note=values.say("forms.base_kwh", base=f"{base:,.0f}"), figures=figures)
    else:
        values.put(ids[1], None, reason=values.say("forms.no_base"))
    values.put(
        ids[2],
        whole(line.amount * factor),
        note=f"{line.amount:,.0f} kWh x {factor:g} tCO2/kWh",
        figures=(row,),
    )
    values.put(ids[3], million(line.money_vnd), figures=figures)


def baseline_electricity(result: ParkResult, solutions: tuple[Solution, ...]) -> float:
    """Electricity use of the participants concerned [kWh/a]."""
    members = {p for s in solutions for p in s.participant_ids}
    nodes = (result.graphs[m].supply("electricity") for m in sorted(members) if m in result.graphs)
    return sum(node.amount for node in nodes if node is not None)


def fuel_text(result: ParkResult, saved: Tally, lang: str) -> str:
    """All fuels saved as `amount unit fuel; ...`."""
    parts = []
    for resource_id, amount in sorted(saved[Group.FUEL].by_resource.items()):
        resource = result.resources[resource_id]
        parts.append(f"{amount:,.2f} {resource.unit} {resource.name(lang)}")
    return "; ".join(parts)


def _measures(result: ParkResult, year: int, saved: Tally, values: Values) -> None:
    running = implemented(result.solutions, "measure", date(year - 1, 12, 31))
    systems = [s for s in running if s.type_id == "energy-management"]
    holders = sorted({p for s in systems for p in s.participant_ids})
    none = values.say("forms.none")
    values.put("III.1.2.1", ", ".join(holders) or none, figures=_ids(systems))
    base = baseline_electricity(result, running)
    _electricity(result, saved, base, ("III.1.2.3", "III.1.2.4", "III.1.2.5", "III.1.2.6"), values)
    values.put("III.1.2.7", benefits(running, values.lang) or none)
    values.put("III.1.2.8", fuel_text(result, saved, values.lang) or none, note=_fuel_note(saved, values))
    values.put(
        "III.1.3.1",
        whole(saved.ghg_t),
        note=_parts(saved, values),
        figures=tuple(f"solution/{s}" for s in saved.solution_ids),
    )
    _pairs(
        saved,
        values,
        {
            Group.WATER: ("III.1.3.2", "III.1.3.3"),
            Group.WASTEWATER: ("III.1.3.4", "III.1.3.5"),
            Group.REUSE: ("III.1.3.8", "III.1.3.9"),
            Group.RECYCLING: ("III.1.3.10", "III.1.3.11"),
            Group.MATERIAL: ("III.1.3.12", "III.1.3.13"),
            Group.CHEMICAL: ("III.1.3.14", "III.1.3.15"),
        },
    )
    counted = (
        Group.ELECTRICITY,
        Group.WATER,
        Group.WASTEWATER,
        Group.REUSE,
        Group.RECYCLING,
        Group.MATERIAL,
        Group.CHEMICAL,
    )
    total = sum(saved[group].money_vnd for group in counted)
    values.put(
        "III.1.3.16",
        million(total),
        note=values.say("forms.full_total", total=f"{million(saved.money_vnd):,.3f}"),
    )


def benefits(solutions: Iterable[Solution], lang: str) -> str:
    """Co-benefits of solutions, each once."""
    texts = [s.co_benefits_vi if lang == "vi" else s.co_benefits_en for s in solutions]
    return "; ".join(dict.fromkeys(t for t in texts if t))[:3000]


def _fuel_note(saved: Tally, values: Values) -> str:
    return values.say("forms.fuel_money", money=f"{million(saved[Group.FUEL].money_vnd):,.3f}")


def _parts(saved: Tally, values: Values) -> str:
    electricity, fuel = saved[Group.ELECTRICITY].ghg_t, saved[Group.FUEL].ghg_t
    return values.say(
        "forms.ghg_parts",
        electricity=f"{electricity:,.2f}",
        fuel=f"{fuel:,.2f}",
        other=f"{saved.ghg_t - electricity - fuel:,.2f}",
    )


def _pairs(saved: Tally, values: Values, pairs: dict[Group, tuple[str, str]]) -> None:
    """Amount and million VND of each group into its two fields."""
    figures = tuple(f"solution/{s}" for s in saved.solution_ids)
    for group, (amount_id, money_id) in pairs.items():
        line = saved[group]
        note = values.say("forms.negative") if group in saved.negative else ""
        values.put(amount_id, whole(line.amount), note=note, figures=figures)
        values.put(money_id, million(line.money_vnd), figures=figures)


def exchange_kinds(result: ParkResult, exchanges: Iterable[Solution]) -> dict[str, list[Solution]]:
    """The five kinds of the form to their exchanges."""
    park_of = {p.id: p for p in result.ledger.participants}
    kinds: dict[str, list[Solution]] = {kind: [] for kind in KINDS}
    for solution in exchanges:
        exchange = solution.exchange
        if exchange is None:
            continue
        donor, receiver = park_of.get(exchange.donor_id), park_of.get(exchange.receiver_id)
        if donor is not None and receiver is not None and "city" in (donor.kind, receiver.kind):
            kinds["other"].append(solution)
        elif donor is None or receiver is None or "contractor" in (donor.kind, receiver.kind):
            kinds["parks"].append(solution)
        elif exchange.kind == "by_product_reuse":
            kinds["inputs"].append(solution)
        elif exchange.kind == "utility_sharing" and donor.kind == "enterprise":
            kinds["infrastructure"].append(solution)
        else:
            kinds["services"].append(solution)
    return kinds


def partners(result: ParkResult, exchanges: Iterable[Solution]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names of partners inside the park and elsewhere."""
    names = {p.id: p for p in result.ledger.participants}
    inside, outside = set(), set()
    for solution in exchanges:
        for partner_id in solution.participant_ids:
            known = names.get(partner_id)
            if known is not None and known.kind in ("enterprise", "utility"):
                inside.add(known.name)
            else:
                outside.add(known.name if known else partner_id)
    return tuple(sorted(inside)), tuple(sorted(outside))


def _networks(result: ParkResult, year: int, exchanges: tuple[Solution, ...], values: Values) -> None:
    kinds = exchange_kinds(result, exchanges)
    none, lang = values.say("forms.none"), values.lang
    figures = _ids(exchanges)
    values.put("III.2.1.1", len(exchanges), note=values.say("forms.network_meaning"), figures=figures)
    for n, kind in enumerate(KINDS, start=2):
        values.put(f"III.2.1.{n}", bool(kinds[kind]), figures=_ids(kinds[kind]))
    values.put("III.2.1.7", "; ".join(s.title(lang) for s in kinds["other"]) or none)
    planned = [
        s
        for s in result.solutions
        if s.kind == "exchange" and s.stage in PLANNED and (s.start is None or s.start.year <= year + 3)
    ]
    values.put("III.2.1.8", len(exchanges) + len(planned), figures=figures + _ids(planned))
    values.put("III.2.1.9", "; ".join(s.title(lang) for s in planned)[:3000] or none)
    agreements = {s.exchange.agreement_form for s in exchanges if s.exchange and s.exchange.agreement_form}
    values.put("III.2.1.10", ", ".join(sorted(agreements)) or none)
    files = tuple(e for s in exchanges for e in s.evidence)
    values.put("III.2.1.11", files, reason=values.say("forms.no_files"))
    inside, outside = partners(result, exchanges)
    values.put("III.2.1.13", inside, reason=none)
    values.put("III.2.1.14", ", ".join(outside) or none)
    values.put("III.2.1.15", "; ".join(s.title(lang) for s in kinds["other"]) or none)
    support = [a for a in result.ledger.activities if a.kind == "symbiosis_support" and a.on.year <= year - 1]
    values.put("III.2.1.16", "; ".join(f"{a.title} ({_day(a.on)})" for a in support) or none)


def _exchanges(result: ParkResult, year: int, exchanges: tuple[Solution, ...], values: Values) -> None:
    saved = tally(result, exchanges, year - 1)
    none = values.say("forms.none")
    base = baseline_electricity(result, exchanges)
    _electricity(result, saved, base, ("III.3.2", "III.3.3", "III.3.4", "III.3.5"), values)
    values.put("III.3.6", benefits(exchanges, values.lang) or none)
    values.put("III.3.7", fuel_text(result, saved, values.lang) or none, note=_fuel_note(saved, values))
    values.put("III.3.8", whole(saved.ghg_t), note=_parts(saved, values), figures=_ids(exchanges))
    _pairs(
        saved,
        values,
        {
            Group.WATER: ("III.3.9", "III.3.10"),
            Group.WASTEWATER: ("III.3.11", "III.3.12"),
            Group.REUSE: ("III.3.13", "III.3.14"),
            Group.RECYCLING: ("III.3.15", "III.3.16"),
            Group.MATERIAL: ("III.3.17", "III.3.18"),
            Group.CHEMICAL: ("III.3.23", "III.3.24"),
        },
    )
    members = {p.id for p in result.ledger.participants if p.kind != "city"}
    trade = traded(result, exchanges, members)
    bought = saved[Group.MATERIAL].money_vnd - trade.paid_vnd
    values.put("III.3.18", 0.0, note=values.say("forms.in_taken_material"), figures=_ids(exchanges))
    values.put("III.3.19", whole(trade.taken_t), figures=_ids(exchanges))
    note = values.say("forms.negative") if bought < 0 else values.say("forms.purchase_less_price")
    values.put("III.3.20", million(bought), note=note, figures=_ids(exchanges))
    values.put("III.3.21", whole(trade.given_t), figures=_ids(exchanges))
    values.put("III.3.22", million(trade.income_vnd), figures=_ids(exchanges))
    counted = (Group.ELECTRICITY, Group.WATER, Group.WASTEWATER, Group.REUSE, Group.RECYCLING, Group.CHEMICAL)
    total = sum(saved[group].money_vnd for group in counted) + bought
    full = values.say("forms.full_total", total=f"{million(saved.money_vnd):,.3f}")
    values.put("III.3.25", million(total), note=full)
    services = exchange_kinds(result, exchanges)["services"]
    values.put("III.3.26", "; ".join(s.title(values.lang) for s in services) or none)
    service_money = tally(result, services, year - 1).money_vnd
    values.put("III.3.27", million(service_money), figures=_ids(services))
    values.put("III.3.28", "; ".join(s.note for s in exchanges if s.note) or none)


@dataclass(frozen=True, slots=True)
class Trade:
    """Material moved by exchanges as some participants see it: tonnes, and the price paid [VND]."""

    taken_t: float
    paid_vnd: float
    given_t: float
    income_vnd: float


def traded(result: ParkResult, exchanges: Iterable[Solution], members: set[str]) -> Trade:
    """What `members` take and give through `exchanges` in a year; only resources counted in tonnes."""
    taken = paid = given = income = 0.0
    for solution in exchanges:
        exchange = solution.exchange
        if exchange is None or result.resources[exchange.resource_id].unit != "t":
            continue
        money = (exchange.price or 0.0) * exchange.amount.best if exchange.currency in ("", "VND") else 0.0
        if exchange.receiver_id in members:
            taken += exchange.amount.best
            paid += money
        if exchange.donor_id in members:
            given += exchange.amount.best
            income += money
    return Trade(taken, paid, given, income)
