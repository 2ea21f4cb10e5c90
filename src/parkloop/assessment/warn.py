"""What a reader of an assessment must know beside its numbers."""

from collections.abc import Mapping, Sequence

from parkloop.model import Confidence, Framework, Issue, Judged, Severity, Verdict, Where


def warn(framework: Framework, judged: Sequence[Judged]) -> tuple[Issue, ...]:
    """Name rows nobody checked against their source, missing parts, failed gates and yeses without proof."""
    issues: list[Issue] = []
    unchecked = [item.id for item in framework.criteria if item.confidence is not Confidence.CHECKED]
    if unchecked:
        counts: dict[str, str | float | int] = {"count": len(unchecked), "of": len(framework.criteria)}
        issues.append(_issue("assessment.framework.unchecked", Severity.INFO, framework.id, counts))
    filled = {criterion.category for criterion in framework.criteria}
    empty = [category for category in framework.categories if category not in filled]
    if empty:
        missing = {"missing": ", ".join(empty)}
        issues.append(_issue("assessment.framework.partial", Severity.WARNING, framework.id, missing))
    for item in judged:
        if item.criterion.gate and item.now in (Verdict.NOT_MET, Verdict.PARTLY):
            named = {"criterion": item.criterion.id}
            issues.append(_issue("assessment.gate.failed", Severity.ERROR, item.criterion.id, named))
    bare = [item.criterion.id for item in judged if _without_proof(item)]
    if bare:
        listed: dict[str, str | float | int] = {"count": len(bare), "criteria": ", ".join(bare)}
        issues.append(_issue("assessment.evidence.missing", Severity.INFO, framework.id, listed))
    return tuple(issues)


def _without_proof(item: Judged) -> bool:
    if item.now is not Verdict.MET or item.answer is None or item.computed:
        return False
    return not item.answer.evidence


def _issue(code: str, severity: Severity, record: str, arguments: Mapping[str, str | float | int]) -> Issue:
    return Issue(code, severity, Where(record=record), arguments)
