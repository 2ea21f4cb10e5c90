"""What bad input gets: a sentence with place and mend, an exit code, and a store exactly as before."""

import io
import json
import os
import random
import resource
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from parkloop import intake
from parkloop.cli import main
from parkloop.model import (
    Amount,
    Bill,
    Direction,
    Flow,
    Ledger,
    Park,
    Participant,
    Period,
    Programme,
    Quality,
    SourceClass,
    record_fields,
)
from parkloop.store import Store

PARKLOOP = str(Path(sys.executable).parent / "parkloop")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
Change = Callable[[Any], None]
Capture = pytest.CaptureFixture[str]

pytestmark = pytest.mark.xdist_group("troubles")


def kwh(value: float) -> Amount:
    return Amount(value, "kWh", value, "kWh", SourceClass.BILLED)


def small() -> Ledger:
    """A park, two enterprises, a year of bills and three flows: enough for figures to move."""
    bills = tuple(
        Bill(
            f"B-{month:02d}", "P-1", "electricity", Period.month(2025, month), kwh(100_000.0 + 1000 * month),
            money=2e8, currency="VND",
        )
        for month in range(1, 13)
    )  # fmt: skip
    year = Period.year(2025)
    cod = Quality(temperature_c=30.0, concentrations_mg_l={"cod": 120.0})
    flows = (
        Flow("F-1", "P-1", Direction.IN, "diesel", Amount(10.0, "t", 10.0, "t"), year, note="two trucks"),
        Flow("F-2", "P-1", Direction.OUT, "wastewater", Amount(5e3, "m3", 5e3, "m3"), year, quality=cod),
        Flow("F-3", "P-2", Direction.IN, "fresh_water", Amount(6e3, "m3", 6e3, "m3"), year),
    )
    return Ledger(
        Programme("PR", "Programme", "Chương trình", baseline_year=2025),
        parks=(Park("K-1", "PR", "Sample park", "Khu mẫu", frameworks=("international",)),),
        participants=(
            Participant("P-1", "K-1", "Sao Mai", sector="vsic:1313", employees=100),
            Participant("P-2", "K-1", "Đông Tiến", sector="vsic:1702"),
        ),
        bills=bills,
        flows=flows,
    )


@dataclass(frozen=True)
class Said:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@dataclass(frozen=True)
class Desk:
    """A store with the small ledger, and a folder to put workbooks in."""

    folder: Path
    capture: Capture

    @property
    def store(self) -> Path:
        return self.folder / "store.db"

    def file(self, name: str, content: bytes) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return path

    def book(
        self, change: Change | None = None, name: str = "park.xlsx", ledger: Ledger | None = None
    ) -> Path:
        """The workbook of the small ledger, tampered with."""
        data = intake.write_workbook(ledger or small(), "en")
        if change is not None:
            book = openpyxl.load_workbook(io.BytesIO(data))
            change(book)
            buffer = io.BytesIO()
            book.save(buffer)
            data = buffer.getvalue()
        return self.file(name, data)

    def run(self, *words: str) -> Said:
        """The command line, in this process."""
        self.capture.readouterr()
        code: Any = 0
        try:
            main([*words, "--store", str(self.store)])
        except SystemExit as end:
            code = end.code or 0
        said = self.capture.readouterr()
        assert "Traceback" not in said.err
        return Said(int(code), said.out, said.err)

    def state(self) -> Any:
        """Everything in the store: every row of every table but the note of running work."""
        with closing(sqlite3.connect(self.store)) as connection:
            names = [
                row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type='table'")
            ]
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            return {
                name: sorted(connection.execute(f'SELECT * FROM "{name}"').fetchall(), key=repr)
                for name in names
                if name != "running_work"
            }

    def ledger(self) -> Ledger:
        with Store.open(self.store) as opened:
            return opened.load("PR")


@pytest.fixture
def desk(tmp_path: Path, capsys: Capture) -> Desk:
    made = Desk(tmp_path, capsys)
    assert made.run("import", str(made.book(name="first.xlsx")), "--lang", "en").code == 0
    return made


