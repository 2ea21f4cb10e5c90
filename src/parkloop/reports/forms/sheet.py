"""How one form is filled: values, reasons and notes by field id."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from parkloop import reference
from parkloop.model import FormField, LegalForm
from parkloop.texts import text

__all__ = ["Filled", "Typed", "Values", "form", "million", "whole"]

Typed = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Filled:
    """The content of one field; a value of None needs a reason."""

    value: float | int | str | bool | tuple[str, ...] | None = None
    reason: str = ""
    note: str = ""
    figure_ids: tuple[str, ...] = ()


@dataclass(slots=True)
class Values:
    """Field id to content, with the language of reasons and notes."""

    lang: str
    found: dict[str, Filled] = field(default_factory=dict)

    def put(
        self,
        field_id: str,
        value: float | int | str | bool | tuple[str, ...] | None,
        note: str = "",
        figures: tuple[str, ...] = (),
        reason: str = "",
    ) -> None:
        """Set one field; an empty value without a reason says that the ledger has none."""
        empty = value is None or value in ("", ())
        if empty and not reason:
            reason = self.say("forms.not_in_ledger")
        self.found[field_id] = Filled(None if empty else value, reason if empty else "", note, figures)

    def say(self, key: str, **arguments: object) -> str:
        """The text `key` in the language of this form."""
        return text(key, self.lang, **arguments)


def form(code: str, subject_id: str, park_id: str, year: int, values: Values, typed: Typed) -> LegalForm:
    """The form `code` with every field of the table: filled, typed at export, or with its reason."""
    titles = reference.form_titles()[code]
    fields = []
    for row in reference.form_rows(code):
        copies = [key for key in values.found if key == row.id or key.startswith(f"{row.id}[")]
        for key in copies or [row.id]:
            content = values.found.get(key)
            if row.type == "label":
                content = Filled(reason=values.say("forms.heading"))
            elif row.personal:
                given = typed.get(f"{code}/{key}", "")
                content = Filled(given or None, "" if given else values.say("forms.personal"))
            elif content is None:
                raise KeyError(f"form {code} has no rule for its field {key}; add one in reports/forms")
            fields.append(
                FormField(
                    id=key,
                    section=row.section,
                    label_en=row.label_en,
                    label_vi=row.label_vi,
                    type=row.type,
                    unit=row.unit,
                    required=row.required,
                    value=content.value,
                    reason=content.reason,
                    note=content.note,
                    figure_ids=content.figure_ids,
                )
            )
    return LegalForm(
        code=code,
        title_en=titles.title_en,
        title_vi=titles.title_vi,
        subject_id=subject_id,
        park_id=park_id,
        year=year,
        fields=tuple(fields),
        standing_en=text("forms.standing", "en"),
        standing_vi=text("forms.standing", "vi"),
    )


def million(vnd: float) -> float:
    """VND in million VND, to the portal's five decimals at most; three are kept."""
    return round(vnd / 1e6, 3)


def whole(value: float) -> float:
    """An amount with at most two decimals."""
    return round(value, 2)
