"""Forms as JSON and back: what is kept of a filing, without anyone's personal data."""

from collections.abc import Mapping, Sequence
from typing import Any

from parkloop import reference
from parkloop.model import Derivation, FormCheck, FormField, LegalForm
from parkloop.reports.forms.sheet import base_id
from parkloop.texts import text

__all__ = ["form_as_dict", "form_from_dict"]

STATE = "draft"


def form_as_dict(form: LegalForm) -> dict[str, Any]:
    """A form in JSON's own types; personal data that were typed for printing are left out."""
    title = reference.form_titles()[form.code]
    personal = {row.id for row in reference.form_rows(form.code) if row.personal}
    return {
        "form": form.code,
        "report_code": title.report_code,
        "state": STATE,
        "title_en": form.title_en,
        "title_vi": form.title_vi,
        "park": form.park_id,
        "subject": form.subject_id,
        "reporting_year": form.year,
        "data_year": form.year - 1,
        "standing_en": form.standing_en,
        "standing_vi": form.standing_vi,
        "source": f"{title.source}; {title.locator}",
        "fields": [_field(form.code, f, kept=base_id(f.id) not in personal) for f in form.fields],
        "checks": [
            {
                "id": c.id,
                "severity": c.severity,
                "passed": c.passed,
                "detail": c.detail,
                "forms": list(c.forms),
            }
            for c in form.checks
        ],
        "trace": [_derivation(d) for d in form.trace],
    }


def _field(code: str, field: FormField, *, kept: bool) -> dict[str, Any]:
    value = list(field.value) if isinstance(field.value, tuple) else field.value
    printed = next(r.printed_code for r in reference.form_rows(code) if r.id == base_id(field.id))
    return {
        "id": field.id,
        "printed_code": printed if printed != base_id(field.id) else None,
        "section": field.section,
        "label_en": field.label_en,
        "label_vi": field.label_vi,
        "type": field.type,
        "unit": field.unit or None,
        "required": field.required,
        "value": value if kept else None,
        "reason": (field.reason or None) if kept else text("forms.personal", "en"),
        "note": field.note or None,
        "figures": list(field.figure_ids),
    }


def _derivation(derivation: Derivation) -> dict[str, Any]:
    return {
        "figure": derivation.figure_id,
        "label": derivation.label,
        "value": derivation.value,
        "unit": derivation.unit or None,
        "formula": derivation.formula or None,
        "method": derivation.method or None,
        "source": derivation.source or None,
        "note": derivation.note or None,
        "inputs": [_derivation(part) for part in derivation.inputs],
    }


def form_from_dict(kept: Mapping[str, Any]) -> LegalForm:
    """A form read back from `form_as_dict`, for next year's checks of continuity.

    Raises
    ------
    KeyError
        When a part of the form is missing.
    """
    return LegalForm(
        code=kept["form"],
        title_en=kept["title_en"],
        title_vi=kept["title_vi"],
        subject_id=kept["subject"],
        park_id=kept["park"],
        year=kept["reporting_year"],
        fields=tuple(_read_field(one) for one in kept["fields"]),
        checks=tuple(
            FormCheck(c["id"], c["severity"], c["passed"], c["detail"], tuple(c["forms"]))
            for c in kept["checks"]
        ),
        standing_en=kept["standing_en"],
        standing_vi=kept["standing_vi"],
        trace=_read_trace(kept.get("trace", ())),
    )


def _read_field(kept: Mapping[str, Any]) -> FormField:
    value = kept["value"]
    return FormField(
        id=kept["id"],
        section=kept["section"],
        label_en=kept["label_en"],
        label_vi=kept["label_vi"],
        type=kept["type"],
        unit=kept["unit"] or "",
        required=kept["required"],
        value=tuple(value) if isinstance(value, list) else value,
        reason=kept["reason"] or "",
        note=kept["note"] or "",
        figure_ids=tuple(kept["figures"]),
    )


def _read_trace(kept: Sequence[Mapping[str, Any]]) -> tuple[Derivation, ...]:
    return tuple(
        Derivation(
            figure_id=one["figure"],
            label=one["label"],
            value=one["value"],
            unit=one["unit"] or "",
            formula=one["formula"] or "",
            method=one["method"] or "",
            source=one["source"] or "",
            inputs=_read_trace(one["inputs"]),
            note=one["note"] or "",
        )
        for one in kept
    )
