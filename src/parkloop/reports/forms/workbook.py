"""One form as a workbook: the form itself, its cross-checks, and the trace of its numbers."""

import re
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from parkloop import reference
from parkloop.model import FormField, LegalForm
from parkloop.reports.forms.sheet import base_id
from parkloop.reports.forms.wording import listed
from parkloop.texts import catalogue, text

__all__ = ["label_in", "unit_in", "workbook"]

COLUMNS = (("id", 9), ("label", 46), ("value", 34), ("unit", 13), ("note", 50), ("figures", 40))
CHECK_COLUMNS = (("id", 7), ("check", 44), ("severity", 11), ("result", 15), ("forms", 13), ("detail", 90))
TRACE_COLUMNS = (
    ("id", 10),
    ("figure", 34),
    ("label", 44),
    ("value", 16),
    ("unit", 13),
    ("formula", 34),
    ("method", 24),
    ("made_of", 60),
    ("source", 40),
)
HEIGHT, LONGEST_ROW = 12.8, 400.0
CHARACTERS_PER_WIDTH = 1.25
SHOWN_FIGURES = 3
PLACEHOLDER = re.compile(r"\[N(?P<far>[+-]\d+)?\]|\bN(?P<near>[+-]\d+)\b|(?<=year )N\b")
LINE, HEAD, BAND, GREY = "#C9D2CD", "#DCE8E2", "#F2F5F3", "#6B6B6B"


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet being written: the sheet, its formats, and the language."""

    sheet: Any
    formats: dict[str, Any]
    lang: str

    def say(self, key: str, **arguments: object) -> str:
        """A text of the sheets."""
        return text(f"forms.sheet.{key}", self.lang, **arguments)


def workbook(form: LegalForm, lang: str) -> bytes:
    """A workbook of one form, ready to print on A4 across."""
    import xlsxwriter

    buffer = BytesIO()
    book = xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    formats = _formats(book)
    sheets = [(form.code, _form)]
    if form.checks:
        sheets.append((text("forms.sheet.checks", lang), _checks))
    if form.trace:
        sheets.append((text("forms.sheet.trace", lang), _trace))
    for name, write in sheets:
        page = Page(book.add_worksheet(name), formats, lang)
        write(form, page)
        page.sheet.set_landscape()
        page.sheet.set_paper(9)
        page.sheet.set_margins(0.4, 0.4, 0.5, 0.5)
        page.sheet.fit_to_pages(1, 0)
        page.sheet.set_footer(f"&L{form.code} {form.year} {form.subject_id}&C&A&R&P / &N")
    book.close()
    return buffer.getvalue()


def _formats(book: Any) -> dict[str, Any]:
    cell = {"font_name": "Arial", "font_size": 9, "text_wrap": True, "valign": "top"}
    lined = {**cell, "border": 1, "border_color": LINE}
    shapes = {
        "title": {**cell, "bold": True, "font_size": 14},
        "plain": cell,
        "head": {**lined, "bold": True, "bg_color": HEAD},
        "cell": lined,
        "strong": {**lined, "bold": True},
        "empty": {**lined, "italic": True, "font_color": GREY},
        "section": {**lined, "bold": True, "bg_color": BAND, "text_wrap": False},
        "bad": {**lined, "bold": True, "font_color": "#9C1C1C"},
        "good": {**lined, "font_color": "#1E6B43"},
    }
    formats = {name: book.add_format(shape) for name, shape in shapes.items()}
    for digits in range(6):
        pattern = "#,##0" + ("." + "0" * digits if digits else "")
        formats[f"number{digits}"] = book.add_format(
            {**lined, "num_format": pattern, "align": "right", "indent": 1}
        )
        formats[f"strong{digits}"] = book.add_format(
            {**lined, "bold": True, "num_format": pattern, "align": "right", "indent": 1}
        )
    return formats


def _heading(page: Page, columns: tuple[tuple[str, int], ...], row: int) -> None:
    for column, (key, width) in enumerate(columns):
        page.sheet.set_column(column, column, width)
        page.sheet.write_string(row, column, page.say(key), page.formats["head"])
    page.sheet.freeze_panes(row + 1, 0)
    page.sheet.repeat_rows(row)


def _form(form: LegalForm, page: Page) -> None:
    last = len(COLUMNS) - 1
    title = form.title_vi if page.lang == "vi" else form.title_en
    standing = form.standing_vi if page.lang == "vi" else form.standing_en
    period = page.say("period", year=form.year, data_year=form.year - 1, subject=_subject(form))
    missing = _missing(form)
    state = (
        page.say("missing", count=len(missing), ids=listed(missing, 30)) if missing else page.say("complete")
    )
    width = sum(size for _, size in COLUMNS)
    lines = [(f"{form.code}  {title}", "title"), (period, "plain"), (standing, "plain")]
    lines += [(page.say("numbers"), "plain"), (state, "plain")]
    for row, (words, style) in enumerate(lines):
        page.sheet.merge_range(row, 0, row, last, words, page.formats[style])
        page.sheet.set_row(row, HEIGHT * (1.5 if style == "title" else _lines(words, width)))
    _heading(page, COLUMNS, len(lines))
    row, section = len(lines) + 1, ""
    for field in form.fields:
        if field.section != section:
            section = field.section
            name = reference.form_section(section, page.lang)
            page.sheet.merge_range(row, 0, row, last, name, page.formats["section"])
            row += 1
        _row(page, row, field, form)
        row += 1


def _subject(form: LegalForm) -> str:
    """Id and name of who files."""
    names = [f.value for f in form.fields if f.id in ("I.2.1", "I.1.1") and isinstance(f.value, str)]
    return f"{form.subject_id} – {names[-1]}" if names else form.subject_id


def _missing(form: LegalForm) -> list[str]:
    """Required fields that are still empty, without those where nothing may exist."""
    free = {row.id for row in reference.form_rows(form.code) if row.may_be_empty}
    return [f.id for f in form.fields if f.required and f.value is None and base_id(f.id) not in free]


def _row(page: Page, row: int, field: FormField, form: LegalForm) -> None:
    label = label_in(field, page.lang, form.year) + (" *" if field.required else "")
    printed = _printed(field, form)
    shown = _figures(field)
    page.sheet.write_string(row, 0, printed, page.formats["cell"])
    page.sheet.write_string(row, 1, label, page.formats["cell"])
    words = _value(page, row, field)
    page.sheet.write_string(row, 3, unit_in(field.unit, page.lang), page.formats["cell"])
    page.sheet.write_string(row, 4, field.note, page.formats["cell"])
    page.sheet.write_string(row, 5, shown, page.formats["cell"])
    texts = (printed, label, words, unit_in(field.unit, page.lang), field.note, shown)
    need = max(_lines(words_, size) for words_, (_, size) in zip(texts, COLUMNS, strict=True))
    page.sheet.set_row(row, min(LONGEST_ROW, HEIGHT * need))


def _printed(field: FormField, form: LegalForm) -> str:
    """The id, with the code the specification prints where it differs."""
    row = next(r for r in reference.form_rows(form.code) if r.id == base_id(field.id))
    return field.id if row.printed_code == row.id else f"{field.id} ({row.printed_code})"


def _value(page: Page, row: int, field: FormField) -> str:
    """Write the value or the reason why there is none; the text as it is shown."""
    value = field.value
    if isinstance(value, bool):
        words, style = text("forms.yes" if value else "forms.no", page.lang), "cell"
    elif isinstance(value, (int, float)):
        page.sheet.write_number(row, 2, value, page.formats[f"number{_digits(value)}"])
        return ""
    elif value is None:
        words, style = field.reason, "empty"
    else:
        words, style = "; ".join(value) if isinstance(value, tuple) else value, "cell"
    page.sheet.write_string(row, 2, words, page.formats[style])
    return words


def _digits(value: float) -> int:
    """Decimals needed to show a number as it is, five at most."""
    return next((digits for digits in range(5) if abs(round(value, digits) - value) < 1e-9), 5)


def _lines(words: str, width: int) -> int:
    """Lines that a text needs in a column [characters]."""
    return max(
        1, sum(-(-len(line) // max(1, int(width * CHARACTERS_PER_WIDTH))) for line in words.split("\n"))
    )


def _figures(field: FormField) -> str:
    more = len(field.figure_ids) - SHOWN_FIGURES
    return "\n".join(field.figure_ids[:SHOWN_FIGURES]) + (f"\n(+{more})" if more > 0 else "")


def label_in(field: FormField, lang: str, year: int) -> str:
    """The label in `lang` with its years: `[N-1]` of the form of 2026 is 2025."""
    label = field.label_vi if lang == "vi" else field.label_en
    return PLACEHOLDER.sub(lambda found: str(year + int(found["far"] or found["near"] or 0)), label)


def unit_in(unit: str, lang: str) -> str:
    """The unit in `lang`; the unit itself where the texts have none."""
    return catalogue(lang).get(f"forms.unit.{unit}", unit)


def _checks(form: LegalForm, page: Page) -> None:
    _heading(page, CHECK_COLUMNS, 0)
    for row, check in enumerate(form.checks, start=1):
        result = {True: "passed", False: "failed", None: "open"}[check.passed]
        cells = (
            check.id,
            text(f"forms.check.{check.id}", page.lang),
            text(f"forms.severity.{check.severity}", page.lang),
            text(f"forms.result.{result}", page.lang),
            ", ".join(check.forms),
            check.detail,
        )
        styles = {3: {"passed": "good", "failed": "bad", "open": "empty"}[result]}
        for column, words in enumerate(cells):
            page.sheet.write_string(row, column, words, page.formats[styles.get(column, "cell")])
        need = max(_lines(words, size) for words, (_, size) in zip(cells, CHECK_COLUMNS, strict=True))
        page.sheet.set_row(row, min(LONGEST_ROW, HEIGHT * need))


def _trace(form: LegalForm, page: Page) -> None:
    """One bold row a numeric field, below it one row for each figure it was made from."""
    page.sheet.merge_range(0, 0, 0, len(TRACE_COLUMNS) - 1, page.say("trace_reading"), page.formats["plain"])
    page.sheet.set_row(0, HEIGHT * _lines(page.say("trace_reading"), sum(s for _, s in TRACE_COLUMNS)))
    _heading(page, TRACE_COLUMNS, 1)
    fields = {field.id: field for field in form.fields}
    row = 2
    for derivation in form.trace:
        field = fields[derivation.figure_id.rpartition("/")[2]]
        label = label_in(field, page.lang, form.year)
        unit = unit_in(field.unit, page.lang)
        cells = (field.id, derivation.figure_id, label, derivation.value, unit, "", "", "", "")
        _cells(page, row, cells, "strong")
        row += 1
        for part in derivation.inputs:
            cells = (
                "",
                part.figure_id,
                part.label,
                part.value,
                unit_in(part.unit, page.lang),
                part.formula,
                part.method,
                part.note,
                part.source,
            )
            _cells(page, row, cells, "cell")
            row += 1


def _cells(page: Page, row: int, cells: tuple[object, ...], style: str) -> None:
    for column, value in enumerate(cells):
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            shape = "strong" if style == "strong" else "number"
            rounded = float(f"{value:.6g}")
            page.sheet.write_number(row, column, value, page.formats[f"{shape}{_digits(rounded)}"])
        else:
            page.sheet.write_string(row, column, "" if value is None else str(value), page.formats[style])
    words = [str(value or "") for value in cells]
    need = max(_lines(one, size) for one, (_, size) in zip(words, TRACE_COLUMNS, strict=True))
    page.sheet.set_row(row, min(LONGEST_ROW, HEIGHT * need))