def cell(sheet: Any, record_id: str, key: str) -> Any:
    """The cell of a record by its id and the hidden key of its column."""
    heads = [str(head.value).partition(".")[2] for head in sheet[1]]
    row = next(row for row in sheet.iter_rows(min_row=3) if row[0].value == record_id)
    return row[heads.index(key)]


def put(sheet: str, record_id: str, key: str, value: object) -> Change:
    def change(book: Any) -> None:
        cell(book[sheet], record_id, key).value = value

    return change


# --- files that are no workbook of ours ---


def zipped(**parts: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return buffer.getvalue()


def foreign_sheets() -> bytes:
    book = openpyxl.Workbook()
    book.active.title = "Shopping"
    book.active.append(["Milk", 2])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


FILES: dict[str, Callable[[], bytes]] = {
    "not_a_workbook": lambda: "đây không phải bảng tính".encode(),
    "empty": lambda: b"",
    "password": lambda: OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 4000,
    "old_format": lambda: OLE + b"\0" * 4096,
    "truncated": lambda: intake.write_workbook(small(), "en")[:50_000],
    "other_zip": lambda: zipped(word__document=b"<w/>"),
    "zip_bomb": lambda: zipped(**{"xl/workbook.xml": b"0" * 300_000_000}),
    "no_sheet_of_ours": foreign_sheets,
}
FILE_CODES = {
    "not_a_workbook": "intake.file.not_workbook",
    "empty": "intake.file.empty",
    "password": "intake.file.password",
    "old_format": "intake.file.old_format",
    "truncated": "intake.file.damaged",
    "other_zip": "intake.file.not_workbook",
    "zip_bomb": "intake.file.bomb",
    "no_sheet_of_ours": "intake.file.no_sheet",
}
NOTHING_KEPT = {"en": "Nothing was kept", "vi": "Chưa lưu gì"}


@pytest.mark.parametrize("lang", ["en", "vi"])
@pytest.mark.parametrize("kind", FILES)
def test_file_that_cannot_be_read_is_refused_with_a_sentence(kind: str, lang: str, desk: Desk) -> None:
    path = desk.file(f"{kind}.xlsx", FILES[kind]())
    before = desk.state()
    said = desk.run("import", str(path), "--lang", lang, "--json")
    assert said.code == 1
    (issue,) = said.json["issues"]
    assert issue["code"] == FILE_CODES[kind]
    assert said.err.startswith(f"parkloop: {path.name}: ")
    assert issue["message"] in said.err
    assert issue["mend"] in said.err
    assert NOTHING_KEPT[lang] in said.err
    assert said.json["kept"] is False
    assert desk.state() == before


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_path_that_cannot_be_used_is_wrong_use_in_both_languages(lang: str, desk: Desk) -> None:
    huge = desk.folder / "huge.xlsx"
    with huge.open("wb") as handle:
        handle.truncate(200_000_000)
    pipe = desk.folder / "pipe.xlsx"
    os.mkfifo(pipe)
    before = desk.state()
    heard = set()
    for path, word in ((huge, "200 MB"), (desk.folder / "no.xlsx", "no.xlsx"), (desk.folder, ""), (pipe, "")):
        said = desk.run("import", str(path), "--lang", lang)
        assert said.code == 2
        assert word in said.err
        heard.add(said.err)
    assert len(heard) == 4
    assert ("Hãy" in " ".join(heard)) is (lang == "vi")
    assert desk.state() == before


def test_language_nobody_has_is_refused_before_anything_is_done(desk: Desk) -> None:
    before = desk.state()
    said = desk.run("import", str(desk.book(put("Bills", "B-01", "amount", 7.0))), "--lang", "fr")
    assert said.code == 2
    assert "fr" in said.err
    assert desk.state() == before


# --- cells ---


def rename_header(book: Any) -> None:
    """A header somebody typed anew, without the hidden key."""
    sheet = book["Flows"]
    at = cell(sheet, "F-1", "temperature_c").column
    sheet.cell(1, at).value = None
    sheet.cell(2, at).value = "Temprature"


def rename_required_header(book: Any) -> None:
    sheet = book["Bills"]
    for row in (1, 2):
        sheet.cell(row, 3).value = None if row == 1 else "When"
    cell(sheet, "B-01", "id").value = "B-new"


def rename_sheet(book: Any) -> None:
    sheet = book["Flows"]
    sheet.title = "My numbers"
    sheet.delete_rows(1)


def merge(book: Any) -> None:
    sheet = book["Bills"]
    row = cell(sheet, "B-01", "amount").row
    sheet.merge_cells(start_row=row, end_row=row + 1, start_column=6, end_column=6)


def huge_in_its_unit(book: Any) -> None:
    cell(book["Bills"], "B-01", "amount").value = 5e9
    cell(book["Bills"], "B-01", "unit").value = "GWh"


def repeat_id(book: Any) -> None:
    cell(book["Bills"], "B-02", "id").value = "B-01"


def copy_sheet(book: Any) -> None:
    copy = book.copy_worksheet(book["Bills"])
    cell(copy, "B-01", "amount").value = 1.0


def repeat_column(book: Any) -> None:
    sheet = book["Bills"]
    last = sheet.max_column + 1
    sheet.cell(1, last).value = "bills.amount"
    sheet.cell(2, last).value = "Amount"


Case = tuple[Change, str, str]
CELLS: dict[str, Case] = {
    "text in a number": (put("Bills", "B-01", "amount", "about ten"), "intake.number.text", "Bills!F4"),
    "range in a number": (put("Bills", "B-01", "amount", "12-15"), "intake.number.text", "Bills!F4"),
    "negative": (put("Bills", "B-01", "amount", -5), "intake.number.negative", "Bills!F4"),
    "absurd": (put("Bills", "B-01", "amount", 5e12), "intake.number.out_of_bounds", "Bills!F4"),
    "absurd in its unit": (huge_in_its_unit, "intake.number.out_of_bounds", "Bills!F4"),
    "ten to the 400": (put("Bills", "B-01", "amount", "1e400"), "intake.number.out_of_bounds", "Bills!F4"),
    "not a number": (put("Bills", "B-01", "amount", "NaN"), "intake.number.text", "Bills!F4"),
    "date in a number": (
        put("Bills", "B-01", "amount", datetime(2025, 3, 1)), "intake.number.date", "Bills!F4",
    ),
    "unknown unit": (put("Flows", "F-1", "unit", "bushel"), "intake.amount.unit_unknown", "Flows!I4"),
    "unit of another kind": (put("Flows", "F-1", "unit", "m2"), "intake.amount.unit_mismatch", "Flows!I4"),
    "unknown currency": (put("Bills", "B-01", "currency", "DONG2"), "intake.code.unknown", "Bills!K4"),
    "unknown code": (put("Flows", "F-1", "direction", "sideways"), "intake.code.unknown", "Flows!C4"),
    "unknown resource": (put("Flows", "F-1", "resource", "dizel oil"), "intake.resource.unknown", "Flows!D4"),
    "unknown participant": (put("Flows", "F-1", "participant", "P-9"), "intake.party.unknown", "Flows!B4"),
    "date that is none": (put("Bills", "B-01", "period", "2025-13"), "intake.period.unreadable", "Bills!C4"),
    "formula without result": (put("Bills", "B-01", "amount", "=1+1"), "intake.cell.formula", "Bills!F4"),
    "id twice": (repeat_id, "intake.row.duplicate", "Bills!A4"),
    "merged cells": (merge, "intake.cell.merged", "Bills!F4"),
    "column twice": (repeat_column, "intake.column.twice", "Bills!"),
    "sheet twice": (copy_sheet, "intake.row.duplicate", "Bills Copy!A4"),
    "header renamed": (rename_header, "intake.column.unknown_near", "Flows!P2"),
    "required header renamed": (rename_required_header, "intake.column.missing", "Bills!A2"),
    "sheet renamed": (rename_sheet, "intake.sheet.renamed", "My numbers"),
}  # fmt: skip


@pytest.mark.parametrize("lang", ["en", "vi"])
@pytest.mark.parametrize("name", CELLS)
def test_wrong_cell_stops_the_import_and_is_named(name: str, lang: str, desk: Desk) -> None:
    change, code, place = CELLS[name]
    path = desk.book(change)
    before = desk.state()
    said = desk.run("import", str(path), "--lang", lang, "--json")
    assert said.code == 1
    issue = next(i for i in said.json["issues"] if i["severity"] == "error")
    assert issue["code"] == code
    assert said.err.startswith(f"parkloop: {path.name} {place}")
    assert issue["message"] in said.err
    assert issue["mend"] in said.err
    assert NOTHING_KEPT[lang] in said.err
    assert "--keep-good-rows" in said.err
    assert desk.state() == before


def test_table_for_people_names_the_cell_and_the_mend(desk: Desk) -> None:
    said = desk.run("import", str(desk.book(CELLS["unknown unit"][0])), "--lang", "vi")
    assert said.code == 1
    assert "Flows!I4" in said.out
    assert "bushel" in said.out
    assert "lỗi" in said.out


# --- what is understood all the same ---


@pytest.mark.parametrize(
    ("typed", "value"),
    [("101.500,5", 101_500.5), ("101,500.5", 101_500.5), ("1.234.567", 1_234_567.0), ("101500,5", 101_500.5)],
)
def test_decimal_comma_and_thousands_dots_are_read(typed: str, value: float, desk: Desk) -> None:
    said = desk.run("import", str(desk.book(put("Bills", "B-01", "amount", typed))), "--lang", "vi")
    assert said.code == 0
    assert desk.ledger().bills[0].amount.value == value


@pytest.mark.parametrize("typed", ["T3/2025", "Tháng 3/2025", "03/2025", "2025-03", datetime(2025, 3, 1)])
def test_month_as_text_or_date_is_read(typed: object, desk: Desk) -> None:
    said = desk.run("import", str(desk.book(put("Bills", "B-03", "period", typed))), "--json")
    assert said.code == 0
    assert said.json["counts"]["changed"] == 0


def test_mixed_languages_are_read(desk: Desk) -> None:
    def change(book: Any) -> None:
        for key, word in (("direction", "Đầu vào"), ("resource", "dầu diesel"), ("unit", "tấn")):
            cell(book["Flows"], "F-1", key).value = word
        cell(book["Flows"], "F-1", "participant").value = "SAO MAI"

    said = desk.run("import", str(desk.book(change)), "--lang", "en", "--json")
    assert said.code == 0
    assert desk.ledger().flows[0].amount == replace(small().flows[0].amount, typed_unit="tấn")
    assert [c["field"] for c in said.json["changes"]] == ["amount"]


def test_formula_as_text_stays_text_on_the_way_back(desk: Desk) -> None:
    evil = '=HYPERLINK("http://example.org","click")'

    def change(book: Any) -> None:
        target = cell(book["Flows"], "F-1", "note")
        target.value, target.data_type = evil, "s"

    assert desk.run("import", str(desk.book(change))).code == 0
    assert desk.ledger().flows[0].note == evil
    out = desk.folder / "out.xlsx"
    assert desk.run("export", str(out)).code == 0
    written = cell(openpyxl.load_workbook(out)["Dòng"], "F-1", "note")
    assert (written.value, written.data_type) == (evil, "s")


# --- the rest of the rows ---


def two_wrong(book: Any) -> None:
    cell(book["Bills"], "B-01", "amount").value = "about ten"
    cell(book["Flows"], "F-1", "unit").value = "bushel"
    cell(book["Bills"], "B-02", "amount").value = 150_000.0


def test_good_rows_are_kept_when_asked_and_the_others_counted(desk: Desk) -> None:
    path = desk.book(two_wrong)
    refused = desk.run("import", str(path), "--lang", "en")
    assert refused.code == 1
    assert "errors: 2; rows that cannot be taken: 2" in refused.err
    said = desk.run("import", str(path), "--keep-good-rows", "--json")
    assert said.code == 0
    assert said.json["counts"]["rejected"] == 2
    assert said.json["counts"]["changed"] == 1
    ledger = desk.ledger()
    assert [bill.amount.value for bill in ledger.bills[:2]] == [101_000.0, 150_000.0]
    assert ledger.flows == small().flows


def test_accepted_issue_no_longer_stops_and_the_acceptance_is_kept(desk: Desk) -> None:
    path = desk.book(CELLS["text in a number"][0])
    said = desk.run("import", str(path), "--accept", "intake.number.text", "--who", "An")
    assert said.code == 0
    with Store.open(desk.store) as opened:
        (kept,) = opened.accepted_issues("PR")
    assert (kept.code, kept.who, kept.where.cell) == ("intake.number.text", "An", "F4")


def test_accepting_one_code_does_not_accept_another(desk: Desk) -> None:
    before = desk.state()
    said = desk.run("import", str(desk.book(two_wrong)), "--accept", "intake.number.text")
    assert said.code == 1
    assert desk.state() == before


def test_unreadable_file_stops_even_when_good_rows_are_to_be_kept(desk: Desk) -> None:
    before = desk.state()
    bad = desk.file("bad.xlsx", b"nothing")
    good = desk.book(put("Bills", "B-02", "amount", 150_000.0))
    assert desk.run("import", str(good), str(bad), "--keep-good-rows").code == 1
    assert desk.state() == before
    assert desk.run("import", str(good), str(bad), "--accept", "intake.file.not_workbook").code == 0
    assert desk.ledger().bills[1].amount.value == 150_000.0


def test_dry_run_of_a_wrong_file_says_so_with_its_exit_code(desk: Desk) -> None:
    before = desk.state()
    path = desk.book(two_wrong)
    assert desk.run("import", str(path), "--dry-run").code == 1
    assert desk.run("import", str(path), "--dry-run", "--keep-good-rows").code == 0
    assert desk.state() == before


def test_issues_go_to_a_workbook_that_never_overwrites_its_source(desk: Desk) -> None:
    path = desk.book(two_wrong)
    content = path.read_bytes()
    assert desk.run("import", str(path), "--issues", str(path)).code == 2
    assert path.read_bytes() == content
    before = desk.state()
    assert desk.run("import", str(path), "--issues", str(desk.folder / "no" / "issues.xlsx")).code == 2
    assert desk.state() == before
    target = desk.folder / "issues.xlsx"
    assert desk.run("import", str(path), "--issues", str(target)).code == 1
    shown = {str(c.value) for row in openpyxl.load_workbook(target).active.iter_rows() for c in row}
    assert {"F4", "I4"} <= shown


# --- once more, in part, and by several people ---


def test_round_trip_and_second_import_change_nothing(desk: Desk) -> None:
    assert {n: getattr(desk.ledger(), n) for n in record_fields()} == {
        n: getattr(small(), n) for n in record_fields()
    }
    before = desk.state()
    out = desk.folder / "out.xlsx"
    assert desk.run("export", str(out), "--lang", "en").code == 0
    for path in (desk.folder / "first.xlsx", out):
        counts = desk.run("import", str(path), "--json").json["counts"]
        assert counts["unchanged"] == sum(counts.values()) > 0
    assert desk.state() == before


def test_blank_cells_and_missing_columns_leave_fields_alone(desk: Desk) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Flows"
    for row in (["Flow id", "Amount", "Note"], ["F-1", 12, None], ["F-2", None, "new meter"]):
        book.active.append(row)
    path = desk.folder / "part.xlsx"
    book.save(path)
    said = desk.run("import", str(path), "--json")
    assert said.code == 0
    first, second, third = desk.ledger().flows
    assert first == replace(small().flows[0], amount=Amount(12.0, "t", 12.0, "t"))
    assert second == replace(small().flows[1], note="new meter")
    assert third == small().flows[2]


def test_clear_mark_empties_a_field(desk: Desk) -> None:
    assert desk.run("import", str(desk.book(put("Flows", "F-1", "note", "#clear")))).code == 0
    assert desk.ledger().flows[0] == replace(small().flows[0], note="")


def test_auditors_who_disagree_get_a_conflict_view_and_those_who_do_not_are_joined(desk: Desk) -> None:
    def of(name: str, amount: float, note: str) -> Path:
        def change(book: Any) -> None:
            cell(book["Bills"], "B-01", "amount").value = amount
            cell(book["Flows"], note, "note").value = name

        return desk.book(change, f"{name}/park.xlsx")  # the same file name in two folders

    an, binh = of("an", 150_000.0, "F-1"), of("binh", 160_000.0, "F-2")
    before = desk.state()
    said = desk.run("import", str(an), str(binh), "--lang", "en", "--json")
    assert said.code == 1
    lines = [c for c in said.json["changes"] if c["kind"] == "conflict"]
    assert [(c["file"], c["old"], c["new"], c["sheet"], c["cell"]) for c in lines] == [
        (str(an), "101000 kWh", "150000 kWh", "Bills", "F4"),
        (str(binh), "101000 kWh", "160000 kWh", "Bills", "F4"),
    ]
    assert "intake.merge.conflict" in {i["code"] for i in said.json["issues"]}
    assert desk.state() == before
    assert desk.run("import", str(an), str(binh), "--accept", "intake.merge.conflict").code == 0
    ledger = desk.ledger()
    assert ledger.bills[0].amount.value == 101_000.0
    assert [flow.note for flow in ledger.flows[:2]] == ["an", "binh"]


def test_changed_bill_answers_with_the_figures_that_moved(desk: Desk) -> None:
    said = desk.run("import", str(desk.book(put("Bills", "B-01", "amount", 150_000.0))), "--json")
    assert said.code == 0
    moved = {item["figure_id"]: item for item in said.json["figures_moved"]}
    # 150,000 kWh instead of 101,000 kWh on one of the form's lines of electricity bought
    assert any(item["new"] - item["old"] == pytest.approx(49_000.0) for item in moved.values())
    shown = desk.run("import", str(desk.book(put("Bills", "B-01", "amount", 101_000.0))), "--lang", "en")
    assert "Figures that moved" in shown.out


# --- which programme ---


def test_workbook_of_another_programme_is_not_mixed_in(desk: Desk) -> None:
    other = replace(small(), programme=replace(small().programme, id="OTHER"))
    path = desk.book(ledger=replace(other, parks=(replace(small().parks[0], programme_id="OTHER"),)))
    before = desk.state()
    said = desk.run("import", str(path), "--lang", "en")
    assert said.code == 1
    assert "OTHER" in said.err
    said = desk.run("import", str(path), "--programme", "THIRD", "--lang", "en")
    assert said.code == 2
    assert "--programme OTHER" in said.err
    assert desk.state() == before
    assert desk.run("import", str(path), "--programme", "OTHER").code == 0
    with Store.open(desk.store) as opened:
        assert [programme.id for programme in opened.programmes()] == ["OTHER", "PR"]
    said = desk.run("import", str(desk.book(lambda book: book.remove(book["Programme"]))), "--lang", "en")
    assert said.code == 2
    assert "--programme" in said.err


def test_empty_template_makes_no_programme(tmp_path: Path, capsys: Capture) -> None:
    desk = Desk(tmp_path, capsys)
    template = tmp_path / "template.xlsx"
    main_out = subprocess.run([PARKLOOP, "template", str(template)], capture_output=True, check=True)
    assert main_out.stderr == b""
    assert desk.run("import", str(template)).code == 2
    assert desk.run("import", str(desk.book())).code == 0
    assert desk.ledger().bills == small().bills


# --- other processes, the disk, the end of a process ---


def many(desk: Desk, number: int, name: str) -> Path:
    """A workbook with so many flows more; reading it takes a second or two."""
    first = small().flows[0]
    flows = [replace(first, id=f"{name}-{at}", label=f"{name} {at}", note="x" * 50) for at in range(number)]
    return desk.book(name=f"{name}.xlsx", ledger=replace(small(), flows=(*small().flows, *flows)))


def command(desk: Desk, path: Path, **keywords: Any) -> subprocess.Popen[str]:
    words = [PARKLOOP, "import", str(path), "--store", str(desk.store), "--lang", "en", "--json"]
    pipe = subprocess.PIPE
    return subprocess.Popen(words, stdout=pipe, stderr=pipe, text=True, **keywords)


def test_two_imports_at_once_never_interleave(desk: Desk) -> None:
    paths = [many(desk, 400, name) for name in ("one", "two")]
    running = [command(desk, path) for path in paths]
    ended = [(process.communicate(timeout=120), process.returncode) for process in running]
    codes = [code for _, code in ended]
    assert set(codes) <= {0, 3}
    assert 0 in codes
    kept = {flow.id.partition("-")[0] for flow in desk.ledger().flows} - {"F"}
    assert kept == {name for name, code in zip(("one", "two"), codes, strict=True) if code == 0}
    for (_, err), code in ended:
        assert "Traceback" not in err
        assert (code == 0) or ("Programme PR was changed" in err or "is writing to" in err)
    assert len(desk.ledger().flows) == 3 + 400 * len(kept)


def test_two_first_imports_at_once_make_one_programme(tmp_path: Path, capsys: Capture) -> None:
    desk = Desk(tmp_path, capsys)
    running = [command(desk, desk.book(name=f"{name}.xlsx")) for name in ("one", "two", "three")]
    ended = [(process.communicate(timeout=120), process.returncode) for process in running]
    assert {code for _, code in ended} <= {0, 3}
    assert any(code == 0 for _, code in ended)
    assert all("Traceback" not in err for (_, err), _ in ended)
    assert desk.ledger().bills == small().bills


@pytest.mark.parametrize("room", [0, 4_096, 100_000, 400_000])
def test_full_disk_gets_a_sentence_and_leaves_the_store(room: int, desk: Desk) -> None:
    path = many(desk, 2000, "one")
    before = desk.state()
    size = desk.store.stat().st_size

    def fill() -> None:
        # No file may grow beyond this: to the database that is a disk without room.
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + room, size + room))

    with command(desk, path, preexec_fn=fill) as process:
        _, err = process.communicate(timeout=120)
    assert process.returncode == 3
    assert err.startswith("parkloop: ")
    assert str(desk.store) in err
    assert "Traceback" not in err
    assert desk.state() == before
    assert desk.run("import", str(path)).code == 0
    assert len(desk.ledger().flows) == 2003


