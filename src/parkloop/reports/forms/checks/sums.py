"""Checks of sums: B.4 against A.4, waste totals, and that nothing counts twice."""

from dataclasses import dataclass

from parkloop.model import FormCheck
from parkloop.reports.forms.checks.seen import Seen, verdict
from parkloop.reports.forms.lines import EXCHANGE_LINES, MEASURE_LINES, Line
from parkloop.reports.forms.tally import Group
from parkloop.reports.forms.trade import deliveries
from parkloop.reports.forms.wording import amount

__all__ = ["exchanges", "measures", "nothing_twice", "waste_totals"]

TOLERANCE = 0.005
WASTE_T = 0.01
POWER = {
    "measure": Line(Group.ELECTRICITY, "III.1.2.3", "III.1.2.6", "P3.2", "P3.4"),
    "exchange": Line(Group.ELECTRICITY, "III.3.2", "III.3.5", "P4.6", "P4.8"),
}
GHG = {
    "measure": (("III.1.2.5", "P3.3", (Group.ELECTRICITY,)), ("III.1.3.1", "P3.10", ())),
    "exchange": (("III.3.4", "P4.7", (Group.ELECTRICITY,)), ("III.3.8", "P4.14", ())),
}
MONEY_ONLY = (
    ("III.3.20", "P4.27", Group.TAKEN),
    ("III.3.22", "P4.29", Group.INCOME),
    ("III.3.27", "P4.33", Group.SERVICE),
)


@dataclass(frozen=True, slots=True)
class _Pair:
    """A field of A.4, its field of B.4, and what those who file no B.4 have of it."""

    park_id: str
    field_id: str
    others: float


def waste_totals(seen: Seen) -> FormCheck:
    """X11: the waste total of B.4 is reuse plus recycling."""
    bad = []
    for subject, fields in seen.b4():
        for whole, parts in (("P3.16a", ("P3.15", "P3.17")), ("P4.19", ("P4.20", "P4.22"))):
            added = sum(seen.number(fields, part) or 0.0 for part in parts)
            if abs(added - (seen.number(fields, whole) or 0.0)) > WASTE_T:
                bad.append(f"{subject} {whole}")
    return verdict("X11", not bad, bad or seen.say("forms_agree", count=len(seen.enterprises)), "B.4")


def measures(seen: Seen) -> FormCheck:
    """X12: part III of all B.4 and those who file none make the lines III.1 of A.4."""
    return _adds("X12", "measure", MEASURE_LINES, seen)


def exchanges(seen: Seen) -> FormCheck:
    """X13: part IV of all B.4 and those who file none make the lines III.3 of A.4, each exchange once."""
    return _adds("X13", "exchange", EXCHANGE_LINES, seen)


def _adds(id_: str, kind: str, lines: tuple[Line, ...], seen: Seen) -> FormCheck:
    filers = {form.subject_id for form in seen.enterprises}
    concerned = {part.participant_id for part in seen.filing.tally(kind).parts}
    others = tuple(sorted(concerned - filers))
    pairs = _pairs(kind, lines, others, seen)
    bad = []
    for pair in pairs:
        whole = seen.a4(pair.park_id) or 0.0
        parts = sum(seen.number(fields, pair.field_id) or 0.0 for _, fields in seen.b4()) + pair.others
        # every printed part may be off by half its last digit
        slack = TOLERANCE * max(abs(whole), abs(parts)) + 0.005 * (len(filers) + 2)
        if abs(whole - parts) > slack:
            bad.append(f"{pair.park_id} {amount(whole, 2)}, {pair.field_id} {amount(parts, 2)}")
    silent = ", ".join(seen.filing.name(one) for one in others) or "–"
    detail = seen.say("adds_up", lines=len(pairs), filers=len(filers), silent=silent)
    return verdict(id_, not bad, [*bad, detail] if bad else detail, "A.4 B.4")


def _pairs(kind: str, lines: tuple[Line, ...], others: tuple[str, ...], seen: Seen) -> list[_Pair]:
    rest = seen.filing.tally(kind).at(*others)
    found = []
    for line in (POWER[kind], *lines):
        found.append(_Pair(line.a4_amount, line.b4_amount, rest.amount(line.group)))
        found.append(_Pair(line.a4_money, line.b4_money, rest.money(line.group) / 1e6))
    for park_id, field_id, groups in GHG[kind]:
        found.append(_Pair(park_id, field_id, rest.ghg(*groups)))
    if kind == "exchange":
        for park_id, field_id, group in MONEY_ONLY:
            found.append(_Pair(park_id, field_id, rest.money(group) / 1e6))
        inside = set(others) & seen.filing.inside
        taken = sum(d.taken_t for d in deliveries(seen.filing) if d.receiver_id in inside)
        found.append(_Pair("III.3.19", "P4.26", taken))
    return found


def nothing_twice(seen: Seen) -> FormCheck:
    """X16: no id in both kinds, every counted solution has its share, and its parts are that share."""
    filing = seen.filing
    both = {s.id for s in filing.measures} & {s.id for s in filing.exchanges}
    bad = [seen.say("in_both", id=one) for one in sorted(both)]
    bad += [seen.say("no_share", id=one) for one in sorted(filing.skipped)]
    shares = {share.solution_id: share for share in seen.result.portfolio.shares}
    sums: dict[str, float] = {}
    kinds = ("measure", "exchange")
    whole = [
        part
        for kind in kinds
        for tally in (filing.tally(kind), filing.beyond(kind))
        for part in tally.of("amount")
    ]
    for part in whole:
        full = part.value / part.fraction if part.fraction else 0.0
        sums[part.solution_id] = sums.get(part.solution_id, 0.0) + full
    for solution_id, total in sums.items():
        own = -sum(line.amount.best for line in shares[solution_id].physical)
        if abs(own - total) > 1e-6 * max(abs(own), 1.0) and total:
            bad.append(seen.say("not_its_share", id=solution_id))
    gap = _gap(seen, set(sums))
    return verdict(
        "X16", not bad, bad or seen.say("nothing_twice", count=len(sums), gap=amount(gap)), "A.4 B.4"
    )


def _gap(seen: Seen, ids: set[str]) -> float:
    """Electricity that the stand-alone cases of the counted solutions would count twice [kWh/a]."""
    alone = joint = 0.0
    for share in seen.result.portfolio.shares:
        if share.solution_id in ids:
            case = seen.result.cases[share.solution_id]
            alone -= sum(line.amount.best for line in case.physical if line.resource_id == "electricity")
            joint -= sum(line.amount.best for line in share.physical if line.resource_id == "electricity")
    return alone - joint
