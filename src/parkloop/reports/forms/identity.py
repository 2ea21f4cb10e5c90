"""Who files: the parts of A.4 and B.4 that the portal fills from its register of projects."""

from parkloop.model import Organisation, Participant, Registration
from parkloop.reports.forms.sheet import Values
from parkloop.reports.forms.wording import day

__all__ = ["fill_enterprise", "fill_investor"]

ORGANISATION, INDIVIDUAL = "organisation", "individual"


def fill_investor(values: Values) -> None:
    """The investor and the project of A.4, parts I.0 to I.2.4."""
    park = values.filing.result.park
    operator = park.operator or Organisation("")
    values.conditions.add(operator.kind)
    root = f"park/{park.id}"
    name = park.name(values.lang)
    values.put("I.0", name, figures=(f"{root}/name_{values.lang}",))
    values.put("I.1.1", operator.name, figures=(f"{root}/operator",))
    _registration(
        ("I.1.2", "I.1.2.1", "I.1.2.2", "I.1.2.3"), operator.registration, f"{root}/operator", values
    )
    for field_id, given in (
        ("I.1.3", operator.tax_code),
        ("I.1.3.1", operator.address),
        ("I.1.3.2", operator.phone),
        ("I.1.3.3", operator.fax),
        ("I.1.3.4", operator.email),
        ("I.1.3.5", operator.website),
        ("I.1.3.6", operator.legal_form),
        ("I.1.3.7", operator.head_office_address),
    ):
        values.put(field_id, given, figures=(f"{root}/operator",))
    values.put("I.2.1", name, figures=(f"{root}/name_{values.lang}",))
    place = ", ".join(part for part in (park.place.address, park.place.province) if part)
    values.put("I.2.2", place, figures=(f"{root}/place",))
    _registration(
        ("I.2.4.1", "I.2.4.2", "I.2.4.3", "I.2.4.4"),
        park.investment_certificate,
        f"{root}/investment_certificate",
        values,
    )


def fill_enterprise(member: Participant, values: Values) -> None:
    """The investor, the economic organisation and the project of B.4, part I."""
    investor = member.investor or Organisation("")
    values.conditions.add(investor.kind)
    root = f"participant/{member.id}"
    values.put("I.0", member.project_name or member.name, figures=(f"{root}/project_name",))
    _kind(member, investor, values)
    given = {
        "I.1.2.2": investor.name,
        "I.1.2.3": investor.registration.number,
        "I.1.2.4": day(investor.registration.first_issued),
        "I.1.2.5": investor.registration.issuer,
        "I.1.2.6": investor.address,
        "I.1.2.7": investor.tax_code,
        "I.1.2.8": investor.phone,
        "I.1.2.9": investor.fax,
        "I.1.2.10": investor.email,
        "I.1.2.11": investor.website,
    }
    for field_id, content in given.items():
        if investor.kind == INDIVIDUAL:
            values.put(field_id, None, reason=values.say("forms.other_kind"))
        else:
            values.put(field_id, content, figures=(f"{root}/investor",))
    values.put("I.2.1", member.name, figures=(f"{root}/name",))
    _registration(("I.2.2", "I.2.3", "I.2.4", "I.2.5"), member.registration, f"{root}/registration", values)
    values.put("I.3.1", member.project_name, figures=(f"{root}/project_name",))
    place = ", ".join(p for p in (member.place.lot, member.place.address, member.place.province) if p)
    values.put("I.3.2", place, figures=(f"{root}/place",))
    _registration(
        ("I.3.3", "I.3.4", "I.3.5", "I.3.6"),
        member.investment_certificate,
        f"{root}/investment_certificate",
        values,
    )


def _kind(member: Participant, investor: Organisation, values: Values) -> None:
    """The kind of investor stands in its own part; the other part says so."""
    other = values.say("forms.other_kind")
    for field_id, kind in (("I.1.1.1", INDIVIDUAL), ("I.1.2.1", ORGANISATION)):
        if investor.kind != kind:
            values.put(field_id, None, reason=other)
        else:
            label = values.say(f"forms.{kind}") if member.investor else None
            values.put(field_id, label, figures=(f"participant/{member.id}/investor",))


def _registration(
    ids: tuple[str, str, str, str], registration: Registration, figure: str, values: Values
) -> None:
    """Number, issuer, day of first issue and of the latest amendment; never amended is said as such."""
    amended = day(registration.last_amended)
    never = values.say("forms.never_amended") if registration.number and not amended else ""
    values.put(ids[0], registration.number, figures=(figure,))
    values.put(ids[1], registration.issuer, figures=(figure,))
    values.put(ids[2], day(registration.first_issued), figures=(figure,))
    values.put(ids[3], amended, figures=(figure,), reason=never)