def wait_for_writing(desk: Desk, process: subprocess.Popen[str]) -> None:
    """Until the database has begun to write more than the note of who is at work."""
    log = desk.store.with_name(desk.store.name + "-wal")
    while process.poll() is None and not (log.exists() and log.stat().st_size > 40_000):
        time.sleep(0.002)


def test_import_killed_at_any_moment_is_kept_wholly_or_not_at_all(desk: Desk) -> None:
    path = many(desk, 1500, "one")
    before = desk.state()
    started = time.monotonic()
    with command(desk, path) as whole:
        whole.communicate(timeout=120)
    took = time.monotonic() - started
    assert whole.returncode == 0
    after_ids = {flow.id for flow in desk.ledger().flows}
    chance = random.Random(20260105)
    for number in range(10):
        desk.store.unlink()
        assert desk.run("import", str(desk.folder / "first.xlsx")).code == 0
        fresh = {flow.id for flow in desk.ledger().flows}
        process = command(desk, path)
        if number % 2:
            wait_for_writing(desk, process)
            time.sleep(chance.uniform(0.0, 0.2))
        else:
            time.sleep(took * chance.uniform(0.0, 1.0))
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
        process.communicate()
        found = {flow.id for flow in desk.ledger().flows}
        assert found in (fresh, after_ids), "half an import was kept"
        if found == fresh:
            assert desk.state().keys() == before.keys()
            assert {n: getattr(desk.ledger(), n) for n in record_fields()} == {
                n: getattr(small(), n) for n in record_fields()
            }
    assert desk.run("import", str(path)).code == 0
    assert {flow.id for flow in desk.ledger().flows} == after_ids
