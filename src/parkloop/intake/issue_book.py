"""Write the list of issues as a workbook that can be sent back to those who filled in the file."""

from collections.abc import Sequence

from parkloop.intake.book import Book
from parkloop.intake.cells_out import printable
from parkloop.intake.codes import code_list
from parkloop.model import Issue, Severity
from parkloop.texts import mend, message, text

_ORDER = (Severity.BLOCKING, Severity.ERROR, Severity.WARNING, Severity.INFO)
_HEADS = ("severity", "file", "sheet", "cell", "record", "message", "mend", "code")
_WIDTHS = (13, 28, 20, 9, 26, 70, 70, 32)


def write_issues(issues: Sequence[Issue], lang: str) -> bytes:
    """The issues as a workbook, the gravest first: place, what is wrong and the mend, in `lang`."""
    book = Book(lang)
    sheet = book.sheet(text("intake.issue_book.tab", lang))
    for at, name in enumerate(_HEADS):
        book.put(sheet, (0, at), text(f"intake.issue_book.{name}", lang), "label")
        sheet.set_column(at, at, _WIDTHS[at])
    ranked = sorted(issues, key=lambda issue: _ORDER.index(issue.severity))
    for number, issue in enumerate(ranked, 1):
        for at, value in enumerate(_cells(issue, lang)):
            style = "wrong" if at == 0 and issue.severity in _ORDER[:2] else "text"
            book.put(sheet, (number, at), printable(value), style)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(ranked), 1), len(_HEADS) - 1)
    return book.content()


def _cells(issue: Issue, lang: str) -> tuple[str, ...]:
    labels = code_list("severities").get(issue.severity.value)
    severity = issue.severity.value if labels is None else labels[1 if lang == "vi" else 0]
    where = issue.where
    return (
        severity,
        where.file,
        where.sheet,
        where.cell,
        where.record,
        message(issue.code, lang, issue.arguments),
        mend(issue.code, lang, issue.arguments),
        issue.code,
    )
