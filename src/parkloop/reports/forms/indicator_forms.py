"""Forms A.5 and B.5: the indicators of the park, and the shares over its enterprises."""

from parkloop import reference
from parkloop.model import Answer, Direction, Family, Fate, Participant
from parkloop.reports.forms.answers import answer_of
from parkloop.reports.forms.filing import Filing
from parkloop.reports.forms.sheet import Values
from parkloop.reports.forms.wording import amount, listed

__all__ = ["GROUPS", "coverage", "fill_a5", "fill_b5", "thresholds", "wastewater"]

LARGE = ("SOC.1", "SOC.4")
LARGE_WORKERS = 100
REUSED = (Fate.REUSED, Fate.RECYCLED, Fate.EXCHANGED)
NEW_PARK, MONITORING, GENDER = "PM.4", "ENV.5", "SOC.4"
GROUPS = ("materials", "water", "energy", "chemicals", "waste", "scrap")
SCRAP = "scrap"


def thresholds() -> dict[str, float]:
    """The least values the fields of B.5 accept [%], by field."""
    return {row.id: row.threshold for row in reference.form_rows("B.5") if row.threshold is not None}


def fill_a5(values: Values) -> None:
    """Fill the 18 indicators of the park."""
    filing = values.filing
    figures = tuple(f"solution/{s.id}" for s in filing.exchanges)
    values.put("ENV.1", len(filing.exchanges), values.say("forms.network_meaning"), figures)
    _reuse(values)
    for row in reference.form_rows("A.5"):
        if row.type == "yes/no":
            _yes_no(row.id, answer_of(filing, filing.result.park.id, f"vn-{row.id}"), values)


def wastewater(filing: Filing) -> tuple[float, float, tuple[str, ...]]:
    """Industrial wastewater of the enterprises in N-1 and what of it is reused [m3], with the figure ids."""
    members = {p.id for p in filing.enterprises}
    resources = filing.result.resources
    flows = [
        f
        for f in filing.result.ledger.flows
        if f.participant_id in members
        and f.direction is Direction.OUT
        and "wastewater" in (f.resource_id, resources[f.resource_id].parent)
        and f.period.start.year == filing.data_year
    ]
    made = sum(f.amount.value for f in flows)
    reused = sum(f.amount.value for f in flows if f.fate in REUSED)
    return made, reused, tuple(f"flow/{f.id}/amount" for f in flows)


def _reuse(values: Values) -> None:
    made, reused, figures = wastewater(values.filing)
    if made <= 0:
        values.put("ENV.3", None, reason=values.say("forms.no_wastewater", year=values.filing.data_year))
        return
    note = values.say("forms.fraction", part=f"{amount(reused)} m3", whole=f"{amount(made)} m3")
    values.put("ENV.3", round(100 * reused / made, 2), note, figures)


def _yes_no(field_id: str, answer: Answer | None, values: Values) -> None:
    filing = values.filing
    operating = filing.result.park.phase == "operating"
    if answer is None or (answer.value is None and not answer.not_applicable):
        key = "forms.new_parks_only" if field_id == NEW_PARK and operating else "forms.no_answer"
        values.put(field_id, None, reason=values.say(key, criterion=f"vn-{field_id}"))
        return
    figures = (f"answer/{answer.id}/value",)
    if answer.not_applicable:
        # what the ledger itself concludes is in English only
        own = values.say("forms.new_parks_only") if field_id == NEW_PARK else ""
        why = own if answer.computed else answer.reason
        values.put(field_id, None, reason=values.say("forms.not_applicable", reason=why), figures=figures)
        return
    notes = [answer.text] if answer.text and not answer.computed else []
    if answer.year < filing.data_year:
        notes.append(values.say("forms.older_answer", year=answer.year))
    if answer.partly:
        notes.append(values.say("forms.partly"))
    if answer.value is True and not answer.evidence and not answer.computed:
        notes.append(values.say("forms.no_evidence"))
    if field_id == MONITORING:
        notes.append(_monitored(values))
    values.put(field_id, bool(answer.value), "; ".join(notes), figures)


