"""Checks of A.5 and B.5: counts and shares, evidence behind each Yes, thresholds and denominators."""

from datetime import date

from parkloop.model import Answer, Direction, Fate, FormCheck
from parkloop.reports.forms.answers import answer_of, dated, evidence_of, numbers_in
from parkloop.reports.forms.checks.seen import Seen, verdict
from parkloop.reports.forms.indicator_forms import coverage, thresholds, wastewater
from parkloop.reports.forms.wording import amount

__all__ = [
    "below_thresholds",
    "denominators",
    "evidence",
    "new_park",
    "recp_share",
    "symbioses",
    "wastewater_share",
]

SHARE_POINT = 0.1
PLANT_TOLERANCE = 0.1
PLAN_YEARS = 7
PLANT = "wastewater_plant"
OWN_WAY = (Fate.REUSED, Fate.RECYCLED, Fate.EXCHANGED, Fate.DISCHARGED)


def symbioses(seen: Seen) -> FormCheck:
    """X17: A.5 and A.4 count the same symbioses."""
    first, second = seen.number(seen.of("A.5"), "ENV.1"), seen.a4("III.2.1.1")
    detail = f"ENV.1 {amount(first or 0)} = III.2.1.1 {amount(second or 0)}"
    return verdict("X17", first is not None and first == second, detail, "A.4 A.5")


def recp_share(seen: Seen) -> FormCheck:
    """X18: B.5 ENV.2 is the enterprises behind A.4 III.1.1.1 and III.1.1.3 over those in operation."""
    members = {p.id for p in seen.filing.enterprises}
    share = seen.number(seen.of("B.5"), "ENV.2")
    if not members or share is None:
        return verdict("X18", None, seen.say("no_enterprise"), "A.4 B.5")
    fields = seen.of("A.4")
    ids = (*fields["III.1.1.1"].figure_ids, *fields["III.1.1.3"].figure_ids)
    behind = {f.split("/")[1] for f in ids if f.startswith("participant/")}
    own = 100 * len(behind & members) / len(members)
    detail = f"{len(behind & members)} / {len(members)} = {amount(own, 2)} %; ENV.2 {amount(share, 2)} %"
    return verdict("X18", abs(own - share) <= SHARE_POINT, detail, "A.4 A.5 B.5")


def wastewater_share(seen: Seen) -> FormCheck:
    """X19: not more is reused than generated, and what is sent to the central plant arrives there."""
    made, reused, _ = wastewater(seen.filing)
    if seen.number(seen.of("A.5"), "ENV.3") is None:
        return verdict("X19", None, seen.say("no_wastewater"), "A.4 A.5")
    year, ledger = seen.filing.data_year, seen.result.ledger
    plants = {p.id for p in ledger.participants if p.utility_kind == PLANT}
    sewage = [f for f in ledger.flows if f.resource_id == "wastewater" and f.period.start.year == year]
    arrived = sum(
        f.amount.value for f in sewage if f.participant_id in plants and f.direction is Direction.IN
    )
    members = {p.id for p in seen.filing.enterprises}
    sent = sum(
        f.amount.value
        for f in sewage
        if f.participant_id in members and f.direction is Direction.OUT and f.fate not in OWN_WAY
    )
    words = {"reused": amount(reused), "made": amount(made), "sent": amount(sent), "arrived": amount(arrived)}
    if not arrived:
        detail = seen.say("wastewater_no_plant", reused=words["reused"], made=words["made"])
        return verdict("X19", reused <= made, detail, "A.4 A.5")
    close = abs(arrived - sent) <= PLANT_TOLERANCE * max(arrived, sent)
    return verdict("X19", reused <= made and close, seen.say("wastewater", **words), "A.4 A.5")


