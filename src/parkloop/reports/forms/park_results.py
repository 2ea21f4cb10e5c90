"""Form A.4, parts III.1.2, III.1.3 and III.3: what measures and exchanges saved in the park."""

from parkloop.model import Family, Solution
from parkloop.reports.forms.answers import answer_of
from parkloop.reports.forms.lines import (
    EXCHANGE_LINES,
    MEASURE_LINES,
    benefits,
    fill_lines,
    fill_power,
    fuels,
    ghg_note,
    waste_note,
)
from parkloop.reports.forms.sheet import Values
from parkloop.reports.forms.tally import Group, Tally
from parkloop.reports.forms.trade import deliveries
from parkloop.reports.forms.wording import amount, million

__all__ = [
    "EXCHANGE_TOTAL",
    "MEASURE_TOTAL",
    "baseline_electricity",
    "fill_exchanges",
    "fill_measures",
]

ENERGY_SYSTEM, ENERGY_SYSTEM_TYPE = "int-env-p1", "energy-management"
MEASURE_TOTAL = (
    "III.1.2.6",
    "III.1.3.3",
    "III.1.3.5",
    "III.1.3.9",
    "III.1.3.11",
    "III.1.3.13",
    "III.1.3.15",
)
EXCHANGE_TOTAL = (
    "III.3.5",
    "III.3.10",
    "III.3.12",
    "III.3.14",
    "III.3.16",
    "III.3.18",
    "III.3.20",
    "III.3.24",
)
EXCHANGE_TOTAL_ID = "III.3.25"
NO_LINE = (Group.PREVENTION, Group.ENERGY_RECOVERY, Group.SECONDARY, Group.BY_PRODUCT, Group.OTHER)


def fill_measures(values: Values) -> None:
    """III.1.2 and III.1.3: savings of the measures running on 31 December of N-1."""
    filing = values.filing
    saved = filing.tally("measure")
    none, ids = values.none, {s.id for s in filing.measures}
    _energy_system(values)
    fill_power(saved, ("III.1.2.3", "III.1.2.5", "III.1.2.6"), values)
    _level("III.1.2.4", "III.1.2.3", saved, filing.measures, values)
    values.put("III.1.2.7", benefits(filing, ids) or none)
    _fuel_text("III.1.2.8", saved, values)
    note = "; ".join(part for part in (ghg_note(saved, values), _doubts("measure", values)) if part)
    values.add_up("III.1.3.1", saved.of("ghg"), note)
    fill_lines(saved, MEASURE_LINES, values, park=True)
    values.annotate("III.1.3.8", waste_note(saved, values))
    _total("III.1.3.16", MEASURE_TOTAL, saved, values)


def fill_exchanges(values: Values) -> None:
    """III.3: savings of the exchanges, each once, both partners where both are in the park."""
    filing = values.filing
    saved = filing.tally("exchange")
    none, ids = values.none, {s.id for s in filing.exchanges}
    fill_power(saved, ("III.3.2", "III.3.4", "III.3.5"), values)
    _level("III.3.3", "III.3.2", saved, filing.exchanges, values)
    values.put("III.3.6", benefits(filing, ids) or none)
    _fuel_text("III.3.7", saved, values)
    note = "; ".join(part for part in (ghg_note(saved, values), _doubts("exchange", values)) if part)
    values.add_up("III.3.8", saved.of("ghg"), note)
    fill_lines(saved, EXCHANGE_LINES, values, park=True)
    values.annotate("III.3.13", waste_note(saved, values))
    values.annotate("III.3.17", _secondary(saved, values))
    values.annotate("III.3.18", values.say("forms.in_taken_material"))
    _material(saved, values)
    _total(EXCHANGE_TOTAL_ID, EXCHANGE_TOTAL, saved, values)
    services = [s for s in filing.exchanges if s.exchange and s.exchange.kind == "joint_service"]
    titles = [f"{s.title(values.lang)} ({_names(s, values)})" for s in services]
    values.put("III.3.26", "; ".join(titles) or none, figures=_ids(services))
    values.add_up("III.3.27", saved.of("money", Group.SERVICE), values.say("forms.service_alone"))
    values.put("III.3.28", "; ".join(s.note for s in filing.exchanges if s.note) or none)
    if not filing.exchanges:
        for field_id in [key for key in values.found if key.startswith("III.3.")]:
            values.annotate(field_id, values.say("forms.no_exchange"))


def _material(saved: Tally, values: Values) -> None:
    """Material that changed hands: tonnes from the flows of both sides, money once."""
    inside = values.filing.inside
    moved = deliveries(values.filing)
    taken = tuple(p for d in moved if d.receiver_id in inside for p in d.taken_by)
    given = tuple(p for d in moved if d.donor_id in inside for p in d.given_by)
    doubt = ", ".join(d.solution_id for d in moved if d.one_sided)
    values.add_up("III.3.19", taken, values.say("forms.one_sided", ids=doubt) if doubt else "")
    values.add_up("III.3.20", saved.of("money", Group.TAKEN), values.say("forms.purchase_less_price"))
    values.add_up("III.3.21", given)
    values.add_up("III.3.22", saved.of("money", Group.INCOME), values.say("forms.income_apart"))


