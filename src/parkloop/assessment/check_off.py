"""Take up a person's confirmation that a row agrees with its source text."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from parkloop.model import CheckOff, Confidence, Framework, Issue, Severity, Where


def checked_off(
    frameworks: Mapping[str, Framework], check_offs: Iterable[CheckOff]
) -> Mapping[str, Framework]:
    """Raise the confidence of the criteria and frameworks that someone compared with their source.

    Name, date and source stay on the row in `check_off`. Of several check-offs of one row the latest counts.
    Rows of other tables are left aside; a check-off without a name or a source confirms nothing.
    """
    latest: dict[str, CheckOff] = {}
    for item in sorted(check_offs, key=lambda entry: (entry.when, entry.who)):
        if item.who.strip() and item.source.strip():
            latest[item.row_id] = item
    return {key: _checked(framework, latest) for key, framework in frameworks.items()}


def check_off_issues(check_offs: Iterable[CheckOff]) -> tuple[Issue, ...]:
    """Name the check-offs that confirm nothing because the name or the source is missing."""
    return tuple(
        Issue(
            "assessment.check_off.incomplete",
            Severity.WARNING,
            Where(record=item.row_id, field="source" if item.who.strip() else "who"),
            {"row": item.row_id},
        )
        for item in check_offs
        if not (item.who.strip() and item.source.strip())
    )


def _checked(framework: Framework, latest: Mapping[str, CheckOff]) -> Framework:
    criteria = tuple(
        replace(criterion, confidence=Confidence.CHECKED, check_off=latest[criterion.id])
        if criterion.id in latest
        else criterion
        for criterion in framework.criteria
    )
    if framework.id in latest:
        return replace(
            framework, criteria=criteria, confidence=Confidence.CHECKED, check_off=latest[framework.id]
        )
    return replace(framework, criteria=criteria)