def evidence(seen: Seen) -> FormCheck:
    """X21: every Yes of A.5 has evidence, dated within the rule of its indicator."""
    bad = []
    count = 0
    for field_id, field in seen.of("A.5").items():
        if field.value is not True:
            continue
        count += 1
        answer = answer_of(seen.filing, seen.result.park.id, f"vn-{field_id}")
        fault = _fault(seen, field_id, answer) if answer is not None else seen.say("yes_without_answer")
        if fault:
            bad.append(f"{field_id}: {fault}")
    if not count:
        return verdict("X21", None, seen.say("no_yes"), "A.5")
    return verdict("X21", not bad, bad or seen.say("yes_proved", count=count), "A.5")


def _fault(seen: Seen, field_id: str, answer: Answer) -> str:
    """What is missing behind one Yes; empty when nothing is."""
    if field_id == "ENV.5":
        bare = [name for name, count in coverage(seen.filing).items() if not count]
        if bare:
            return seen.say("no_flows", groups=", ".join(bare))
    if not answer.evidence:
        return "" if answer.computed else seen.say("no_evidence")
    rules = {"ENV.6": _published, "PM.2": _plan, "SOC.7": _budget, "ECO.6": _covers}
    return rules[field_id](seen, answer) if field_id in rules else ""


def _days(seen: Seen, answer: Answer) -> list[date]:
    return [day for item in evidence_of(seen.filing, answer.evidence) if (day := dated(item)) is not None]


def _published(seen: Seen, answer: Answer) -> str:
    """A sustainability report of N-1 comes out in N-1 or N."""
    year = seen.filing.data_year
    if answer.year != year:
        return seen.say("report_of", year=answer.year)
    days = _days(seen, answer)
    if not days:
        return seen.say("no_date")
    return (
        ""
        if any(day.year in (year, year + 1) for day in days)
        else seen.say("report_of", year=max(days).year)
    )


def _plan(seen: Seen, answer: Answer) -> str:
    """A response plan is renewed every seven years."""
    days = _days(seen, answer)
    if not days:
        return seen.say("no_date")
    oldest = seen.filing.last_day.replace(year=seen.filing.last_day.year - PLAN_YEARS)
    return "" if max(days) >= oldest else seen.say("plan_old", day=max(days).strftime("%d/%m/%Y"))


def _budget(seen: Seen, answer: Answer) -> str:
    """Money is set aside: an amount above zero stands in the answer."""
    return "" if any(number > 0 for number in numbers_in(answer.text)) else seen.say("no_budget")


def _covers(seen: Seen, answer: Answer) -> str:
    """Income first, then running cost, stand in the answer, and the first covers the second."""
    numbers = numbers_in(answer.text)
    if len(numbers) < 2:
        return seen.say("no_income")
    return "" if numbers[0] >= numbers[1] else seen.say("income_low")


def new_park(seen: Seen) -> FormCheck:
    """X22: PM.4 of a park that is not new is answered as the board advises; "not applicable" stays."""
    answer = answer_of(seen.filing, seen.result.park.id, "vn-PM.4")
    value = seen.of("A.5")["PM.4"].value
    if seen.result.park.phase != "operating":
        return verdict("X22", value is not None, seen.say("new_park"), "A.5")
    kept = answer is not None and answer.not_applicable
    return verdict("X22", True if kept else None, seen.say("operating_park"), "A.5")


def below_thresholds(seen: Seen) -> FormCheck:
    """X23: values below what the portal's fields accept are printed true and marked."""
    fields = seen.of("B.5")
    low = [
        f"{field_id} {amount(value, 2)} % < {least:g} %"
        for field_id, least in thresholds().items()
        if (value := seen.number(fields, field_id)) is not None and value < least
    ]
    detail = [*low, seen.say("covering_note")] if low else seen.say("none_below")
    return verdict("X23", not low, detail, "B.5")


def denominators(seen: Seen) -> FormCheck:
    """X24: each share names its base; without any enterprise concerned it is neither 0 nor 100."""
    bad = [
        field_id
        for field_id, field in seen.of("B.5").items()
        if (field.value is not None and not field.note) or (field.value is None and not field.reason)
    ]
    return verdict("X24", not bad, bad or seen.say("denominators"), "B.5")
