"""Apply the pass rule of a framework."""

from collections.abc import Iterable, Mapping, Sequence

from parkloop.model import Framework, Judged, ScoringRule, Verdict


def decide(
    framework: Framework, judged: Sequence[Judged], rule: ScoringRule, points: float | None
) -> bool | None:
    """Say whether the subject passes the framework now.

    A failed gate fails every framework. Otherwise: all criteria (`all_must_pass`), all mandatory ones and one
    of each choice group (`mandatory_and_choice`), or enough points (`weighted_bands`). None where the
    framework has no pass rule, or where it stays open because answers or parts of the framework are missing.
    """
    if failed_gates(judged):
        return False
    counted = [item for item in judged if not item.criterion.gate]
    if framework.rule == "all_must_pass":
        return _all(_reached(item.now, rule) for item in counted)
    if framework.rule == "mandatory_and_choice":
        mandatory = [_reached(item.now, rule) for item in counted if not item.criterion.choice_group]
        groups = [_any(members) for members in _groups(counted, rule).values()]
        return _all([*mandatory, *groups])
    if framework.rule == "weighted_bands" and framework.pass_mark is not None and points is not None:
        return points >= framework.pass_mark
    return None


def failed_gates(judged: Iterable[Judged]) -> tuple[str, ...]:
    """Ids of the regulatory gates that are not met."""
    failed = (Verdict.NOT_MET, Verdict.PARTLY)
    return tuple(item.criterion.id for item in judged if item.criterion.gate and item.now in failed)


def _groups(judged: Iterable[Judged], rule: ScoringRule) -> Mapping[str, list[bool | None]]:
    groups: dict[str, list[bool | None]] = {}
    for item in judged:
        if item.criterion.choice_group and item.now is not Verdict.NOT_APPLICABLE:
            groups.setdefault(item.criterion.choice_group, []).append(_reached(item.now, rule))
        elif item.criterion.choice_group:
            groups.setdefault(item.criterion.choice_group, [])
    return groups


def _reached(verdict: Verdict, rule: ScoringRule) -> bool | None:
    if verdict is Verdict.UNANSWERED:
        return False if rule.unanswered_as_not_met else None
    return verdict in (Verdict.MET, Verdict.NOT_APPLICABLE)


def _all(parts: Iterable[bool | None]) -> bool | None:
    listed = list(parts)
    if any(part is False for part in listed):
        return False
    return None if any(part is None for part in listed) else True


def _any(parts: Sequence[bool | None]) -> bool | None:
    if not parts:
        return True
    if any(part is True for part in parts):
        return True
    return None if any(part is None for part in parts) else False
