"""A workbook damaged at random: no exception, no change nobody is told of, no unsound ledger."""

import io
import random
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

import openpyxl
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openpyxl.cell.cell import MergedCell

from parkloop import intake, texts
from parkloop.model import (
    Amount,
    Answer,
    Bill,
    ChangeKind,
    CheckItem,
    Direction,
    Equipment,
    Flow,
    Geometry,
    Intake,
    Ledger,
    Park,
    Participant,
    Period,
    Price,
    Product,
    Programme,
    Quality,
    Severity,
    Solution,
    Visit,
    record_fields,
)
from parkloop.store.plan import plan_change

# Half a second a workbook: a failing seed is shown as found.
FAST = settings(
    deadline=None,
    max_examples=40,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)
NASTY: tuple[object, ...] = (
    "", " ", "\u00a0", "-", "#clear", "#xóa", 0, -1, 1e308, 1e13, 10**15, "1e400", "10^400", "1" + "0" * 400,
    "NaN", "inf", "∞", "1.234", "1,234,567.89", "1.234.567,89", "12,5 tấn", "3-5", "<5", "50%", "=1+1",
    '=HYPERLINK("http://x","y")', "=1/0", "@SUM(A1)", "#example", "# remark", "#REF!", True, False,
    datetime(2025, 3, 1), datetime(2025, 3, 4, 5, 6, 7), date(1899, 12, 31), time(3, 4), timedelta(hours=30),
    "31/12/2025", "2025-02-30", 2025, "T3/2025", "9999-12-31", "x" * 32_767, "😀", "👨\u200d👩", "\u202eabc",
    "\u200f", "E\u200b-1", "\ufeff", "a\nb", "_x0000_", "_xD800_", "e\u0323\u0302", "٣", "１２", "½", "yes",
    "không", "partly", "n/a", "VNĐ", "KWH", "t/h", "m3/ngày", "a;b;;c", ";", "=", "a=1;b=2", "a=3..1", "|",
    "[]", "{}", "[1", "null", "[NaN]", "[" * 20_000, "{code}", "{0}", "%s", "P-1", "F-1", "bills.amount",
)  # fmt: skip


def t(value: float) -> Amount:
    return Amount(value, "t", value, "t")


@cache
def base() -> Ledger:
    """A little of the kinds of records people fill in most."""
    year = Period.year(2025)
    names = ("Insulate", "Bọc cách nhiệt")
    return Ledger(
        Programme("PR", "Programme", "Chương trình", baseline_year=2025),
        parks=(Park("K-1", "PR", "Sample", "Mẫu"), Park("K-2", "PR", "Other", "Khác", note="a\x07b")),
        participants=(
            Participant("P-1", "K-1", "Sao Mai", sector="vsic:1313", employees=100),
            Participant("P-2", "K-1", "Đông Tiến"),
        ),
        products=(Product("PD-1", "P-1", "yarn", "t", 2025, 100.0),),
        flows=(
            Flow("F-1", "P-1", Direction.IN, "diesel", t(10.0), year, price=2e7, currency="VND"),
            Flow("F-2", "P-2", Direction.OUT, "wastewater_sludge", t(5.0), year, quality=Quality(80.0)),
        ),
        bills=tuple(
            Bill(
                f"B-{n}",
                "P-1",
                "coal_anthracite",
                Period.month(2025, n),
                t(9.0 + n),
                money=1e8,
                currency="VND",
            )
            for n in (1, 2, 3)
        ),
        equipment=(Equipment("Q-1", "P-1", "pump", "CWP", properties={"rated_power_kw": 55.0}),),
        answers=(Answer("A-1", "K-1", "nobody-knows", 2025, value=True),),
        solutions=(
            Solution("S-1", "known", "measure", *names, ("P-1",), (), known=True, method_ids=("m-1",)),
            Solution("S-2", "known", "measure", *names, ("P-2",), (), known=True, method_ids=("m-2",)),
        ),
        visits=(Visit("V-1", "K-1", date(2025, 3, 4)),),
        check_items=(CheckItem("C-1", "V-1", "steam traps"),),
        geometries=(Geometry("G-1", "K-1", "lot", "Point", [106.8, 10.9]),),
        prices=(Price("electricity", 1900.0, "VND", 2025),),
    )


