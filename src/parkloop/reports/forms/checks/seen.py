"""What a check sees: all forms of a park and year, their fields, and what they were filled from."""

from collections.abc import Iterable
from dataclasses import dataclass

from parkloop import reference
from parkloop.model import FormCheck, FormField, LegalForm, ParkResult
from parkloop.reports.forms.filing import Filing
from parkloop.reports.forms.wording import listed
from parkloop.texts import text

__all__ = ["Seen", "seen", "verdict"]

SEVERITIES = {
    "notice": ("X03", "X10", "X22", "X23"),
    "warning": ("X05", "X08", "X19", "X20", "X21", "X29", "X30", "X32", "X33", "X34"),
}
Fields = dict[str, FormField]


@dataclass(frozen=True, slots=True)
class Seen:
    """All forms with their fields by (code, subject), and last year's."""

    filing: Filing
    forms: tuple[LegalForm, ...]
    previous: tuple[LegalForm, ...]
    fields: dict[tuple[str, str], Fields]

    @property
    def result(self) -> ParkResult:
        """What the forms were filled from."""
        return self.filing.result

    @property
    def enterprises(self) -> tuple[LegalForm, ...]:
        """The forms B.4."""
        return tuple(form for form in self.forms if form.code == "B.4")

    @property
    def none(self) -> str:
        """What stands in a text field when there is nothing to tell."""
        return text("forms.none", self.filing.lang)

    def of(self, code: str) -> Fields:
        """The fields of a form of the park (A.4, A.5, B.5)."""
        return self.fields[code, self.result.park.id]

    def number(self, fields: Fields, field_id: str) -> float | None:
        """The numeric content of a field; None where it has none."""
        found = fields.get(field_id)
        value = found.value if found is not None else None
        return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else None

    def a4(self, field_id: str) -> float | None:
        """The numeric content of a field of A.4."""
        return self.number(self.of("A.4"), field_id)

    def b4(self) -> Iterable[tuple[str, Fields]]:
        """Subject and fields of each B.4."""
        return ((form.subject_id, self.fields["B.4", form.subject_id]) for form in self.enterprises)

    def say(self, key: str, **arguments: object) -> str:
        """A text of the checks in the language of the forms."""
        return text(f"forms.detail.{key}", self.filing.lang, **arguments)

    def word(self, list_name: str, code: str) -> str:
        """The word for a code of a list; the code itself where the list has none."""
        known = next((c for c in reference.code_lists()[list_name] if c.code == code), None)
        return code if known is None else known.label(self.filing.lang)

    def earlier(self, code: str, subject_id: str) -> Fields | None:
        """Last year's fields of one form; None where there is none."""
        for form in self.previous:
            if (form.code, form.subject_id, form.year) == (code, subject_id, self.filing.year - 1):
                return {field.id: field for field in form.fields}
        return None


def seen(forms: tuple[LegalForm, ...], filing: Filing, previous: tuple[LegalForm, ...]) -> Seen:
    """Put the fields of all forms in reach."""
    fields = {(form.code, form.subject_id): {f.id: f for f in form.fields} for form in forms}
    return Seen(filing, forms, previous, fields)


def verdict(id_: str, passed: bool | None, detail: str | list[str], forms: str) -> FormCheck:
    """One check's outcome; a list of findings is joined and kept short."""
    severity = next((name for name, ids in SEVERITIES.items() if id_ in ids), "error")
    words = detail if isinstance(detail, str) else listed(detail)
    return FormCheck(id_, severity, passed, words, tuple(forms.split()))
