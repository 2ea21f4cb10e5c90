"""Answers to criteria, and the evidence behind them."""

import re
from collections.abc import Iterable
from datetime import date

from parkloop.model import Answer, Evidence
from parkloop.reports.forms.filing import Filing

__all__ = ["answer_of", "dated", "evidence_of", "numbers_in"]

DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})|(\d{2})/(\d{2})/(\d{4})")
NUMBER = re.compile(r"\d[\d.,]*")


def answer_of(filing: Filing, subject_id: str, criterion_id: str) -> Answer | None:
    """The newest answer up to N-1: the entered one, else the one the ledger itself gave."""
    entered = _newest(filing.result.ledger.answers, filing, subject_id, criterion_id)
    if entered is not None:
        return entered
    judged = (
        item.answer
        for assessment in filing.result.assessments
        for item in assessment.judged
        if item.answer is not None
    )
    return _newest(judged, filing, subject_id, criterion_id)


def _newest(answers: Iterable[Answer], filing: Filing, subject_id: str, criterion_id: str) -> Answer | None:
    known = [
        a
        for a in answers
        if a.subject_id == subject_id and a.criterion_id == criterion_id and a.year <= filing.data_year
    ]
    return max(known, key=lambda a: (a.year, a.id), default=None)


def evidence_of(filing: Filing, ids: Iterable[str]) -> tuple[Evidence, ...]:
    """The files behind evidence ids that the ledger knows."""
    known = {item.id: item for item in filing.result.ledger.evidence}
    return tuple(known[one] for one in ids if one in known)


def dated(item: Evidence) -> date | None:
    """The first date named in the time, the note or the file name of a piece of evidence."""
    for text in (item.at, item.note, item.file):
        found = DAY.search(text)
        if found is None:
            continue
        groups = [int(part) for part in found.groups() if part]
        year, month, day_ = groups if found.group(1) else reversed(groups)
        try:
            return date(year, month, day_)
        except ValueError:
            continue
    return None


def numbers_in(text: str) -> tuple[float, ...]:
    """The numbers in a text, written with points or commas between groups of three.

    Examples
    --------
    >>> numbers_in("thu 1.200.000, chi 950,000.5")
    (1200000.0, 950000.5)
    """
    found = []
    for word in NUMBER.findall(text):
        word = word.strip(".,")
        groups = re.split(r"[.,]", word)
        marks = {mark for mark in word if mark in ".,"}
        if len(groups) == 1:
            found.append(float(word))
        elif all(len(group) == 3 for group in groups[1:]) and len(marks) == 1:
            found.append(float("".join(groups)))
        else:
            found.append(float("".join(groups[:-1]) + "." + groups[-1]))
    return tuple(found)
