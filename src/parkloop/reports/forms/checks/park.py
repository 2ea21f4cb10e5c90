"""Checks of the park's own part of A.4: land, uptake, compliance."""

from parkloop.model import FormCheck
from parkloop.reports.forms.checks.seen import Seen, verdict
from parkloop.reports.forms.park_form import LAND, SHARE_OF
from parkloop.reports.forms.wording import amount, day

__all__ = ["compliance", "land", "land_quarter", "land_shares", "uptake"]

AREA_HA, POINT = 0.01, 0.01
QUARTER = 25.0


def land(seen: Seen) -> FormCheck:
    """X01: the four classes fit into the park, and the park has land."""
    total = seen.a4("I.2.5.1")
    if not total:
        return verdict("X01", False, seen.say("land_missing"), "A.4")
    parts = sum(seen.a4(field_id) or 0.0 for field_id in LAND)
    detail = seen.say("land", parts=amount(parts, 2), total=amount(total, 2))
    return verdict("X01", parts <= total + AREA_HA, detail, "A.4")


def land_shares(seen: Seen) -> FormCheck:
    """X02: each printed share is its area over the total."""
    total = seen.a4("I.2.5.1")
    known = [
        (seen.a4(area), seen.a4(share), share)
        for area, share in SHARE_OF.items()
        if seen.a4(area) is not None or seen.a4(share) is not None
    ]
    if not total or not known:
        return verdict("X02", None, seen.say("land_missing"), "A.4")
    bad = [
        share_id
        for area, share, share_id in known
        if area is None or share is None or abs(100 * area / total - share) > POINT
    ]
    return verdict("X02", not bad, bad or seen.say("shares_agree", count=len(known)), "A.4")


def land_quarter(seen: Seen) -> FormCheck:
    """X03: the four classes together against the 25 % criterion, stated and never changed."""
    shares = [seen.a4(share) for share in SHARE_OF.values()]
    if any(share is None for share in shares):
        return verdict("X03", None, seen.say("land_missing"), "A.4")
    total = sum(share or 0.0 for share in shares)
    return verdict("X03", total >= QUARTER, seen.say("quarter", share=amount(total, 2)), "A.4")


def uptake(seen: Seen) -> FormCheck:
    """X04: no count of enterprises exceeds the enterprises in operation."""
    members = {p.id for p in seen.filing.enterprises}
    fields = seen.of("A.4")
    behind = {
        field_id: {f.split("/")[1] for f in fields[field_id].figure_ids if f.startswith("participant/")}
        for field_id in ("III.1.1.1", "III.1.1.3", "III.1.1.5")
    }
    union = behind["III.1.1.1"] | behind["III.1.1.3"]
    counts = [seen.a4(field_id) or 0.0 for field_id in behind]
    fits = max(*counts, len(union)) <= len(members) and union <= members
    detail = seen.say(
        "uptake",
        before=int(counts[0]),
        new=int(counts[1]),
        both=len(union),
        planned=int(counts[2]),
        members=len(members),
    )
    return verdict("X04", fits, detail, "A.4")


def compliance(seen: Seen) -> FormCheck:
    """X34: every open finding stands in II.1, and its field of law is not called clean."""
    field = seen.of("A.4")["II.1"]
    told = f"{field.value or ''} {field.note}"
    subjects = {f.split("/")[1] for f in field.figure_ids}
    register = seen.result.ledger.inspections
    open_ = [
        i
        for i in register
        if i.breach and i.closed_on is None and (i.id in subjects or i.subject_id == seen.result.park.id)
    ]
    silent = [i.id for i in open_ if i.finding not in told or day(i.on) not in told]
    if not open_:
        return verdict("X34", True if field.value else None, seen.say("no_open_finding"), "A.4")
    return verdict("X34", not silent, silent or seen.say("open_findings", count=len(open_)), "A.4")
