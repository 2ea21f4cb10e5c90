"""Answers that follow from the register of inspections."""

from collections.abc import Iterable
from datetime import date

from parkloop.assessment.derive.facts import Facts, Ground, computed
from parkloop.model import Answer, Inspection, SourceClass

_LAWS = ("investment", "enterprise", "construction", "land", "environment", "labour")
_GATES = (
    ("int-reg-1", ("environment",)),
    ("int-reg-2", ("labour",)),
    ("int-reg-4", ("investment", "enterprise", "construction", "land")),
)
_YEARS = 3


def derive_compliance(facts: Facts) -> tuple[Answer, ...]:
    """Years without breach [a], at most three, and the regulatory gates, from inspections on record.

    Nothing is said where no inspection is on record: silence is no proof of compliance.
    """
    members = {item.id for item in facts.enterprises}
    of_park = _on_record(facts, {facts.park.id})
    of_members = _on_record(facts, members)
    answers = (
        _clean_years(facts, "vn35-37-1a", of_park),
        _clean_years(facts, "vn35-37-2a", of_members),
        *(_gate(facts, name, laws, (*of_park, *of_members)) for name, laws in _GATES),
    )
    return tuple(item for item in answers if item is not None)


def _on_record(facts: Facts, subjects: set[str]) -> tuple[Inspection, ...]:
    first = date(facts.year - _YEARS + 1, 1, 1)
    return tuple(
        item
        for item in facts.ledger.inspections
        if item.subject_id in subjects and item.law in _LAWS and first <= item.on <= facts.last_day
    )


def _clean_years(facts: Facts, criterion_id: str, record: tuple[Inspection, ...]) -> Answer | None:
    if not record:
        return None
    breached = [item.on.year for item in record if item.breach]
    clean = facts.year - max(breached) if breached else _YEARS
    subjects = {item.subject_id for item in record}
    numbers: dict[str, str | float | int] = {
        "inspections": len(record),
        "breaches": len(breached),
        "subjects": len(subjects),
        "laws": ", ".join(sorted({item.law for item in record})),
        "first": facts.year - _YEARS + 1,
        "last": facts.year,
    }
    ground = Ground("clean_years", numbers, _figures(record), _class(record, _LAWS))
    return computed(facts, criterion_id, float(clean), ground)


def _gate(
    facts: Facts, criterion_id: str, laws: tuple[str, ...], record: tuple[Inspection, ...]
) -> Answer | None:
    concerned = tuple(item for item in record if item.law in laws)
    if not concerned:
        return None
    still_open = [
        item
        for item in concerned
        if item.breach and (item.closed_on is None or item.closed_on > facts.last_day)
    ]
    ground = Ground(
        "open_breaches",
        {"inspections": len(concerned), "open": len(still_open), "laws": ", ".join(laws)},
        _figures(concerned),
        _class(concerned, laws),
    )
    return computed(facts, criterion_id, not still_open, ground)


def _class(record: Iterable[Inspection], laws: tuple[str, ...]) -> SourceClass:
    """A record that leaves a field of law without any inspection proves less."""
    seen = {item.law for item in record}
    return SourceClass.ESTIMATED if seen.issuperset(laws) else SourceClass.INFERRED


def _figures(record: Iterable[Inspection]) -> tuple[str, ...]:
    return tuple(f"inspection/{item.id}" for item in record)
