"""Answers that follow from the measures and exchanges that run."""

from parkloop.assessment.derive.facts import Facts, Ground, computed, running
from parkloop.model import Answer, ParticipantKind


def derive_solutions(facts: Facts) -> tuple[Answer, ...]:
    """RECP uptake [% of enterprises in operation], number of symbioses, standards of their partners [%]."""
    return (*_recp_uptake(facts), *_symbioses(facts), *_partner_standards(facts))


def _recp_uptake(facts: Facts) -> tuple[Answer, ...]:
    enterprises = {item.id for item in facts.enterprises}
    if not enterprises:
        return ()
    measures = [item for item in running(facts, "measure") if enterprises.intersection(item.participant_ids)]
    users = enterprises.intersection(member for item in measures for member in item.participant_ids)
    counts = {"count": len(users), "of": len(enterprises), "measures": len(measures), "year": facts.year}
    figures = tuple(f"solution/{item.id}" for item in measures) or (f"park/{facts.park.id}/participants",)
    ground = Ground("recp_uptake", counts, figures)
    share = 100.0 * len(users) / len(enterprises)
    return tuple(computed(facts, name, share, ground) for name in ("vn35-37-2c", "vn-ENV.2"))


def _symbioses(facts: Facts) -> tuple[Answer, ...]:
    if not facts.participants:
        return ()
    exchanges = running(facts, "exchange")
    ids = ", ".join(item.id for item in exchanges) or "-"
    ground = Ground(
        "symbioses",
        {"count": len(exchanges), "ids": ids, "year": facts.year},
        tuple(f"solution/{item.id}" for item in exchanges) or (f"park/{facts.park.id}/participants",),
    )
    return tuple(computed(facts, name, float(len(exchanges)), ground) for name in ("vn35-37-2b", "vn-ENV.1"))


def _partner_standards(facts: Facts) -> tuple[Answer, ...]:
    exchanges = running(facts, "exchange")
    taking_part = {member for item in exchanges for member in item.participant_ids}
    partners = [
        item
        for item in facts.participants
        if item.id in taking_part and item.kind is ParticipantKind.ENTERPRISE
    ]
    given = {
        item.subject_id: item
        for item in facts.ledger.answers
        if item.criterion_id == "vn35-37-2b-iso" and item.year == facts.year and item.value is not None
    }
    said = [item.id for item in partners if item.id in given]
    if not said:
        return ()
    holders = [name for name in said if given[name].value is True and not given[name].partly]
    counts = {"count": len(holders), "of": len(partners), "silent": len(partners) - len(said)}
    figures = tuple(f"answer/{given[name].id}/value" for name in said)
    ground = Ground("partner_standards", counts, figures)
    return (computed(facts, "vn35-37-2b-iso", 100.0 * len(holders) / len(partners), ground),)