def coverage(filing: Filing) -> dict[str, int]:
    """Enterprises with flows or bills of N-1 in each of the six groups that ENV.5 names."""
    members = {p.id for p in filing.enterprises}
    seen: dict[str, set[str]] = {group: set() for group in GROUPS}
    records = [(f.participant_id, f.resource_id, f.period.start.year) for f in filing.result.ledger.flows]
    records += [(b.participant_id, b.resource_id, b.period.start.year) for b in filing.result.ledger.bills]
    for participant_id, resource_id, year in records:
        if participant_id in members and year == filing.data_year:
            seen[_group(resource_id, filing)].add(participant_id)
    return {group: len(found) for group, found in seen.items()}


def _group(resource_id: str, filing: Filing) -> str:
    family = filing.result.resources[resource_id].family
    if family is Family.WASTE:
        return SCRAP if SCRAP in resource_id else "waste"
    groups = {
        Family.WATER: "water",
        Family.CHEMICAL: "chemicals",
        Family.ELECTRICITY: "energy",
        Family.FUEL: "energy",
        Family.HEAT: "energy",
    }
    return groups.get(family, "materials")


def _monitored(values: Values) -> str:
    whole = len(values.filing.enterprises)
    parts = [
        f"{values.say(f'forms.group.{group}')} {count}/{whole}"
        for group, count in coverage(values.filing).items()
    ]
    return values.say("forms.monitored", groups=", ".join(parts))


def fill_b5(values: Values) -> None:
    """Fill the five shares over the enterprises of the park; true values, marked when below a threshold."""
    filing = values.filing
    members = filing.enterprises
    with_measures = {p for s in filing.measures for p in s.participant_ids}
    figures = tuple(f"solution/{s.id}" for s in filing.measures)
    _share("ENV.2", [m.id in with_measures for m in members], [], figures, values)
    for field_id in ("SOC.1", "SOC.2", "SOC.4", "SOC.6"):
        concerned = _concerned(field_id, members)
        answers = [answer_of(filing, m.id, f"vn-{field_id}") for m in concerned]
        figures = tuple(f"answer/{a.id}/value" for a in answers if a is not None)
        yes = [a is not None and a.value is True for a in answers]
        _share(field_id, yes, _remarks(field_id, members, concerned, answers, values), figures, values)


def _remarks(
    field_id: str,
    members: tuple[Participant, ...],
    concerned: tuple[Participant, ...],
    answers: list[Answer | None],
    values: Values,
) -> list[str]:
    """Who gave no answer, whose workers are unknown, and the workers by gender."""
    notes = []
    silent = [m.name for m, a in zip(concerned, answers, strict=True) if a is None]
    if silent:
        notes.append(values.say("forms.silent", count=len(silent), names=listed(silent, 6)))
    unknown = [m.name for m in members if m.employees is None] if field_id in LARGE else []
    if unknown:
        notes.append(values.say("forms.workers_unknown", count=len(unknown), names=listed(unknown, 6)))
    if field_id == GENDER:
        women = sum(m.employees_women or 0 for m in concerned)
        workers = sum(m.employees or 0 for m in concerned if m.employees_women is not None)
        notes.append(values.say("forms.women", women=amount(women), workers=amount(workers)))
    return notes


def _concerned(field_id: str, members: tuple[Participant, ...]) -> tuple[Participant, ...]:
    if field_id not in LARGE:
        return members
    return tuple(m for m in members if m.employees is not None and m.employees > LARGE_WORKERS)


def _share(
    field_id: str, yes: list[bool], remarks: list[str], figures: tuple[str, ...], values: Values
) -> None:
    if not yes:
        reason = "; ".join([values.say("forms.nobody_concerned"), *remarks[:1]])
        values.put(field_id, None, reason=reason)
        return
    percent = round(100 * sum(yes) / len(yes), 2)
    base = "forms.fraction_large" if field_id in LARGE else "forms.fraction_members"
    notes = [values.say(base, part=sum(yes), whole=len(yes))]
    least = thresholds()[field_id]
    if percent < least:
        notes.append(values.say("forms.below_threshold", threshold=f"{least:g}"))
    values.put(field_id, percent, "; ".join(notes + remarks), figures)