@cache
def written(lang: str) -> bytes:
    """The workbook without its blank sheets and code lists, which only cost time here."""
    book = openpyxl.load_workbook(io.BytesIO(intake.write_workbook(base(), lang)))
    for sheet in book.worksheets[1:]:
        if not any(cell is not None for row in sheet.iter_rows(min_row=4, values_only=True) for cell in row):
            book.remove(sheet)
    book.remove(book["Lists" if lang == "en" else "Danh mục"])
    return saved(book)


def saved(book: Any) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def rows_of(sheet: Any) -> list[int]:
    return [
        n
        for n, row in enumerate(sheet.iter_rows(min_row=3, values_only=True), 3)
        if any(c is not None for c in row)
    ]


def put(sheet: Any, row: int, column: int, value: object, chance: random.Random) -> None:
    cell = sheet.cell(row, column)
    if isinstance(cell, MergedCell):
        return
    cell.value = value
    if isinstance(value, str) and value.startswith("=") and chance.random() < 0.5:
        cell.data_type = "s"  # a text that looks like a formula
    if chance.random() < 0.1:
        cell.number_format = chance.choice(["dd/mm/yyyy", "[h]:mm", "0.00E+00", "@"])


# Each way to do damage takes a book, a sheet and chance. Those in MOVED touch no record.


def spoil_cells(book: Any, sheet: Any, chance: random.Random) -> None:
    for _ in range(chance.choice([1, 1, 1, 20])):
        row, column = chance.choice(rows_of(sheet)), chance.randint(1, sheet.max_column)
        put(sheet, row, column, chance.choice(NASTY), chance)


def spoil_head(book: Any, sheet: Any, chance: random.Random) -> None:
    put(sheet, chance.choice([1, 2]), chance.randint(1, sheet.max_column), chance.choice(NASTY), chance)


def repeat_head(book: Any, sheet: Any, chance: random.Random) -> None:
    one, other = chance.randint(1, sheet.max_column), chance.randint(1, sheet.max_column)
    for row in (1, 2):
        sheet.cell(row, other).value = sheet.cell(row, one).value


def drop_column(book: Any, sheet: Any, chance: random.Random) -> None:
    sheet.delete_cols(chance.randint(1, sheet.max_column))


def copy_row(book: Any, sheet: Any, chance: random.Random) -> None:
    row, last = chance.choice(rows_of(sheet)), sheet.max_row + 1
    for column in range(1, sheet.max_column + 1):
        sheet.cell(last, column).value = sheet.cell(row, column).value
    if chance.random() < 0.5:
        put(sheet, last, chance.randint(1, sheet.max_column), chance.choice(NASTY), chance)


def copy_sheet(book: Any, sheet: Any, chance: random.Random) -> None:
    spoil_cells(book, book.copy_worksheet(sheet), chance)


def merge(book: Any, sheet: Any, chance: random.Random) -> None:
    row, column = chance.choice(rows_of(sheet)), chance.randint(1, sheet.max_column)
    ends = row + chance.randint(0, 2), column + chance.randint(0, 2)
    sheet.merge_cells(start_row=row, start_column=column, end_row=ends[0], end_column=ends[1])


def move_columns(book: Any, sheet: Any, chance: random.Random) -> None:
    one, other = chance.randint(1, sheet.max_column), chance.randint(1, sheet.max_column)
    for row in range(1, sheet.max_row + 1):
        first, second = sheet.cell(row, one), sheet.cell(row, other)
        first.value, second.value = second.value, first.value


