"""Fill the four forms of a park from its result."""

from collections.abc import Mapping
from dataclasses import replace

from parkloop import reference
from parkloop.model import LegalForm, ParkResult
from parkloop.reports.forms.checks import check_forms
from parkloop.reports.forms.enterprise_form import fill_b4
from parkloop.reports.forms.filing import Counting, Filing, filing
from parkloop.reports.forms.indicator_forms import fill_a5, fill_b5
from parkloop.reports.forms.park_form import fill_a4
from parkloop.reports.forms.sheet import Values, form
from parkloop.reports.forms.trade import deliveries

__all__ = ["fill_forms"]


def fill_forms(
    result: ParkResult,
    year: int,
    lang: str,
    typed: Mapping[str, str] | None = None,
    previous: tuple[LegalForm, ...] = (),
    counting: Counting = "running",
) -> tuple[LegalForm, ...]:
    """The forms A.4, A.5, B.5 and one B.4 an enterprise for reporting year `year` (N; data of N-1).

    Parameters
    ----------
    lang
        Language of texts, notes and checks: `vi` as filed, `en` to read.
    typed
        Personal data of representatives by `A.4/<field>` or `B.4/<enterprise>/<field>`; they are printed on
        the form and kept nowhere.
    previous
        Last year's forms, for the checks of continuity; without them these checks stay open.
    counting
        Whose savings count: `running`, all solutions in effect, or `new`, those that took effect in N-1.

    Returns
    -------
    tuple
        A.4 with the cross-checks of all forms, A.5, B.5, then B.4 by enterprise.

    Raises
    ------
    ValueError
        When the result is of another year than N-1, or `typed` names a field that takes no personal data.
    """
    what = filing(result, year, lang, counting)
    personal = _typed(typed or {}, what)
    park_id = result.park.id
    a4, a5, b5 = (Values(code, park_id, what) for code in ("A.4", "A.5", "B.5"))
    fill_a4(a4)
    fill_a5(a5)
    fill_b5(b5)
    moved = deliveries(what)
    enterprises = []
    for member in what.enterprises:
        b4 = Values("B.4", member.id, what)
        fill_b4(member, moved, b4)
        enterprises.append(form(b4, personal.get(("B.4", member.id), {})))
    park = form(a4, personal.get(("A.4", park_id), {}))
    filled = (park, form(a5, {}), form(b5, {}), *enterprises)
    return (replace(park, checks=check_forms(filled, what, previous)), *filled[1:])


def _typed(typed: Mapping[str, str], what: Filing) -> dict[tuple[str, str], dict[str, str]]:
    """Typed personal data by form and subject; a key that fits nothing is an error, not a silent loss."""
    members = {p.id for p in what.enterprises}
    found: dict[tuple[str, str], dict[str, str]] = {}
    for key, value in typed.items():
        code, _, rest = key.partition("/")
        subject, _, field_id = rest.rpartition("/")
        if code == "A.4" and not subject:
            subject = what.result.park.id
        known = subject in members if code == "B.4" else subject == what.result.park.id
        fields = {row.id for row in reference.form_rows(code) if row.personal} if known else set()
        if field_id not in fields:
            raise ValueError(
                f"{key!r} names no field for personal data; write A.4/<field> or B.4/<enterprise id>/<field>"
            )
        found.setdefault((code, subject), {})[field_id] = value
    return found
