"""How one form is filled: values, reasons, notes and what they were made of, by field id."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from parkloop import reference
from parkloop.model import Derivation, FormField, LegalForm
from parkloop.reference import FormRow
from parkloop.reports.forms.filing import Filing
from parkloop.reports.forms.tally import Part
from parkloop.reports.forms.trace import derive, from_figures, from_parts
from parkloop.reports.forms.wording import AREA_LIMIT, TEXT_LIMIT, clip
from parkloop.texts import text

__all__ = ["Content", "Filled", "Values", "base_id", "form"]

Content = float | int | str | bool | tuple[str, ...] | None
SHOWN_FOR = {
    "I.1.1 individual investor": "individual",
    "I.1.2 organisation investor": "organisation",
    "I.1.2a legal representative": "organisation",
    "I.1.4 legal representative": "organisation",
}
DIGITS = {"million VND": 3}


@dataclass(frozen=True, slots=True)
class Filled:
    """The content of one field; a value of None needs a reason. `unit` replaces the printed one if given."""

    value: Content = None
    reason: str = ""
    note: str = ""
    figure_ids: tuple[str, ...] = ()
    unit: str = ""
    inputs: tuple[Derivation, ...] = ()


@dataclass(slots=True)
class Values:
    """Field id to content of one form of one subject; `conditions` are those that make fields required."""

    code: str
    subject_id: str
    filing: Filing
    found: dict[str, Filled] = field(default_factory=dict)
    conditions: set[str] = field(default_factory=set)

    @property
    def lang(self) -> str:
        """The language of texts on the form."""
        return self.filing.lang

    @property
    def none(self) -> str:
        """What is typed into a required text field when there is nothing to tell."""
        return self.say("forms.none")

    def say(self, key: str, **arguments: object) -> str:
        """The text `key` in the language of this form."""
        return text(key, self.lang, **arguments)

    def put(
        self,
        field_id: str,
        value: Content,
        note: str = "",
        figures: tuple[str, ...] = (),
        reason: str = "",
    ) -> None:
        """Set one field; an empty value without a reason says that the ledger has none.

        A text longer than the portal takes is cut, and stands whole in the note.
        """
        empty = value is None or value in ("", ())
        if empty:
            reason = reason or self.say("forms.not_in_ledger")
            self.found[field_id] = Filled(None, reason, note, figures)
            return
        if isinstance(value, str):
            limit = AREA_LIMIT if _type(self.code, field_id) == "textarea" else TEXT_LIMIT
            shown = clip(value, limit)
            if shown != value:
                note = "; ".join(part for part in (note, self.say("forms.cut", whole=value)) if part)
            value = shown
        self.found[field_id] = Filled(value, "", note, figures, inputs=from_figures(figures, self.filing))

    def add_up(self, field_id: str, parts: Iterable[Part], note: str = "") -> float:
        """Set one field to the sum of parts, in the field's unit; a sum below zero is marked, never cut."""
        parts = tuple(parts)
        unit = _unit(self.code, field_id)
        per = 1e6 if unit == "million VND" else 1.0
        value = round(sum(part.value for part in parts) / per, DIGITS.get(unit, 2)) + 0.0
        if value < 0:
            note = "; ".join(part for part in (self.say("forms.negative"), note) if part)
        figures = tuple(dict.fromkeys(part.figure_id for part in parts))
        inputs = from_parts(parts, self.filing, unit, per)
        self.found[field_id] = Filled(value, "", note, figures, inputs=inputs)
        return value

    def calculate(self, field_id: str, value: float, note: str, fields: tuple[str, ...]) -> None:
        """Set one field that follows from others of this form, which its trace names."""
        value = value + 0.0
        if value < 0:
            note = "; ".join(part for part in (self.say("forms.negative"), note) if part)
        figures = dict.fromkeys(figure for one in fields for figure in self.found[one].figure_ids)
        inputs = tuple(self._stub(one) for one in fields)
        self.found[field_id] = Filled(value, "", note, tuple(figures), inputs=inputs)

    def _stub(self, field_id: str) -> Derivation:
        """Another field of this form as an input."""
        row, content = _row(self.code, field_id), self.found[field_id]
        value = content.value if not isinstance(content.value, tuple) else "; ".join(content.value)
        return Derivation(self.figure(field_id), row.label(self.lang), value, row.unit)

    def rest_on(self, field_id: str, figures: tuple[str, ...]) -> None:
        """Name more figures that a field rests on."""
        content = self.found[field_id]
        inputs = content.inputs + from_figures(figures, self.filing)
        self.found[field_id] = replace(content, figure_ids=content.figure_ids + figures, inputs=inputs)

    def figure(self, field_id: str) -> str:
        """The figure id of a field of this form."""
        return f"form/{self.code}/{self.subject_id}/{self.filing.year}/{field_id}"

    def choose(self, field_id: str, value: float, unit: str, note: str, figures: tuple[str, ...]) -> None:
        """Set a field that asks for a number and for its unit or carrier."""
        rounded = round(value, 2) + 0.0
        if rounded < 0:
            note = "; ".join(part for part in (self.say("forms.negative"), note) if part)
        inputs = from_figures(figures, self.filing)
        self.found[field_id] = Filled(rounded, "", note, figures, unit, inputs)

    def annotate(self, field_id: str, note: str) -> None:
        """Add a remark to a field that is set; an empty one changes nothing."""
        if note:
            content = self.found[field_id]
            joined = "; ".join(part for part in (content.note, note) if part)
            self.found[field_id] = replace(content, note=joined)

    def word(self, list_name: str, code: str) -> str:
        """The word for a code of a list; the code itself where the list has none."""
        known = next((c for c in reference.code_lists()[list_name] if c.code == code), None)
        return code if known is None else known.label(self.lang)

    def number(self, field_id: str) -> float:
        """The number set for a field; 0 where there is none."""
        value = self.found[field_id].value if field_id in self.found else None
        return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else 0.0