def sort_rows(book: Any, sheet: Any, chance: random.Random) -> None:
    """Sort the records, as people do: sometimes without the hidden column."""
    if str(sheet.cell(1, 1).value).endswith("#key"):
        return
    rows, also_hidden = rows_of(sheet), chance.random() < 0.5
    heads = [str(sheet.cell(1, column).value) for column in range(1, sheet.max_column + 1)]
    columns = [n for n, head in enumerate(heads, 1) if also_hidden or not head.endswith(".exact")]
    lines = [[sheet.cell(row, column).value for column in columns] for row in rows]
    chance.shuffle(lines)
    for row, line in zip(rows, lines, strict=True):
        for column, value in zip(columns, line, strict=True):
            sheet.cell(row, column).value = value


def drop_row(book: Any, sheet: Any, chance: random.Random) -> None:
    sheet.delete_rows(chance.choice(rows_of(sheet)))


def add_rows(book: Any, sheet: Any, chance: random.Random) -> None:
    sheet.insert_rows(chance.choice(rows_of(sheet)), chance.randint(1, 4))


def drop_sheet(book: Any, sheet: Any, chance: random.Random) -> None:
    book.remove(sheet)


def rename_sheet(book: Any, sheet: Any, chance: random.Random) -> None:
    sheet.title = f"Zz {chance.randint(1, 10**6)}"


Damage = Callable[[Any, Any, random.Random], None]
MOVED: tuple[Damage, ...] = (move_columns, sort_rows, add_rows, drop_sheet, rename_sheet)
SPOILT: tuple[Damage, ...] = (spoil_cells,) * 6 + (
    spoil_head, repeat_head, drop_column, copy_row, copy_sheet, merge, drop_row,
)  # fmt: skip


def damaged(seed: int, ways: tuple[Damage, ...]) -> bytes:
    chance = random.Random(seed)
    book = openpyxl.load_workbook(io.BytesIO(written(chance.choice(texts.LANGUAGES))))
    for _ in range(chance.choice([1, 1, 2, 4])):
        sheets = [sheet for sheet in book.worksheets[1:] if rows_of(sheet)]
        if sheets:
            chance.choice(ways)(book, chance.choice(sheets), chance)
    return saved(book)


def said(found: Intake) -> None:
    """Every issue has its sentence and its mend in both languages."""
    for issue in found.issues:
        for lang in texts.LANGUAGES:
            assert texts.message(issue.code, lang, issue.arguments)
            assert texts.mend(issue.code, lang, issue.arguments)


def grave(found: Intake) -> bool:
    return any(issue.severity in (Severity.ERROR, Severity.BLOCKING) for issue in found.issues)


@FAST
@given(seed=st.integers(0, 2**32))
def test_workbook_when_spoilt_then_every_change_is_told_and_the_ledger_can_be_kept(seed: int) -> None:
    found = intake.read_workbook(damaged(seed, SPOILT), "a.xlsx", base())
    said(found)
    told = {change.record_id for change in found.changes if change.kind is not ChangeKind.UNCHANGED}
    for name in record_fields():
        now = {record.id: record for record in getattr(found.ledger, name) if hasattr(record, "id")}
        for record in getattr(base(), name):
            if hasattr(record, "id"):
                assert now[record.id] == record or record.id in told
    if any(change.kind is ChangeKind.REJECTED for change in found.changes):
        assert grave(found)
    plan_change(base(), found.ledger)
    back = intake.read_workbook(intake.write_workbook(found.ledger, "en"), "b.xlsx", found.ledger)
    assert back.ledger == found.ledger


@FAST
@given(seed=st.integers(0, 2**32))
def test_workbook_when_spoilt_and_read_into_nothing_then_what_is_sound_can_be_kept(seed: int) -> None:
    found = intake.read_workbook(damaged(seed, SPOILT), "a.xlsx", Ledger(Programme("P1", "x", "x")))
    said(found)
    if not grave(found):
        plan_change(None, found.ledger)


@FAST
@given(seed=st.integers(0, 2**32))
def test_workbook_when_its_rows_and_columns_are_moved_then_nothing_changes(seed: int) -> None:
    found = intake.read_workbook(damaged(seed, MOVED), "a.xlsx", base())
    said(found)
    for name in record_fields():
        assert getattr(found.ledger, name) == getattr(base(), name)
