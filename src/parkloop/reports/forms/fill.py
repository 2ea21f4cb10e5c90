"""Fill the four forms of a park from its result."""

from collections.abc import Mapping
from dataclasses import replace

from parkloop.model import LegalForm, ParkResult, ParticipantKind
from parkloop.reports.forms.checks import check_forms
from parkloop.reports.forms.enterprise_form import fill_b4
from parkloop.reports.forms.indicator_forms import fill_a5, fill_b5
from parkloop.reports.forms.park_form import fill_a4
from parkloop.reports.forms.sheet import Values, form

__all__ = ["fill_forms"]


def fill_forms(
    result: ParkResult, year: int, lang: str, typed: Mapping[str, str] | None = None
) -> tuple[LegalForm, ...]:
    """The forms A.4, A.5, B.5 and one B.4 per enterprise for reporting year `year` (N; data of N-1).

    `typed` gives personal data of representatives by `<form>/<field>`; they are printed and not kept. The
    cross-checks stand on form A.4.

    Raises
    ------
    ValueError
        When the result is of another year than N-1.
    """
    if result.year != year - 1:
        raise ValueError(
            f"forms of {year} need the data of {year - 1}, the result is of {result.year}; "
            f"run the park with year {year - 1}"
        )
    typed = typed or {}
    park_id = result.park.id

    def blank() -> Values:
        return Values(lang)

    a4, a5, b5 = blank(), blank(), blank()
    fill_a4(result, year, a4)
    fill_a5(result, year, a5)
    fill_b5(result, year, b5)
    enterprises = []
    for member in result.ledger.participants:
        if member.kind is ParticipantKind.ENTERPRISE and member.in_operation:
            b4 = blank()
            fill_b4(result, member, year, b4)
            enterprises.append(form("B.4", member.id, park_id, year, b4, typed))
    park = form("A.4", park_id, park_id, year, a4, typed)
    indicators = form("A.5", park_id, park_id, year, a5, typed)
    shares = form("B.5", park_id, park_id, year, b5, typed)
    checks = check_forms(park, indicators, shares, tuple(enterprises), result)
    return (replace(park, checks=checks), indicators, shares, *enterprises)
