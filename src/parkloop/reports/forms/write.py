"""Forms as workbook and as JSON."""

import json
from collections.abc import Iterable
from io import BytesIO
from typing import Any

from parkloop.model import Document, FormField, LegalForm
from parkloop.texts import text

__all__ = ["form_as_dict", "write_forms"]

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDTHS = (9, 46, 40, 13, 46, 44)
COLUMNS = ("id", "label_vi", "value", "unit", "note", "figures")


def write_forms(forms: Iterable[LegalForm], lang: str) -> tuple[Document, ...]:
    """One workbook and one JSON file for each form code; B.4 has a sheet an enterprise."""
    by_code: dict[str, list[LegalForm]] = {}
    for item in forms:
        by_code.setdefault(item.code, []).append(item)
    documents = []
    for code, members in by_code.items():
        name = f"form-{code.replace('.', '').lower()}-{members[0].year}"
        documents.append(Document(f"{name}.xlsx", XLSX, _workbook(members, lang)))
        content = json.dumps([form_as_dict(m) for m in members], ensure_ascii=False, indent=1).encode()
        documents.append(Document(f"{name}.json", "application/json", content))
    return tuple(documents)


def form_as_dict(form: LegalForm) -> dict[str, Any]:
    """A form in JSON's own types."""
    return {
        "form": form.code,
        "title_en": form.title_en,
        "title_vi": form.title_vi,
        "park": form.park_id,
        "subject": form.subject_id,
        "reporting_year": form.year,
        "data_year": form.year - 1,
        "standing_en": form.standing_en,
        "standing_vi": form.standing_vi,
        "fields": [_field(f) for f in form.fields],
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
    }


def _field(field: FormField) -> dict[str, Any]:
    return {
        "id": field.id,
        "section": field.section,
        "label_en": field.label_en,
        "label_vi": field.label_vi,
        "type": field.type,
        "unit": field.unit or None,
        "required": field.required,
        "value": list(field.value) if isinstance(field.value, tuple) else field.value,
        "reason": field.reason or None,
        "note": field.note or None,
        "figures": list(field.figure_ids),
    }


def _workbook(forms: list[LegalForm], lang: str) -> bytes:
    import xlsxwriter

    buffer = BytesIO()
    book = xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    styles = {
        "title": book.add_format({"bold": True, "font_size": 14, "text_wrap": True}),
        "head": book.add_format(
            {"bold": True, "bg_color": "#E3ECE7", "border": 1, "text_wrap": True, "valign": "top"}
        ),
        "cell": book.add_format({"text_wrap": True, "valign": "top", "border": 1, "border_color": "#C9D2CD"}),
        "number": book.add_format(
            {"num_format": "#,##0.###", "valign": "top", "border": 1, "border_color": "#C9D2CD"}
        ),
        "empty": book.add_format(
            {
                "text_wrap": True,
                "valign": "top",
                "italic": True,
                "font_color": "#6B6B6B",
                "border": 1,
                "border_color": "#C9D2CD",
            }
        ),
        "section": book.add_format(
            {"bold": True, "bg_color": "#F2F5F3", "border": 1, "border_color": "#C9D2CD"}
        ),
        "plain": book.add_format({"text_wrap": True, "valign": "top"}),
    }
    for form in forms:
        name = form.code if len(forms) == 1 else f"{form.code} {form.subject_id}"[:31]
        _sheet(book.add_worksheet(name), form, styles, lang)
    if forms[0].checks:
        _checks(book.add_worksheet(text("forms.sheet.checks", lang)), forms[0], styles, lang)
    book.close()
    return buffer.getvalue()


def _sheet(sheet: Any, form: LegalForm, styles: dict[str, Any], lang: str) -> None:
    title = form.title_vi if lang == "vi" else form.title_en
    standing = form.standing_vi if lang == "vi" else form.standing_en
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    sheet.merge_range(0, 0, 0, len(WIDTHS) - 1, f"{form.code}  {title}", styles["title"])
    heading = text(
        "forms.sheet.period", lang, year=form.year, data_year=form.year - 1, subject=form.subject_id
    )
    sheet.merge_range(1, 0, 1, len(WIDTHS) - 1, heading, styles["plain"])
    sheet.merge_range(2, 0, 2, len(WIDTHS) - 1, standing, styles["plain"])
    sheet.set_row(2, 45)
    for column, key in enumerate(COLUMNS):
        sheet.write_string(4, column, text(f"forms.sheet.{key}", lang), styles["head"])
    row, section = 5, ""
    for field in form.fields:
        if field.section != section:
            section = field.section
            sheet.merge_range(row, 0, row, len(WIDTHS) - 1, section, styles["section"])
            row += 1
        _row(sheet, row, field, styles, lang)
        row += 1
    sheet.freeze_panes(5, 2)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_paper(9)


def _row(sheet: Any, row: int, field: FormField, styles: dict[str, Any], lang: str) -> None:
    label = field.label_vi if lang == "vi" else field.label_en
    sheet.write_string(row, 0, field.id, styles["cell"])
    sheet.write_string(row, 1, label + (" *" if field.required else ""), styles["cell"])
    value = field.value
    if value is None:
        sheet.write_string(row, 2, field.reason, styles["empty"])
    elif isinstance(value, bool):
        sheet.write_string(row, 2, text("forms.yes" if value else "forms.no", lang), styles["cell"])
    elif isinstance(value, (int, float)):
        sheet.write_number(row, 2, value, styles["number"])
    else:
        shown = "; ".join(value) if isinstance(value, tuple) else value
        sheet.write_string(row, 2, shown, styles["cell"])
    unit = text(f"forms.unit.{field.unit}", lang) if lang == "vi" and field.unit in TRANSLATED else field.unit
    sheet.write_string(row, 3, unit, styles["cell"])
    sheet.write_string(row, 4, field.note, styles["cell"])
    ids = ", ".join(field.figure_ids[:6]) + (
        f" (+{len(field.figure_ids) - 6})" if len(field.figure_ids) > 6 else ""
    )
    sheet.write_string(row, 5, ids, styles["cell"])


TRANSLATED = (
    "million VND",
    "enterprises",
    "solutions",
    "networks",
    "symbioses",
    "t/year",
    "m3/year",
    "tCO2/year",
)


def _checks(sheet: Any, form: LegalForm, styles: dict[str, Any], lang: str) -> None:
    for column, (key, width) in enumerate(
        (("id", 8), ("severity", 12), ("result", 14), ("forms", 16), ("detail", 100))
    ):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, text(f"forms.sheet.{key}", lang), styles["head"])
    for row, check in enumerate(form.checks, start=1):
        result = {True: "passed", False: "failed", None: "open"}[check.passed]
        cells = (
            check.id,
            text(f"forms.severity.{check.severity}", lang),
            text(f"forms.result.{result}", lang),
        )
        for column, content in enumerate((*cells, ", ".join(check.forms), check.detail)):
            sheet.write_string(row, column, content, styles["cell"])
    sheet.freeze_panes(1, 0)
