"""The road through the command line, as a user walks it: demo, import, explain, export, trouble."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest

from parkloop import samples
from parkloop.app.scope import of_park
from parkloop.store import Store

PARKLOOP = str(Path(sys.executable).parent / "parkloop")

pytestmark = pytest.mark.xdist_group("road")


def run(*words: str, code: int = 0, timeout: int = 300) -> subprocess.CompletedProcess[str]:
    """Run the command line and check its exit code."""
    done = subprocess.run([PARKLOOP, *words], capture_output=True, text=True, timeout=timeout)
    assert done.returncode == code, done.stdout[-2000:] + done.stderr[-4000:]
    return done


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("demo") / "out"
    run("demo", "--out", str(out))
    return out


@pytest.fixture
def store(demo: Path, tmp_path: Path) -> Path:
    """A copy of the demo's store that a test may change."""
    return Path(shutil.copy(demo / "parkloop.db", tmp_path / "own.db"))


def state(store: Path) -> Any:
    with Store.open(store) as opened:
        return opened.load("SAMPLE")


def test_demo_writes_the_four_documents_and_the_forms_of_each_park(demo: Path) -> None:
    for park in ("AH", "TG", "LB", "PT"):
        names = {path.name for path in (demo / park).iterdir()}
        assert {"dossier.html", "dossier.vi.pdf", "dossier.en.pdf", "dossier.xlsx", "dossier.json"} <= names
        assert {f"EZ_{form}_2026_{park}.json" for form in ("A4", "A5", "B4", "B5")} <= names
        assert {f"EZ_{form}_2026_{park}.xlsx" for form in ("A4", "A5", "B5")} <= names
        assert f"EZ_B4_2026_{park}-01.xlsx" in names
    assert {"summary.html", "summary.xlsx", "summary.json"} <= {path.name for path in demo.iterdir()}


def test_store_holds_what_the_sample_programme_says(demo: Path) -> None:
    ledger = state(demo / "parkloop.db")
    made = samples.make_programme()
    for name in ("parks", "participants", "products", "flows", "bills", "equipment", "answers", "solutions"):
        assert {r.id: r for r in getattr(ledger, name)} == {r.id: r for r in getattr(made, name)}, name


def test_every_entered_amount_has_its_cell(demo: Path) -> None:
    ledger = state(demo / "parkloop.db")
    for flow in ledger.flows:
        origin = ledger.origins[f"flow/{flow.id}/amount"]
        assert origin.sheet and origin.cell and origin.file_hash


def test_importing_again_changes_nothing(demo: Path, store: Path) -> None:
    before = state(store)
    done = run("import", str(demo / "sample-TG.xlsx"), "--store", str(store), "--json")
    counts = json.loads(done.stdout)["counts"]
    assert counts["added"] == counts["changed"] == counts["rejected"] == counts["conflict"] == 0
    assert state(store) == before


def test_dry_run_keeps_nothing(demo: Path, tmp_path: Path) -> None:
    place = tmp_path / "new.db"
    run("import", str(demo / "sample-AH.xlsx"), "--store", str(place), "--dry-run")
    with Store.open(place) as opened:
        assert opened.programmes() == ()


def test_explain_goes_down_to_cells_and_factors(demo: Path) -> None:
    done = run(
        "explain", "portfolio/TG/2025/ghg_t", "--store", str(demo / "parkloop.db"), "--lang", "en", "--json"
    )
    tree = json.loads(done.stdout)
    assert tree["unit"] == "tCO2e/a"
    first = tree["inputs"][0]["figure_id"]
    done = run("explain", first, "--store", str(demo / "parkloop.db"), "--json")
    text = done.stdout
    assert "sample-TG.xlsx" in text
    assert '"figure_id": "reference/' in text


def test_explain_of_an_unknown_figure_is_one_sentence_and_code_2(demo: Path) -> None:
    done = run("explain", "case/nothing/ghg_t", "--store", str(demo / "parkloop.db"), code=2)
    assert "no figure" in done.stderr
    assert "Traceback" not in done.stderr


def test_export_opens_elsewhere_with_history(demo: Path, tmp_path: Path) -> None:
    target = tmp_path / "one.parkloop"
    run("export", str(target), "--store", str(demo / "parkloop.db"))
    with Store.open(target) as opened:
        assert opened.load("SAMPLE") == state(demo / "parkloop.db")
        assert opened.history("SAMPLE")


def test_exported_workbook_imports_identically(demo: Path, tmp_path: Path, store: Path) -> None:
    target = tmp_path / "all.xlsx"
    run("export", str(target), "--store", str(store), "--lang", "en")
    done = run("import", str(target), "--store", str(store), "--json")
    counts = json.loads(done.stdout)["counts"]
    assert counts["added"] == counts["changed"] == counts["rejected"] == 0


def bad_files(folder: Path) -> dict[str, Path]:
    """Files nobody should import."""
    text = folder / "text.xlsx"
    text.write_text("this is not a workbook")
    locked = folder / "locked.xlsx"
    locked.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 4096)
    bomb = folder / "bomb.xlsx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", b"0" * 400_000_000)
    empty = folder / "empty.xlsx"
    empty.write_bytes(b"")
    return {"text": text, "locked": locked, "bomb": bomb, "empty": empty}


@pytest.mark.parametrize("kind", ["text", "locked", "bomb", "empty"])
def test_bad_file_gets_a_sentence_and_leaves_the_store_as_it_was(
    kind: str, store: Path, tmp_path: Path
) -> None:
    before = state(store)
    done = run("import", str(bad_files(tmp_path)[kind]), "--store", str(store), code=1)
    assert done.stderr.startswith("parkloop: ")
    assert "Traceback" not in done.stderr
    assert state(store) == before


def test_missing_and_huge_files_are_wrong_use(store: Path, tmp_path: Path) -> None:
    run("import", str(tmp_path / "no.xlsx"), "--store", str(store), code=2)
    huge = tmp_path / "huge.xlsx"
    with huge.open("wb") as handle:
        handle.truncate(200_000_000)
    done = run("import", str(huge), "--store", str(store), code=2)
    assert "200 MB" in done.stderr


def test_store_that_is_no_store_is_named(tmp_path: Path) -> None:
    place = tmp_path / "notes.db"
    place.write_text("shopping list")
    done = run("check", "--store", str(place), code=3)
    assert "notes.db" in done.stderr
    assert "Traceback" not in done.stderr


def test_killed_import_leaves_the_store_as_it_was(demo: Path, tmp_path: Path) -> None:
    place = tmp_path / "killed.db"
    run("import", str(demo / "sample-AH.xlsx"), "--store", str(place))
    with Store.open(place) as opened:
        before = opened.load("SAMPLE")
    for wait in (0.6, 1.0, 1.4, 1.8):
        process = subprocess.Popen(
            [PARKLOOP, "import", str(demo / "sample-TG.xlsx"), "--store", str(place)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(wait)
        if process.poll() is None:
            os.kill(process.pid, signal.SIGKILL)
        process.wait()
        with Store.open(place) as opened:
            after = opened.load("SAMPLE")
        whole = {p.id for p in after.parks} == {"AH", "TG"}
        assert after == before or whole, "half an import was kept"
        if whole:
            assert len(after.flows) == len(before.flows) + len(of_park(samples.make_programme(), "TG").flows)
            break
