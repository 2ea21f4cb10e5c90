"""Checks over years: the year each number carries, and continuity with last year's forms."""

import re

from parkloop.model import FormCheck, FormField
from parkloop.reports.forms.checks.seen import Fields, Seen, verdict
from parkloop.reports.forms.life import effective_date
from parkloop.reports.forms.wording import amount, day, listed

__all__ = ["changes", "continuity", "own_years"]

PLACEHOLDER = re.compile(r"\[N[^\]]*\]")
KNOWN = {"[N-2]", "[N-1]", "[N]", "[N+3]"}
CHANGE = 0.5


def own_years(seen: Seen) -> FormCheck:
    """X31: every year named by a label is one the form resolves, and P4.1 states its cut-off date."""
    odd = {
        mark
        for form in seen.forms
        for field in form.fields
        for mark in PLACEHOLDER.findall(field.label_vi)
        if mark not in KNOWN
    }
    cut_off = day(seen.filing.last_day)
    bad = sorted(odd) + [f"{s} P4.1" for s, fields in seen.b4() if cut_off not in fields["P4.1"].note]
    if seen.result.year != seen.filing.data_year:
        bad.append(str(seen.result.year))
    detail = seen.say("years", year=seen.filing.year, data_year=seen.filing.data_year, day=cut_off)
    return verdict("X31", not bad, bad or detail, "A.4 B.4")


def continuity(seen: Seen) -> FormCheck:
    """X05: what last year's form counted up to N-2 and new in it makes this year's count up to N-2."""
    earlier = seen.earlier("A.4", seen.result.park.id)
    if earlier is None:
        return verdict("X05", None, seen.say("no_earlier", year=seen.filing.year - 1), "A.4")
    now = seen.of("A.4")
    bad = []
    for name, field_id, parts in (
        ("participant", "III.1.1.1", ("III.1.1.1", "III.1.1.3")),
        ("solution", "III.1.1.2", ("III.1.1.2", "III.1.1.4")),
    ):
        if not all(_traced(earlier.get(part)) for part in parts):
            bad += _by_number(seen, now, earlier, field_id)
            continue
        before = {one for part in parts for one in _named(earlier[part], name)}
        own = _named(now[field_id], name)
        gone, added = sorted(before - own), sorted(own - before)
        if gone:
            bad.append(f"{field_id}: {seen.say('gone', ids=listed([_why(seen, one) for one in gone]))}")
        if added:
            bad.append(f"{field_id}: {seen.say('added', ids=', '.join(added))}")
    return verdict("X05", not bad, bad or seen.say("continuous", year=seen.filing.year - 1), "A.4")


def _traced(field: FormField | None) -> bool:
    """Whether a count names what it counted."""
    return field is not None and (bool(field.figure_ids) or field.value == 0)


def _named(field: FormField, kind: str) -> set[str]:
    return {f.split("/", 1)[1].removesuffix("/name") for f in field.figure_ids if f.startswith(f"{kind}/")}


def _why(seen: Seen, one: str) -> str:
    """What became of a solution or enterprise that last year's form counted."""
    solution = seen.filing.solutions.get(one)
    if solution is not None:
        return f"{one} ({seen.say('stage', stage=seen.word('stages', solution.stage.value))})"
    member = next((p for p in seen.result.ledger.participants if p.id == one), None)
    if member is None:
        return f"{one} ({seen.say('left')})"
    return one if member.in_operation else f"{one} ({seen.say('closed')})"


def _by_number(seen: Seen, now: Fields, earlier: Fields, field_id: str) -> list[str]:
    """Without ids only the count of solutions can be compared: enterprises may overlap."""
    if field_id != "III.1.1.2":
        return []
    expected = sum(seen.number(earlier, part) or 0.0 for part in ("III.1.1.2", "III.1.1.4"))
    counted = seen.number(now, field_id) or 0.0
    return [] if expected == counted else [f"{field_id}: {amount(counted)} / {amount(expected)}"]


def changes(seen: Seen) -> FormCheck:
    """X33: a change above half or of sign against last year is explained by solutions, or listed."""
    explained: list[str] = []
    unexplained: list[str] = []
    compared = 0
    for form in seen.forms:
        earlier = seen.earlier(form.code, form.subject_id) if form.code in ("A.4", "B.4") else None
        if earlier is None:
            continue
        compared += 1
        for field in form.fields:
            before = earlier.get(field.id)
            if before is None or not _changed(seen, field, before):
                continue
            why = _explanation(seen, field, before)
            name = f"{form.code} {form.subject_id} {field.id}: {_shown(before)} → {_shown(field)}"
            (explained if why else unexplained).append(f"{name} ({why})" if why else name)
    if not compared:
        return verdict("X33", None, seen.say("no_earlier", year=seen.filing.year - 1), "A.4 B.4")
    if unexplained:
        return verdict("X33", False, [seen.say("unexplained"), *unexplained], "A.4 B.4")
    return verdict("X33", True, explained or seen.say("no_change"), "A.4 B.4")


def _number(field: FormField) -> float | None:
    value = field.value
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def _shown(field: FormField) -> str:
    return amount(_number(field) or 0.0, 2)


def _changed(seen: Seen, field: FormField, before: FormField) -> bool:
    first, second = _number(before), _number(field)
    if first is None or second is None or first == second:
        return False
    if first * second < 0:
        return True
    return abs(second - first) > CHANGE * abs(first)


def _explanation(seen: Seen, field: FormField, before: FormField) -> str:
    """Which solutions came, ended, or were in effect only in part of last year's data year."""
    now, then = _solutions(field), _solutions(before)
    words = []
    if now - then:
        words.append(seen.say("added", ids=", ".join(sorted(now - then))))
    if then - now:
        words.append(seen.say("gone", ids=", ".join(sorted(then - now))))
    last = seen.filing.data_year - 1
    part = [one for one in sorted(now & then) if _began(seen, one) == last]
    if part and not words:
        words.append(seen.say("part_year", ids=", ".join(part), year=last))
    return "; ".join(words)


def _solutions(field: FormField) -> set[str]:
    """Ids of the solutions behind a field."""
    found = set()
    for figure_id in field.figure_ids:
        kind, _, rest = figure_id.partition("/")
        if kind == "solution":
            found.add(rest)
        elif kind == "case":
            found.add(rest.rpartition("/")[0])
    return found


def _began(seen: Seen, solution_id: str) -> int | None:
    solution = seen.filing.solutions.get(solution_id)
    start = effective_date(solution) if solution is not None else None
    return start.year if start is not None else None
