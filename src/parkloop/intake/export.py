"""Write workbooks: the empty template, and a ledger that reads back the same."""

import json
from collections.abc import Mapping

from parkloop.intake.book import Book
from parkloop.intake.cells_out import OutRow, out_rows, records_of
from parkloop.intake.draft import introduce_all, key_text, natural_key
from parkloop.intake.example_rows import Examples, examples
from parkloop.intake.grid import GUIDE, LOOSE_EXTRAS
from parkloop.intake.look import Look
from parkloop.intake.number import EN_STYLE, STYLES, VI_STYLE
from parkloop.intake.pages import draw_fields, draw_months, draw_rows, id_range
from parkloop.intake.sheet import SheetSpec
from parkloop.intake.sheets import sheets
from parkloop.model import Ledger
from parkloop.texts import text

_STEPS = 9
_TEMPLATE_YEAR = 2025


def write_template(lang: str, *, year: int = _TEMPLATE_YEAR) -> bytes:
    """An empty workbook to be filled in: guide, every sheet with grey example rows, and the code lists.

    Parameters
    ----------
    lang
        `en` or `vi`: the language that stands first, of the drop-downs and of the number style.
    year
        The year whose months stand across on the sheet of bills.
    """
    return _write({}, lang, year, examples(lang))


def write_workbook(ledger: Ledger, lang: str) -> bytes:
    """A ledger as a workbook; read into an empty ledger it gives every record back as it was.

    What no column can hold (a solution's inputs, a text with odd characters) goes along in a hidden column.
    The origins of values stay behind: they say where a value came from, which the workbook now is not.
    """
    look = _look(lang)
    introduce_all(look, ledger)
    rows = {
        spec.key: out_rows(ledger, spec, look, lang) for spec in sheets().values() if spec.layout != "months"
    }
    year = ledger.programme.baseline_year or _TEMPLATE_YEAR
    return _write(rows, lang, year, {}, _loose_extras(ledger))


def _look(lang: str) -> Look:
    return Look(_style(lang))


def _style(lang: str) -> str:
    return VI_STYLE if lang == "vi" else EN_STYLE


def _write(
    rows: Mapping[str, list[OutRow]],
    lang: str,
    year: int,
    shown_examples: Examples,
    loose: Mapping[str, Mapping[str, str]] | None = None,
) -> bytes:
    book = Book(lang)
    _draw_guide(book)
    _name_ranges(book)
    for spec in sheets().values():
        if spec.layout == "fields":
            draw_fields(book, spec, rows.get(spec.key, []))
        elif spec.layout == "months":
            draw_months(book, spec, year, shown_examples.get(spec.key, ()))
        else:
            draw_rows(book, spec, rows.get(spec.key, []), shown_examples.get(spec.key, ()))
    book.write_lists()
    if loose:
        book.keep(LOOSE_EXTRAS, json.dumps(loose))
    return book.content()


def _name_ranges(book: Book) -> None:
    source = id_range(sheets()["participants"], book.lang)
    book.name_range("participants", source)
    book.name_range("subjects", source)


def _draw_guide(book: Book) -> None:
    """What the workbook is, how to fill it, and the number style it declares."""
    lang = book.lang
    sheet = book.sheet(text("intake.guide.sheet", lang))
    book.put(sheet, (0, 1), text("intake.guide.title", lang), "title")
    for number in range(1, _STEPS + 1):
        book.put(sheet, (number + 1, 1), text(f"intake.guide.step_{number}", lang), "text")
    at = _STEPS + 3
    book.put(sheet, (at, 0), f"{GUIDE}.number_style", "hint")
    book.put(sheet, (at, 1), text("intake.guide.number_style", lang), "label")
    book.put(sheet, (at, 2), _style(lang), "input")
    sheet.data_validation(at, 2, at, 2, {"validate": "list", "source": list(STYLES)})
    for line, spec in enumerate(sheets().values(), at + 2):
        book.put(
            sheet, (line, 1), f"{spec.name(lang)} | {spec.name('en' if lang == 'vi' else 'vi')}", "label"
        )
        book.put(sheet, (line, 2), text(f"intake.guide.about.{spec.key}", lang), "text")
    sheet.set_column(0, 0, 4, None, {"hidden": True})
    sheet.set_column(1, 1, 60)
    sheet.set_column(2, 2, 90)
    book.protect(sheet)


def _loose_extras(ledger: Ledger) -> Mapping[str, Mapping[str, str]]:
    """Columns kept for records that are no longer there."""
    shown = {f"{spec.kind}/{_id(spec, r)}" for spec in sheets().values() for r in _records(ledger, spec)}
    return {name: dict(texts) for name, texts in ledger.extras.items() if name not in shown}


def _records(ledger: Ledger, spec: SheetSpec) -> list[object]:
    return [] if spec.layout == "months" else records_of(ledger, spec)


def _id(spec: SheetSpec, record: object) -> str:
    return str(getattr(record, "id", "")) if spec.has_id else key_text(natural_key(spec, record))
