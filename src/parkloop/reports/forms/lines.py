"""Which fields of A.4 and B.4 hold which line: the same table fills and checks them."""

from dataclasses import dataclass

from parkloop.model import ParkResult
from parkloop.reports.forms.filing import Filing
from parkloop.reports.forms.sheet import Values
from parkloop.reports.forms.tally import Group, Tally
from parkloop.reports.forms.wording import amount, clip, million

__all__ = [
    "EXCHANGE_LINES",
    "MEASURE_LINES",
    "Line",
    "benefits",
    "fill_lines",
    "fill_power",
    "fuels",
    "ghg_note",
    "grid_factor",
    "waste_note",
]

KWH_PER_GJ = 1 / 0.0036


@dataclass(frozen=True, slots=True)
class Line:
    """One line: amount and money of a group in A.4 and in B.4; empty where a form has no such field."""

    group: Group
    a4_amount: str
    a4_money: str
    b4_amount: str
    b4_money: str


MEASURE_LINES = (
    Line(Group.WATER, "III.1.3.2", "III.1.3.3", "P3.11", "P3.12"),
    Line(Group.WASTEWATER, "III.1.3.4", "III.1.3.5", "P3.13", "P3.14"),
    Line(Group.REUSE, "III.1.3.8", "III.1.3.9", "P3.15", "P3.16"),
    Line(Group.RECYCLING, "III.1.3.10", "III.1.3.11", "P3.17", "P3.18"),
    Line(Group.MATERIAL, "III.1.3.12", "III.1.3.13", "P3.19", "P3.20"),
    Line(Group.CHEMICAL, "III.1.3.14", "III.1.3.15", "P3.21", "P3.22"),
)
EXCHANGE_LINES = (
    Line(Group.WATER, "III.3.9", "III.3.10", "P4.15", "P4.16"),
    Line(Group.WASTEWATER, "III.3.11", "III.3.12", "P4.17", "P4.18"),
    Line(Group.REUSE, "III.3.13", "III.3.14", "P4.20", "P4.21"),
    Line(Group.RECYCLING, "III.3.15", "III.3.16", "P4.22", "P4.23"),
    Line(Group.MATERIAL, "III.3.17", "III.3.18", "P4.24", "P4.25"),
    Line(Group.CHEMICAL, "III.3.23", "III.3.24", "P4.30", "P4.31"),
)


def fill_lines(saved: Tally, lines: tuple[Line, ...], values: Values, *, park: bool) -> None:
    """Amount and million VND of each line into its two fields."""
    for line in lines:
        amount_id, money_id = (line.a4_amount, line.a4_money) if park else (line.b4_amount, line.b4_money)
        values.add_up(amount_id, saved.of("amount", line.group))
        values.add_up(money_id, saved.of("money", line.group))


def grid_factor(result: ParkResult) -> tuple[float, str]:
    """The project grid factor closest to the data year [tCO2/kWh], and its figure id."""
    known = [
        f for f in result.factor_set.factors if f.resource_id == "electricity" and f.book.value == "project"
    ]
    if not known:
        return 0.0, ""
    best = min(known, key=lambda f: (abs(f.year - result.factor_set.year), -f.year, f.id))
    return best.value, f"reference/{best.id}"


def fill_power(saved: Tally, ids: tuple[str, str, str], values: Values) -> None:
    """Electricity: kWh, tCO2 from these kWh and the grid factor, million VND."""
    parts = saved.of("amount", Group.ELECTRICITY)
    values.add_up(ids[0], parts)
    kwh = sum(part.value for part in parts)
    factor, row = grid_factor(values.filing.result)
    if not row:
        values.put(ids[1], None, reason=values.say("forms.no_grid_factor"))
    else:
        note = f"{amount(kwh)} kWh x {factor:g} tCO2/kWh"
        values.calculate(ids[1], round(kwh * factor, 2), note, (ids[0],))
        values.rest_on(ids[1], (row,))
    values.add_up(ids[2], saved.of("money", Group.ELECTRICITY))


def fuels(saved: Tally, filing: Filing) -> tuple[str, str]:
    """All fuels saved as `amount unit fuel; ...`, and the same in kWh; empty when there is none."""
    texts, energy = [], []
    for resource_id, value in saved.by_resource(Group.FUEL).items():
        resource = filing.result.resources[resource_id]
        texts.append(f"{amount(value, 2)} {resource.unit} {resource.name(filing.lang)}")
        if resource.ncv_gj_per_unit is not None:
            kwh = value * resource.ncv_gj_per_unit * KWH_PER_GJ
            energy.append(f"{amount(kwh)} kWh {resource.name(filing.lang)}")
    return "; ".join(texts), "; ".join(energy)


def ghg_note(saved: Tally, values: Values) -> str:
    """What the total of avoided emissions consists of; the rest line by line."""
    electricity, fuel = saved.ghg(Group.ELECTRICITY), saved.ghg(Group.FUEL)
    rest: dict[str, float] = {}
    for group in Group:
        if group not in (Group.ELECTRICITY, Group.FUEL):
            for resource_id, tonnes in saved.by_resource(group, "ghg").items():
                rest[resource_id] = rest.get(resource_id, 0.0) + tonnes
    named = [
        f"{values.filing.result.resources[r].name(values.lang)} {amount(t, 2)} t"
        for r, t in rest.items()
        if abs(t) >= 0.005
    ]
    note = values.say(
        "forms.ghg_parts",
        electricity=amount(electricity, 2),
        fuel=amount(fuel, 2),
        other=amount(sum(rest.values()), 2),
    )
    return f"{note} ({clip('; '.join(named), 600)})" if named else note


def waste_note(saved: Tally, values: Values) -> str:
    """Waste kept from treatment but neither reused nor recycled: the forms have no line for it."""
    notes = []
    for group in (Group.PREVENTION, Group.ENERGY_RECOVERY):
        tonnes = saved.amount(group)
        if abs(tonnes) >= 0.005:
            money = amount(million(saved.money(group)), 3)
            notes.append(values.say(f"forms.no_line.{group.value}", amount=amount(tonnes, 2), money=money))
    return "; ".join(notes)


def benefits(filing: Filing, solution_ids: set[str]) -> str:
    """Co-benefits of solutions, each once."""
    found = []
    for solution_id in sorted(solution_ids):
        solution = filing.solutions[solution_id]
        found.append(solution.co_benefits_vi if filing.lang == "vi" else solution.co_benefits_en)
    return "; ".join(dict.fromkeys(text for text in found if text))