def base_id(field_id: str) -> str:
    """The id of the table's row: `P2.1[3]` is `P2.1`."""
    return field_id.partition("[")[0]


def _row(code: str, field_id: str) -> FormRow:
    wanted = base_id(field_id)
    found = next((row for row in reference.form_rows(code) if row.id == wanted), None)
    if found is None:
        raise KeyError(f"form {code} has no field {field_id}")
    return found


def _type(code: str, field_id: str) -> str:
    return _row(code, field_id).type


def _unit(code: str, field_id: str) -> str:
    return _row(code, field_id).unit


def form(values: Values, typed: Mapping[str, str]) -> LegalForm:
    """The form with every field of the table: filled, typed at export, or with its reason.

    `typed` holds the personal data of this form and subject by field id.
    """
    filing, code = values.filing, values.code
    title = reference.form_titles()[code]
    fields: list[FormField] = []
    trace: list[Derivation] = []
    for row in reference.form_rows(code):
        copies = [key for key in values.found if base_id(key) == row.id] or [row.id]
        for key in copies:
            content = _content(row, key, values, typed)
            fields.append(_field(row, key, content, values))
            derivation = derive(values.figure(key), fields[-1], content.inputs)
            if derivation is not None:
                trace.append(derivation)
    return LegalForm(
        code=code,
        title_en=title.title_en,
        title_vi=title.title_vi,
        subject_id=values.subject_id,
        park_id=filing.result.park.id,
        year=filing.year,
        fields=tuple(fields),
        standing_en=_standing("en", filing),
        standing_vi=_standing("vi", filing),
        trace=tuple(trace),
    )


def _standing(lang: str, filing: Filing) -> str:
    counting = text(f"forms.counting.{filing.counting}", lang, year=filing.data_year)
    return f"{text('forms.standing', lang)} {counting}"


def _content(row: FormRow, key: str, values: Values, typed: Mapping[str, str]) -> Filled:
    wanted = SHOWN_FOR.get(row.section)
    hidden = wanted is not None and wanted not in values.conditions
    if row.personal:
        given = typed.get(key, "")
        why = "forms.other_kind" if hidden else "forms.personal"
        return Filled(given or None, "" if given else values.say(why))
    if row.type == "label":
        return Filled(reason=values.say("forms.heading"))
    content = values.found.get(key)
    if content is None:
        raise KeyError(f"form {values.code} has no rule for its field {key}; add one in reports/forms")
    return content


def _field(row: FormRow, key: str, content: Filled, values: Values) -> FormField:
    return FormField(
        id=key,
        section=row.section,
        label_en=row.label_en,
        label_vi=row.label_vi,
        type=row.type,
        unit=content.unit or row.unit,
        required=row.required or bool(row.required_if and row.required_if in values.conditions),
        value=content.value,
        reason=content.reason,
        note=content.note,
        figure_ids=content.figure_ids,
    )
