"""Answers of the park that are the share of its enterprises that answer yes."""

from parkloop.assessment.derive.facts import Facts, Ground, computed, not_applicable, weakest
from parkloop.model import Answer, Participant
from parkloop.reference import enterprise_shares

_NEW_PARK_ONLY = ("vn-PM.4", "vn35-38-2a")


def derive_enterprise_shares(facts: Facts) -> tuple[Answer, ...]:
    """Share of enterprises above a size that answer yes [% of enterprises in operation above that size].

    An enterprise that has not answered counts as no and is named in the note; a criterion nobody has
    answered gives nothing. Where no enterprise is above the size the criterion is not applicable.
    """
    answers = (_share(facts, name, size) for name, size in enterprise_shares().items())
    return tuple(item for item in answers if item is not None)


def derive_phase(facts: Facts) -> tuple[Answer, ...]:
    """Take criteria for newly built parks out of the assessment of a park in operation."""
    if facts.park.phase != "operating":
        return ()
    ground = Ground("operating_park", {}, (f"park/{facts.park.id}/phase",))
    return tuple(not_applicable(facts, name, ground) for name in _NEW_PARK_ONLY)


def _share(facts: Facts, criterion_id: str, more_than: int) -> Answer | None:
    everyone = facts.enterprises
    concerned = [item for item in everyone if _above(item, more_than)]
    unknown = [item for item in everyone if more_than > 0 and item.employees is None]
    if everyone and not concerned and not unknown:
        figures = tuple(f"participant/{item.id}/employees" for item in everyone)
        return not_applicable(facts, criterion_id, Ground("nobody_concerned", {"size": more_than}, figures))
    given = {
        item.subject_id: item
        for item in facts.ledger.answers
        if item.criterion_id == criterion_id and item.year == facts.year and item.value is not None
    }
    said = [item.id for item in concerned if item.id in given]
    if not said:
        return None
    yes = [name for name in said if given[name].value is True and not given[name].partly]
    ground = Ground(
        "enterprise_share" if more_than > 0 else "enterprise_share_all",
        {
            "count": len(yes),
            "of": len(concerned),
            "size": more_than,
            "silent": len(concerned) - len(said),
            "unknown": len(unknown),
        },
        tuple(f"answer/{given[name].id}/value" for name in said),
        weakest(given[name].source_class for name in said),
    )
    return computed(facts, criterion_id, 100.0 * len(yes) / len(concerned), ground)


def _above(enterprise: Participant, more_than: int) -> bool:
    if more_than <= 0:
        return True
    return enterprise.employees is not None and enterprise.employees > more_than
