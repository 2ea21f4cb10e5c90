"""Count verdicts and turn the counts into a score."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from parkloop.model import ScoringRule, Tally, Verdict


@dataclass(frozen=True, slots=True)
class Scored:
    """One verdict with its weight [-] and, for banded criteria, the reached share of the best score [-]."""

    verdict: Verdict
    weight: float = 1.0
    fraction: float | None = None


def tally(verdicts: Iterable[Verdict], rule: ScoringRule) -> Tally:
    """Count verdicts of equal weight and score them by `rule`.

    Examples
    --------
    >>> from parkloop.model import ScoringRule, Verdict
    >>> counts = [Verdict.MET] * 52 + [Verdict.NOT_MET] * 11 + [Verdict.NOT_APPLICABLE]
    >>> round(tally(counts, ScoringRule()).score_fraction, 4)
    0.8254
    """
    return tally_scored((Scored(verdict) for verdict in verdicts), rule)


def tally_scored(items: Iterable[Scored], rule: ScoringRule) -> Tally:
    """Count verdicts and score them by `rule` and their weights.

    The score is the weighted mean credit [-] of the criteria that count: 1 for met, `rule.partly_credit` for
    partly, the reached share for banded ones, 0 otherwise. None when no criterion counts.
    """
    counts = dict.fromkeys(Verdict, 0)
    earned = whole = 0.0
    for item in items:
        counts[item.verdict] += 1
        credit = credit_of(item, rule)
        if credit is not None:
            earned += item.weight * credit
            whole += item.weight
    return Tally(
        met=counts[Verdict.MET],
        partly=counts[Verdict.PARTLY],
        not_met=counts[Verdict.NOT_MET],
        not_applicable=counts[Verdict.NOT_APPLICABLE],
        unanswered=counts[Verdict.UNANSWERED],
        score_fraction=earned / whole if whole > 0 else None,
    )


def credit_of(item: Scored, rule: ScoringRule) -> float | None:
    """Credit of one verdict [-]; None when the rule leaves it out of the score."""
    if item.verdict is Verdict.NOT_APPLICABLE:
        return None if rule.drop_not_applicable else 0.0
    if item.verdict is Verdict.UNANSWERED:
        return 0.0 if rule.unanswered_as_not_met else None
    if item.fraction is not None:
        return item.fraction
    return {Verdict.MET: 1.0, Verdict.PARTLY: rule.partly_credit}.get(item.verdict, 0.0)


def roll_up(scores: Mapping[str, float | None], weights: Mapping[str, float] | None = None) -> float | None:
    """Mean of category scores [-], each with its weight; categories without a score are left out.

    Parameters
    ----------
    weights
        Category to weight; None gives every category the same.

    Examples
    --------
    >>> round(roll_up({"a": 0.55, "b": 0.34, "c": 0.44, "d": 0.72}), 4)
    0.5125
    """
    parts = [
        (1.0 if weights is None else weights.get(category, 0.0), score)
        for category, score in scores.items()
        if score is not None
    ]
    whole = sum(weight for weight, _ in parts)
    return sum(weight * score for weight, score in parts) / whole if whole > 0 else None
