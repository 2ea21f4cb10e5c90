"""Form B.4: the yearly monitoring report of one enterprise."""

from parkloop import reference
from parkloop.model import ExchangeKind, Participant, Solution
from parkloop.reports.forms.identity import fill_enterprise
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
from parkloop.reports.forms.networks import KIND_FIELDS, agreed, kinds_of, partners_of, support_for
from parkloop.reports.forms.products import fill_products
from parkloop.reports.forms.sheet import Values
from parkloop.reports.forms.tally import Group, Tally
from parkloop.reports.forms.trade import Delivery
from parkloop.reports.forms.wording import amount, day

__all__ = ["fill_b4"]


def fill_b4(member: Participant, moved: tuple[Delivery, ...], values: Values) -> None:
    """Fill B.4 of `member`; `moved` are the deliveries of all exchanges of the park."""
    filing = values.filing
    fill_enterprise(member, values)
    fill_products(member, values)
    mine = tuple(s for s in filing.measures if member.id in s.participant_ids)
    _measures(mine, filing.tally("measure", member.id), values)
    shared = tuple(s for s in filing.exchanges if member.id in s.participant_ids)
    _links(member, shared, values)
    _exchanges(shared, filing.tally("exchange", member.id), values)
    _material(member, moved, filing.tally("exchange", member.id), values)
    if not shared:
        for field_id in [key for key in values.found if key.startswith("P4.")]:
            values.annotate(field_id, values.say("forms.no_exchange"))


def _ids(solutions: tuple[Solution, ...]) -> tuple[str, ...]:
    return tuple(f"solution/{s.id}" for s in solutions)


def _measures(mine: tuple[Solution, ...], saved: Tally, values: Values) -> None:
    filing, none = values.filing, values.none
    values.put("P3.1", "; ".join(s.title(values.lang) for s in mine) or none, figures=_ids(mine))
    fill_power(saved, ("P3.2", "P3.3", "P3.4"), values)
    values.put("P3.5", benefits(filing, _behind(saved, Group.ELECTRICITY)) or none)
    _main_fuel(saved, values)
    values.add_up("P3.7", saved.of("ghg", Group.FUEL))
    values.add_up("P3.8", saved.of("money", Group.FUEL))
    values.put("P3.9", benefits(filing, _behind(saved, Group.FUEL)) or none)
    values.add_up("P3.10", saved.of("ghg"), ghg_note(saved, values))
    fill_lines(saved, MEASURE_LINES, values, park=False)
    values.annotate("P3.15", waste_note(saved, values))
    _waste_total("P3.16a", ("P3.15", "P3.17"), values)


def _behind(saved: Tally, group: Group) -> set[str]:
    """Solutions that save on a line."""
    return {part.solution_id for part in saved.of("amount", group)}


def _main_fuel(saved: Tally, values: Values) -> None:
    """One number and one unit: the fuel with the most energy; all of them in the note."""
    resources = values.filing.result.resources
    sums = saved.by_resource(Group.FUEL)
    if not sums:
        values.choose("P3.6", 0.0, "t", values.none, ())
        return

    def energy(resource_id: str) -> float:
        return abs(sums[resource_id]) * (resources[resource_id].ncv_gj_per_unit or 1.0)

    main = max(sorted(sums), key=energy)
    text, kwh = fuels(saved, values.filing)
    note = "; ".join(part for part in (text, kwh) if part)
    figures = tuple(
        dict.fromkeys(p.figure_id for p in saved.of("amount", Group.FUEL) if p.resource_id == main)
    )
    values.choose("P3.6", sums[main], resources[main].unit, note, figures)


def _waste_total(field_id: str, parts: tuple[str, str], values: Values) -> None:
    """The waste total is the sum of its printed parts."""
    values.calculate(field_id, round(sum(values.number(part) for part in parts), 2), "", parts)


def _links(member: Participant, shared: tuple[Solution, ...], values: Values) -> None:
    filing, none = values.filing, values.none
    last = values.say("forms.cut_off", day=day(filing.last_day))
    values.put("P4.1", len(shared), last, _ids(shared))
    labels = {row.id: row.label(values.lang) for row in reference.form_rows("A.4")}
    kinds = kinds_of(filing, shared)
    named = tuple(labels[KIND_FIELDS[kind]] for kind, members in kinds.items() if members)
    values.put("P4.2", named or (none,), figures=_ids(shared))
    signed = agreed(filing, shared)
    bare = [s.id for s in shared if s not in signed]
    note = values.say("forms.without_agreement", ids=", ".join(bare)) if bare else ""
    partners = partners_of(filing, signed, member.id)
    plants = values.say("forms.own_plants", names=", ".join(partners.utilities)) if partners.utilities else ""
    values.put("P4.3", partners.enterprises or (none,), "; ".join(p for p in (note, plants) if p))
    values.put("P4.4", "; ".join(partners.elsewhere + partners.cities) or none, note)
    values.put("P4.5", "; ".join(support_for(filing, shared) if shared else []) or none)


def _exchanges(shared: tuple[Solution, ...], saved: Tally, values: Values) -> None:
    filing, none = values.filing, values.none
    fill_power(saved, ("P4.6", "P4.7", "P4.8"), values)
    values.put("P4.9", benefits(filing, _behind(saved, Group.ELECTRICITY)) or none)
    text, energy = fuels(saved, filing)
    values.put("P4.10", text or none, energy)
    values.add_up("P4.11", saved.of("ghg", Group.FUEL))
    values.add_up("P4.12", saved.of("money", Group.FUEL))
    values.put("P4.13", benefits(filing, _behind(saved, Group.FUEL)) or none)
    values.add_up("P4.14", saved.of("ghg"), ghg_note(saved, values))
    fill_lines(saved, EXCHANGE_LINES, values, park=False)
    values.annotate("P4.20", waste_note(saved, values))
    _waste_total("P4.19", ("P4.20", "P4.22"), values)
    values.annotate("P4.25", values.say("forms.in_taken_material"))
    services = [s for s in shared if s.exchange and s.exchange.kind is ExchangeKind.JOINT_SERVICE]
    values.put("P4.32", "; ".join(s.title(values.lang) for s in services) or none)
    values.add_up("P4.33", saved.of("money", Group.SERVICE), values.say("forms.service_alone"))


def _material(member: Participant, moved: tuple[Delivery, ...], saved: Tally, values: Values) -> None:
    """Secondary material taken and given by this enterprise, and the money of it."""
    taken = tuple(p for d in moved if d.receiver_id == member.id for p in d.taken_by)
    given = tuple(p for d in moved if d.donor_id == member.id for p in d.given_by)
    values.add_up("P4.26", taken)
    values.add_up("P4.27", saved.of("money", Group.TAKEN), values.say("forms.purchase_less_price"))
    tonnes = sum(part.value for part in given)
    figures = tuple(dict.fromkeys(part.figure_id for part in given))
    values.put("P4.28", f"{amount(tonnes, 2)} {values.say('forms.tonnes')}", figures=figures)
    values.add_up("P4.29", saved.of("money", Group.INCOME), values.say("forms.income_apart"))
