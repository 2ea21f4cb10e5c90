"""Choose the answer each criterion is judged by: given, carried over from another framework, or computed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from parkloop.model import Answer, Criterion, Issue, Severity, Where
from parkloop.reference import Crossing

# Two numbers that differ by less than this share of the larger say the same; forms round to 0.1 point.
_SAME_WITHIN = 0.01


@dataclass(frozen=True, slots=True)
class Chosen:
    """The answer for one criterion; `through` is the criterion it was given for, if another."""

    answer: Answer
    through: str = ""


@dataclass(frozen=True, slots=True)
class _Path:
    """A way from an answered criterion to the one in question."""

    origin: str
    length: int
    implied: bool
    yes_value: float | None


def choose(
    criteria: Sequence[Criterion], answers: Iterable[Answer], crossings: Sequence[Crossing]
) -> tuple[Mapping[str, Chosen], tuple[Issue, ...]]:
    """Pick one answer per criterion from those of one subject and year.

    A typed answer to the criterion goes first, then a typed answer to the same question elsewhere, then a
    computed one, then what another answer implies. The order of `answers` does not matter.

    Returns
    -------
    tuple
        Criterion id to the chosen answer, and issues for answers that contradict one another.
    """
    typed, computed, issues = _sort(answers)
    found: dict[str, Chosen] = {}
    for criterion in criteria:
        paths = _paths(criterion.id, crossings)
        chosen = _pick(criterion.id, typed, computed, paths)
        if chosen is None:
            continue
        derived = computed.get(criterion.id)
        if derived is not None and not chosen.answer.computed:
            if _only_intended(chosen.answer):
                chosen = Chosen(_filled(chosen.answer, derived), chosen.through)
            elif _contradict(chosen.answer, derived):
                issues.append(_contradiction(criterion, chosen.answer, derived))
        found[criterion.id] = chosen
    return found, tuple(issues)


def _sort(answers: Iterable[Answer]) -> tuple[dict[str, Answer], dict[str, Answer], list[Issue]]:
    typed: dict[str, Answer] = {}
    computed: dict[str, Answer] = {}
    issues: list[Issue] = []
    for answer in sorted(answers, key=lambda item: (item.id, repr(item.value), repr(item.intended_value))):
        if _blank(answer):
            continue
        into = computed if answer.computed else typed
        first = into.setdefault(answer.criterion_id, answer)
        if first is not answer and not answer.computed and first.value != answer.value:
            issues.append(
                Issue(
                    "assessment.answer.two_values",
                    Severity.WARNING,
                    Where(record=answer.id, field="value"),
                    {"criterion": answer.criterion_id, "used": _shown(first), "other": _shown(answer)},
                )
            )
    return typed, computed, issues


def _pick(
    criterion_id: str,
    typed: Mapping[str, Answer],
    computed: Mapping[str, Answer],
    paths: Sequence[_Path],
) -> Chosen | None:
    same = [path for path in paths if not path.implied]
    weaker = [path for path in paths if path.implied]
    if criterion_id in typed:
        return Chosen(typed[criterion_id])
    if (carried := _carried(same, typed)) is not None:
        return carried
    if criterion_id in computed:
        return Chosen(computed[criterion_id])
    for ways, given in ((same, computed), (weaker, typed), (weaker, computed)):
        if (carried := _carried(ways, given)) is not None:
            return carried
    return None


def _carried(paths: Sequence[_Path], given: Mapping[str, Answer]) -> Chosen | None:
    for path in paths:
        answer = given.get(path.origin)
        if answer is None or answer.not_applicable:
            continue
        moved = answer
        if path.implied:
            moved = replace(
                answer,
                value=_yes(answer.value, path.yes_value) if not answer.partly else None,
                intended_value=_yes(answer.intended_value, path.yes_value),
                partly=False,
                intended_partly=False,
            )
        if not _blank(moved):
            return Chosen(moved, path.origin)
    return None


def _yes(value: float | bool | str | None, yes_value: float | None) -> float | bool | None:
    if value is not True:
        return None
    return True if yes_value is None else yes_value


def _paths(criterion_id: str, crossings: Sequence[Crossing]) -> tuple[_Path, ...]:
    """Every way to `criterion_id`; only rows of one unit are chained, a row between units stands alone."""
    best: dict[str, _Path] = {}
    front = [_Path(criterion_id, 0, implied=False, yes_value=None)]
    while front:
        reached: list[_Path] = []
        for path in front:
            for row in crossings:
                origin = _origin(row, path.origin)
                mixed = row.from_unit != row.to_unit
                if not origin or origin == criterion_id or (mixed and path.length > 0):
                    continue
                if path.yes_value is not None:
                    continue
                step = _Path(
                    origin, path.length + 1, path.implied or row.relation == "implies", row.yes_value
                )
                known = best.get(origin)
                if known is None or (step.implied, step.length) < (known.implied, known.length):
                    best[origin] = step
                    reached.append(step)
        front = reached
    return tuple(sorted(best.values(), key=lambda path: (path.implied, path.length, path.origin)))


def _origin(row: Crossing, target: str) -> str:
    if row.relation == "related":
        return ""
    if row.from_unit != row.to_unit and row.yes_value is None:
        return ""
    if row.to_id == target:
        return row.from_id
    if row.relation == "same" and row.from_id == target:
        return row.to_id
    return ""


def _blank(answer: Answer) -> bool:
    stated = answer.value is not None or answer.partly or answer.not_applicable
    return not stated and answer.intended_value is None and not answer.intended_partly


def _only_intended(answer: Answer) -> bool:
    return answer.value is None and not answer.partly and not answer.not_applicable


def _filled(answer: Answer, derived: Answer) -> Answer:
    return replace(
        answer,
        value=derived.value,
        not_applicable=derived.not_applicable,
        reason=answer.reason or derived.reason,
        source_class=derived.source_class,
        note=derived.note,
        computed=True,
        figure_ids=derived.figure_ids,
    )


def _contradict(typed: Answer, derived: Answer) -> bool:
    here, there = typed.value, derived.value
    if here is None or there is None:
        return False
    if isinstance(here, bool | str) or isinstance(there, bool | str):
        return here != there
    return abs(here - there) > _SAME_WITHIN * max(abs(here), abs(there))


def _shown(answer: Answer) -> str:
    value = answer.value
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def _contradiction(criterion: Criterion, typed: Answer, derived: Answer) -> Issue:
    return Issue(
        "assessment.answer.contradicts_ledger",
        Severity.WARNING,
        Where(record=typed.id, field="value"),
        {
            "criterion": criterion.id,
            "typed": _shown(typed),
            "computed": _shown(derived),
            "unit": criterion.unit,
        },
    )
