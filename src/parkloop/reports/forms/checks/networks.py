"""Checks of symbiosis: counts by id, mass from both sides, papers, files, and the park without any."""

from parkloop.model import FormCheck
from parkloop.reports.forms.checks.seen import Fields, Seen, verdict
from parkloop.reports.forms.networks import KIND_FIELDS
from parkloop.reports.forms.trade import deliveries
from parkloop.reports.forms.wording import amount

__all__ = ["attachments", "counted_once", "mass", "nothing_runs", "papers"]

MASS_TOLERANCE, ROUNDING_T = 0.01, 0.011
MOST_FILES = 10
FILE_KINDS = (".pdf", ".doc", ".docx", ".xls", ".xlsx")
NUMBERS = ("number", "integer", "percent")


def counted_once(seen: Seen) -> FormCheck:
    """X14: the ids behind the counts of B.4 are those of A.4; the counts themselves are not compared."""
    whole = set(seen.of("A.4")["III.2.1.1"].figure_ids)
    behind: set[str] = set()
    total = 0
    for _, fields in seen.b4():
        behind |= set(fields["P4.1"].figure_ids)
        total += int(seen.number(fields, "P4.1") or 0)
    filers = {form.subject_id for form in seen.enterprises}
    expected = {f"solution/{s.id}" for s in seen.filing.exchanges if filers.intersection(s.participant_ids)}
    agrees = len(whole) == (seen.a4("III.2.1.1") or 0) and behind == expected and behind <= whole
    detail = seen.say("counted_once", distinct=len(whole), behind=len(behind), total=total)
    return verdict("X14", agrees, detail, "A.4 B.4")


def mass(seen: Seen) -> FormCheck:
    """X15: inside the park, what donors give is what receivers take; the rest is net supply to outside."""
    inside = seen.filing.inside
    moved = deliveries(seen.filing)
    within = [d for d in moved if {d.donor_id, d.receiver_id} <= inside]
    told = [d for d in within if not d.one_sided]
    bad = [
        f"{d.solution_id}: {amount(d.given_t, 2)} / {amount(d.taken_t, 2)}"
        for d in told
        if abs(d.given_t - d.taken_t) > max(ROUNDING_T, MASS_TOLERANCE * abs(d.given_t))
    ]
    out = sum(d.given_t for d in moved if d.donor_id in inside and d.receiver_id not in inside)
    in_ = sum(d.taken_t for d in moved if d.receiver_id in inside and d.donor_id not in inside)
    printed = (seen.a4("III.3.21") or 0.0) - (seen.a4("III.3.19") or 0.0)
    net = out - in_
    slack = max(2 * ROUNDING_T, MASS_TOLERANCE * max(abs(net), sum(d.given_t for d in within)))
    if abs(printed - net) > slack:
        bad.append(f"III.3.21 - III.3.19: {amount(printed, 2)} / {amount(net, 2)}")
    if not moved:
        return verdict("X15", None, seen.say("no_material"), "A.4 B.4")
    detail = seen.say(
        "mass",
        given=amount(sum(d.given_t for d in told), 2),
        taken=amount(sum(d.taken_t for d in told), 2),
        net=amount(net, 2),
    )
    unknown = [d.solution_id for d in within if d.one_sided]
    if unknown:
        detail = f"{detail}; {seen.say('one_sided', ids=', '.join(unknown))}"
    return verdict("X15", not bad, bad or detail, "A.4 B.4")


def papers(seen: Seen) -> FormCheck:
    """X20: running symbioses have a kind, an agreement, a partner and a document; none has no kind."""
    fields = seen.of("A.4")
    count = seen.a4("III.2.1.1") or 0.0
    ticked = [field_id for field_id in KIND_FIELDS.values() if fields[field_id].value is True]
    none = seen.none
    bad = []
    if count and not ticked:
        bad.append(seen.say("no_kind"))
    if not count and ticked:
        bad.append(seen.say("kind_without", fields=", ".join(ticked)))
    if count:
        partners = [f for f in ("III.2.1.13", "III.2.1.14", "III.2.1.15") if not _is_none(fields, f, none)]
        bad += [seen.say("no_agreement")] if _is_none(fields, "III.2.1.10", none) else []
        bad += [] if partners else [seen.say("no_partner")]
        bad += [] if fields["III.2.1.11"].value else [seen.say("no_document")]
    if fields["III.2.1.6"].value is True and _is_none(fields, "III.2.1.7", none):
        bad.append("III.2.1.7")
    if (seen.a4("III.2.1.8") or 0.0) < count:
        bad.append("III.2.1.8 < III.2.1.1")
    return verdict("X20", not bad, bad or seen.say("papers", count=int(count)), "A.4")


def _is_none(fields: Fields, field_id: str, none: str) -> bool:
    value = fields[field_id].value
    return value is None or value in (none, (none,))


def attachments(seen: Seen) -> FormCheck:
    """X27: at most ten files of the kinds the portal takes; sizes are not in the ledger."""
    value = seen.of("A.4")["III.2.1.11"].value
    files = value if isinstance(value, tuple) else ()
    odd = [name for name in files if not name.lower().endswith(FILE_KINDS)]
    bad = [seen.say("file_kind", names=", ".join(odd))] if odd else []
    if len(files) > MOST_FILES:
        bad.append(seen.say("too_many_files", count=len(files), most=MOST_FILES))
    return verdict("X27", not bad, bad or seen.say("files", count=len(files), most=MOST_FILES), "A.4")


def nothing_runs(seen: Seen) -> FormCheck:
    """X32: where nothing runs the required fields hold 0 and "none", marked as not applicable."""
    checked, bad = 0, []
    none = seen.none
    if not seen.filing.exchanges:
        checked += 1
        bad += _blank("A.4", seen.of("A.4"), "III.3.", none)
    for subject, fields in seen.b4():
        if not seen.number(fields, "P4.1"):
            checked += 1
            bad += _blank(subject, fields, "P4.", none)
    if not checked:
        return verdict("X32", None, seen.say("all_have_exchanges"), "A.4 B.4")
    return verdict("X32", not bad, bad or seen.say("zeros", count=checked), "A.4 B.4")


def _blank(name: str, fields: Fields, prefix: str, none: str) -> list[str]:
    bad = []
    for field_id, field in fields.items():
        if not field_id.startswith(prefix) or not field.required:
            continue
        zero = field.value == 0 if field.type in NUMBERS else _is_none(fields, field_id, none)
        if field.value is None or not field.note or not (zero or field_id == "P4.28"):
            bad.append(f"{name} {field_id}")
    return bad
