"""Score the policies a programme works under."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from parkloop.model import Issue, Policy, Severity, Where

_FULL = 3


@dataclass(frozen=True, slots=True)
class PolicyReview:
    """The policy-gap review.

    Attributes
    ----------
    score_fraction
        Mean score over the best one [-]; None when no policy is scored.
    by_topic
        The same by topic.
    gaps
        Scored policies that are not yet enforced, weakest first.
    unscored
        Ids of policies nobody scored.
    """

    score_fraction: float | None
    by_topic: Mapping[str, float | None]
    gaps: tuple[Policy, ...]
    unscored: tuple[str, ...]
    issues: tuple[Issue, ...]


def score_policies(policies: Iterable[Policy]) -> PolicyReview:
    """Score policies from 0 (absent) over 1 (draft) and 2 (in force) to 3 (enforced), in all and by topic."""
    listed = sorted(policies, key=lambda item: item.id)
    valid = [item for item in listed if item.score is not None and 0 <= item.score <= _FULL]
    topics = dict.fromkeys(item.topic for item in listed)
    issues = tuple(
        Issue(
            "programme.policy.out_of_range",
            Severity.WARNING,
            Where(record=f"policy/{item.id}", field="score"),
            {"policy": item.id, "score": item.score or 0},
        )
        for item in listed
        if item.score is not None and not 0 <= item.score <= _FULL
    )
    short = [item for item in valid if (item.score or 0) < _FULL]
    short.sort(key=lambda item: item.score or 0)
    return PolicyReview(
        score_fraction=_mean(valid),
        by_topic={topic: _mean(item for item in valid if item.topic == topic) for topic in topics},
        gaps=tuple(short),
        unscored=tuple(item.id for item in listed if item.score is None),
        issues=issues,
    )


def _mean(policies: Iterable[Policy]) -> float | None:
    scores = [item.score or 0 for item in policies]
    return sum(scores) / (_FULL * len(scores)) if scores else None