def _energy_system(values: Values) -> None:
    """Systems named in the answer of the park, and the enterprises that put one in."""
    filing = values.filing
    systems = [s for s in filing.measures if s.type_id == ENERGY_SYSTEM_TYPE]
    holders = sorted({filing.name(p) for s in systems for p in s.participant_ids})
    answer = answer_of(filing, filing.result.park.id, ENERGY_SYSTEM)
    stated = answer.text if answer is not None and answer.value is True else ""
    note = values.say("forms.from_answer", criterion=ENERGY_SYSTEM) if stated else ""
    figures = _ids(systems) + ((f"answer/{answer.id}/text",) if answer is not None and stated else ())
    values.put(
        "III.1.2.1",
        "; ".join(part for part in (stated, ", ".join(holders)) if part) or values.none,
        note,
        figures,
    )


def baseline_electricity(solutions: tuple[Solution, ...], values: Values) -> tuple[float, tuple[str, ...]]:
    """Baseline electricity of the participants concerned [kWh/a], and those whose use nobody knows.

    An entered baseline goes before the use of the data year.
    """
    result = values.filing.result
    entered = {}
    for item in sorted(result.ledger.baselines, key=lambda b: b.period.end):
        if item.resource_id == "electricity" and item.period.end.year <= values.filing.data_year:
            entered[item.participant_id] = item.amount / max(item.period.coverage_fraction, 1e-6)
    total, unknown = 0.0, []
    for member in sorted({p for s in solutions for p in s.participant_ids}):
        graph = result.graphs.get(member)
        node = graph.supply("electricity") if graph is not None else None
        if member in entered:
            total += entered[member]
        elif node is not None:
            total += node.amount
        else:
            unknown.append(member)
    return total, tuple(unknown)


def _level(field_id: str, kwh_id: str, saved: Tally, solutions: tuple[Solution, ...], values: Values) -> None:
    """Electricity saved as percent of the base, with the base printed."""
    base, unknown = baseline_electricity(solutions, values)
    parts = saved.of("amount", Group.ELECTRICITY)
    if not solutions:
        values.put(field_id, 0.0, values.say("forms.nothing_runs"))
        return
    if base <= 0:
        values.put(field_id, None, reason=values.say("forms.no_base"))
        return
    kwh = sum(part.value for part in parts)
    notes = [values.say("forms.base_kwh", saved=amount(kwh), base=amount(base))]
    if unknown:
        notes.append(
            values.say("forms.base_unknown", names=", ".join(values.filing.name(p) for p in unknown))
        )
    values.calculate(field_id, round(100 * kwh / base, 2), "; ".join(notes), (kwh_id,))


def _fuel_text(field_id: str, saved: Tally, values: Values) -> None:
    """All fuels as text; their energy and the money the form has no field for in the note."""
    text, energy = fuels(saved, values.filing)
    money = values.say("forms.fuel_money", money=amount(million(saved.money(Group.FUEL)), 3))
    note = "; ".join(part for part in (energy, money) if part)
    figures = tuple(dict.fromkeys(part.figure_id for part in saved.of("amount", Group.FUEL)))
    values.put(field_id, text or values.none, note if text else "", figures)


def _total(field_id: str, parts: tuple[str, ...], saved: Tally, values: Values) -> None:
    """The portal's total of printed lines; beside it the full total and what the portal leaves out."""
    total = round(sum(values.number(part) for part in parts), 3) + 0.0

    def of(*groups: Group) -> str:
        return amount(million(saved.money(*groups)), 3)

    exchanges = field_id == EXCHANGE_TOTAL_ID
    other = NO_LINE if exchanges else (*NO_LINE, Group.SALES)
    full = total + million(saved.money(Group.FUEL, Group.HEAT, Group.SERVICE, *other))
    words = {"fuel": of(Group.FUEL), "heat": of(Group.HEAT), "other": of(*other)}
    note = values.say("forms.full_total", total=amount(full, 3), **words)
    if exchanges:
        words = {
            "services": of(Group.SERVICE),
            "income": of(Group.INCOME, Group.INCOME_OTHER),
            "lost": of(Group.SALES),
        }
        note = f"{note}; {values.say('forms.full_exchange', **words)}"
    if saved.money(Group.COST):
        note = f"{note}; {values.say('forms.running_cost', cost=of(Group.COST))}"
    values.calculate(field_id, total, note, parts)


def _secondary(saved: Tally, values: Values) -> str:
    """Bought scrap that an exchange replaces is no primary material; it is named, not added."""
    tonnes = {
        r: t
        for r, t in saved.by_resource(Group.SECONDARY).items()
        if values.filing.result.resources[r].family is Family.WASTE
    }
    if not tonnes:
        return ""
    return values.say("forms.secondary", amount=amount(sum(tonnes.values()), 2))


def _doubts(kind: str, values: Values) -> str:
    """Solutions whose date nobody knows, those that are not in the sums, and what falls outside the park."""
    filing = values.filing
    notes = []
    undated = filing.undated(kind)
    if undated:
        notes.append(values.say("forms.undated_running", count=len(undated)))
    skipped = [s for s in filing.skipped if filing.solutions[s].kind == kind]
    if skipped:
        notes.append(values.say("forms.skipped", ids=", ".join(skipped)))
    beyond = filing.beyond(kind)
    outside = sorted({part.participant_id for part in beyond.parts})
    if outside:
        names = ", ".join(filing.name(p) for p in outside)
        words = {"ghg": amount(beyond.ghg(), 2), "money": amount(million(beyond.money()), 3)}
        notes.append(values.say("forms.outside_part", names=names, **words))
    return "; ".join(notes)


def _names(solution: Solution, values: Values) -> str:
    return ", ".join(values.filing.name(p) for p in solution.participant_ids)


def _ids(solutions: list[Solution]) -> tuple[str, ...]:
    return tuple(f"solution/{s.id}" for s in solutions)
