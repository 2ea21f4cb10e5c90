"""Forms A.5 and B.5: the indicators of the park, and the shares over its enterprises."""

from collections.abc import Iterable
from datetime import date

from parkloop.model import Answer, ParkResult, Participant, ParticipantKind
from parkloop.reports.forms.savings import SEWAGE, implemented
from parkloop.reports.forms.sheet import Values

__all__ = ["THRESHOLDS", "fill_a5", "fill_b5"]

YES_NO = (
    "ENV.4",
    "ENV.5",
    "ENV.6",
    "PM.1",
    "PM.2",
    "PM.3",
    "PM.4",
    "SOC.3",
    "SOC.5",
    "SOC.7",
    "ECO.1",
    "ECO.2",
    "ECO.3",
    "ECO.4",
    "ECO.5",
    "ECO.6",
)
THRESHOLDS = {"ENV.2": 20.0, "SOC.1": 75.0, "SOC.2": 75.0, "SOC.4": 75.0, "SOC.6": 75.0}
LARGE = ("SOC.1", "SOC.4")
LARGE_WORKERS = 100


def fill_a5(result: ParkResult, year: int, values: Values) -> None:
    """Fill the 18 park indicators for reporting year `year` (N)."""
    exchanges = implemented(result.solutions, "exchange", date(year - 1, 12, 31))
    figures = tuple(f"solution/{s.id}" for s in exchanges)
    values.put("ENV.1", len(exchanges), note=values.say("forms.network_meaning"), figures=figures)
    _reuse(result, values)
    for field_id in YES_NO:
        answer = _answer(result.ledger.answers, result.park.id, f"vn-{field_id}", year - 1)
        _yes_no(field_id, answer, year - 1, values)


def _reuse(result: ParkResult, values: Values) -> None:
    members = {p.id for p in result.ledger.participants if p.kind is ParticipantKind.ENTERPRISE}
    flows = [
        f
        for f in result.ledger.flows
        if f.participant_id in members and f.resource_id in SEWAGE[:1] and f.direction.value == "out"
    ]
    made = sum(f.amount.value for f in flows)
    if made <= 0:
        values.put("ENV.3", None, reason=values.say("forms.no_wastewater"))
        return
    reused = sum(f.amount.value for f in flows if f.fate.value in ("reused", "exchanged"))
    note = values.say("forms.fraction", part=f"{reused:,.0f} m3", whole=f"{made:,.0f} m3")
    values.put("ENV.3", round(100 * reused / made, 2), note, tuple(f"flow/{f.id}/amount" for f in flows))


def _answer(answers: Iterable[Answer], subject: str, criterion: str, year: int) -> Answer | None:
    """The answer of `year`, else the newest older one."""
    known = [a for a in answers if a.subject_id == subject and a.criterion_id == criterion and a.year <= year]
    return max(known, key=lambda a: a.year, default=None)


def _yes_no(field_id: str, answer: Answer | None, year: int, values: Values) -> None:
    if answer is None:
        values.put(field_id, None, reason=values.say("forms.no_answer", criterion=f"vn-{field_id}"))
        return
    figures = (f"answer/{answer.id}/value",)
    if answer.not_applicable:
        values.put(
            field_id, None, reason=values.say("forms.not_applicable", reason=answer.reason), figures=figures
        )
        return
    notes = []
    if answer.year < year:
        notes.append(values.say("forms.older_answer", year=answer.year))
    if answer.value is True and not answer.evidence:
        notes.append(values.say("forms.no_evidence"))
    values.put(field_id, bool(answer.value), "; ".join(notes), figures)


def fill_b5(result: ParkResult, year: int, values: Values) -> None:
    """Fill the five shares over the enterprises of the park; true values, marked when below a threshold."""
    members = tuple(
        p for p in result.ledger.participants if p.kind is ParticipantKind.ENTERPRISE and p.in_operation
    )
    done = implemented(result.solutions, "measure", date(year - 1, 12, 31))
    with_measures = {p for s in done for p in s.participant_ids}
    _share("ENV.2", [m.id in with_measures for m in members], values, tuple(f"solution/{s.id}" for s in done))
    for field_id in ("SOC.1", "SOC.2", "SOC.4", "SOC.6"):
        concerned = _concerned(field_id, members)
        answers = [_answer(result.ledger.answers, m.id, f"vn-{field_id}", year - 1) for m in concerned]
        figures = tuple(f"answer/{a.id}/value" for a in answers if a is not None)
        _share(field_id, [a is not None and a.value is True for a in answers], values, figures)


def _concerned(field_id: str, members: tuple[Participant, ...]) -> tuple[Participant, ...]:
    if field_id not in LARGE:
        return members
    return tuple(m for m in members if m.employees is not None and m.employees > LARGE_WORKERS)


def _share(field_id: str, yes: list[bool], values: Values, figures: tuple[str, ...]) -> None:
    if not yes:
        values.put(field_id, None, reason=values.say("forms.nobody_concerned"))
        return
    percent = round(100 * sum(yes) / len(yes), 2)
    notes = [values.say("forms.fraction", part=sum(yes), whole=len(yes))]
    if percent < THRESHOLDS[field_id]:
        notes.append(values.say("forms.below_threshold", threshold=f"{THRESHOLDS[field_id]:g}"))
    values.put(field_id, percent, "; ".join(notes), figures)
