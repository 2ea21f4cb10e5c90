"""Form A.4, parts I to III.1.1: the park, its land, its compliance and how far RECP has come."""

from collections.abc import Iterable
from datetime import date

from parkloop.model import Inspection, ParticipantKind, Solution
from parkloop.reports.forms.answers import answer_of
from parkloop.reports.forms.filing import still_here
from parkloop.reports.forms.identity import fill_investor
from parkloop.reports.forms.life import effective_date, planned, running, started_in
from parkloop.reports.forms.networks import fill_networks
from parkloop.reports.forms.park_results import fill_exchanges, fill_measures
from parkloop.reports.forms.sheet import Values
from parkloop.reports.forms.wording import amount, day

__all__ = ["LAND", "fill_a4"]

LAND = {
    "I.2.5.2": "green",
    "I.2.5.4": "transport",
    "I.2.5.6": "technical_infrastructure",
    "I.2.5.8": "social_infrastructure",
}
SHARE_OF = {"I.2.5.2": "I.2.5.3", "I.2.5.4": "I.2.5.5", "I.2.5.6": "I.2.5.7", "I.2.5.8": "I.2.5.9"}
SOCIAL = "vn35-37-3b"
LOOK_BACK_A = 3


def fill_a4(values: Values) -> None:
    """Fill every field of A.4."""
    fill_investor(values)
    _land(values)
    _facilities(values)
    _compliance(values)
    _uptake(values)
    fill_measures(values)
    fill_networks(values)
    fill_exchanges(values)


def _land(values: Values) -> None:
    park = values.filing.result.park
    figures = (f"park/{park.id}/land_use",)
    area: dict[str, float] = {}
    for item in park.land_use:
        area[item.land_class] = area.get(item.land_class, 0.0) + item.area_ha
    total = park.area_ha
    values.put("I.2.5.1", round(total, 2) if total > 0 else None, figures=figures)
    for field_id, land_class in LAND.items():
        if land_class not in area:
            reason = values.say("forms.land_missing", land=values.word("land_classes", land_class))
            values.put(field_id, None, reason=reason)
            values.put(SHARE_OF[field_id], None, reason=reason)
            continue
        values.put(field_id, round(area[land_class], 2), figures=figures)
        if total <= 0:
            values.put(SHARE_OF[field_id], None, reason=values.say("forms.no_land"))
            continue
        note = f"{amount(area[land_class], 2)} / {amount(total, 2)} ha"
        percent = round(100 * area[land_class] / total, 2)
        values.calculate(SHARE_OF[field_id], percent, note, (field_id, "I.2.5.1"))


def _facilities(values: Values) -> None:
    """Worker housing and amenities: as entered for the park, else the answer to the criterion."""
    park = values.filing.result.park
    answer = answer_of(values.filing, park.id, SOCIAL)
    for field_id, name in (("I.2.6.1", "worker_housing"), ("I.2.6.2", "public_services")):
        given = getattr(park, name)
        if given or answer is None or not answer.text:
            values.put(field_id, given, figures=(f"park/{park.id}/{name}",))
        else:
            note = values.say("forms.from_answer", criterion=SOCIAL)
            values.put(field_id, answer.text, note, (f"answer/{answer.id}/text",))


def _compliance(values: Values) -> None:
    """Inspections of the last three years by field of law, and every finding that is still open."""
    filing = values.filing
    subjects = {filing.result.park.id} | {
        p.id for p in filing.result.ledger.participants if p.kind is ParticipantKind.UTILITY
    }
    first = date(filing.year - LOOK_BACK_A, 1, 1)
    seen = [
        item
        for item in filing.result.ledger.inspections
        if item.subject_id in subjects
        and item.on <= filing.last_day
        and (item.on >= first or (item.breach and item.closed_on is None))
    ]
    if not seen:
        values.put("II.1", None, reason=values.say("forms.no_inspections"))
        return
    lines = [line for law in sorted({i.law for i in seen}) for line in _law(law, seen, values)]
    values.put("II.1", "; ".join(lines), figures=tuple(f"inspection/{i.id}/finding" for i in seen))


def _law(law: str, seen: list[Inspection], values: Values) -> list[str]:
    """One line a breach of a field of law; "no breach" only where inspections of that field are on record."""
    of_law = [item for item in seen if item.law == law]
    name = values.word("laws", law)
    breaches = [item for item in of_law if item.breach]
    if not breaches:
        return [values.say("forms.law_clean", law=name, count=len(of_law))]
    lines = []
    for item in breaches:
        closed = item.closed_on
        state = values.say("forms.closed", day=day(closed)) if closed else values.say("forms.open")
        lines.append(
            values.say("forms.law_breach", law=name, day=day(item.on), finding=item.finding, state=state)
        )
    return lines


def _uptake(values: Values) -> None:
    filing = values.filing
    known = tuple(s for s in filing.result.solutions if s.kind == "measure")
    before = tuple(
        s for s in running(known, "measure", date(filing.year - 2, 12, 31)) if still_here(s, filing.result)
    )
    new = started_in(filing.measures, filing.data_year)
    coming = planned(known, "measure", filing.last_day, date(filing.year + 3, 12, 31))
    ahead = tuple(s for s in coming.dated + coming.undated if still_here(s, filing.result))
    _enterprises("III.1.1.1", before, "", values)
    values.put("III.1.1.2", len(before), _undated(before, values), _ids(before))
    _enterprises("III.1.1.3", new, "", values)
    values.put("III.1.1.4", len(new), figures=_ids(new))
    notes = []
    if coming.undated:
        notes.append(values.say("forms.undated_planned", count=len(coming.undated)))
    if coming.overdue:
        ids = ", ".join(s.id for s in coming.overdue)
        notes.append(values.say("forms.overdue", count=len(coming.overdue), ids=ids))
    _enterprises("III.1.1.5", ahead, "; ".join(notes), values)


def _enterprises(field_id: str, solutions: tuple[Solution, ...], note: str, values: Values) -> None:
    """Distinct enterprises in operation behind solutions, named in the note."""
    wanted = {member for solution in solutions for member in solution.participant_ids}
    members = [p for p in values.filing.enterprises if p.id in wanted]
    names = ", ".join(p.name for p in members)
    figures = tuple(f"participant/{p.id}/name" for p in members)
    values.put(
        field_id, len(members), "; ".join(part for part in (names, note) if part), figures + _ids(solutions)
    )


def _undated(solutions: Iterable[Solution], values: Values) -> str:
    count = sum(effective_date(solution) is None for solution in solutions)
    return values.say("forms.undated_running", count=count) if count else ""


def _ids(solutions: Iterable[Solution]) -> tuple[str, ...]:
    return tuple(f"solution/{s.id}" for s in solutions)
