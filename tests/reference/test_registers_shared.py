"""The register readers on the published files: EEA Industrial Reporting (SE, DK) and Hotmaps sites."""

import time
from collections import defaultdict
from pathlib import Path
from statistics import median

import polars as pl
import pytest

from parkloop import intake
from parkloop.model import ChangeKind, Intake, Ledger, Programme

DATA = Path(__file__).parents[3] / "shared" / "data"
EPRTR = DATA / "eprtr_nordic"
HOTMAPS = DATA / "hotmaps_industrial" / "hotmaps_industrial_sites.parquet"
EMPTY = Ledger(Programme("P1", "Programme", "Chương trình"))
GJ_PER_GWH = 3600.0

pytestmark = [
    pytest.mark.shared_data,
    pytest.mark.skipif(not DATA.is_dir(), reason="needs ../shared/data, which is not part of the project"),
]


@pytest.fixture(scope="module")
def register() -> tuple[Intake, float]:
    start = time.perf_counter()
    return intake.read_eprtr(EPRTR, EMPTY), time.perf_counter() - start


@pytest.fixture(scope="module")
def sites() -> Intake:
    return intake.read_hotmaps(HOTMAPS.read_bytes(), HOTMAPS.name, EMPTY)


def test_eprtr_when_read_then_every_facility_and_tonne_is_there(register: tuple[Intake, float]) -> None:
    read, _ = register
    tonnes = pl.read_parquet(EPRTR / "waste_transfers.parquet")["wasteTransfers"].sum()
    assert [park.id for park in read.ledger.parks] == ["EPRTR-DK", "EPRTR-SE"]
    assert len(read.ledger.participants) == 2075  # facilities of the published extract
    assert sum(flow.amount.value for flow in read.ledger.flows) == pytest.approx(tonnes, rel=1e-9)


def test_eprtr_when_read_then_each_transfer_is_its_streams(register: tuple[Intake, float]) -> None:
    read, _ = register
    totals: dict[tuple[str, int, str], float] = defaultdict(float)
    for flow in read.ledger.flows:
        totals[flow.participant_id, flow.period.start.year, flow.label] += flow.amount.value
    rows = pl.read_parquet(EPRTR / "waste_transfers.parquet").iter_rows(named=True)
    assert len(totals) == 20336  # transfers of the published extract
    for row in rows:
        key = (
            row["FacilityInspireId"].replace("/", "-"),
            row["reportingYear"],
            f"{row['wasteClassification']}/{row['wasteTreatment']}",
        )
        assert totals[key] == pytest.approx(row["wasteTransfers"])


def test_eprtr_when_read_then_within_five_seconds(register: tuple[Intake, float]) -> None:
    assert register[1] < 5.0


def test_eprtr_when_read_twice_then_unchanged(register: tuple[Intake, float]) -> None:
    read, _ = register
    again = intake.read_eprtr(EPRTR, read.ledger)
    assert again.ledger == read.ledger
    assert {change.kind for change in again.changes} == {ChangeKind.UNCHANGED}


def test_eprtr_when_read_then_few_issues_say_it_all(register: tuple[Intake, float]) -> None:
    read, _ = register
    assert len(read.issues) < 12
    missing = next(i for i in read.issues if i.code == "intake.register.activity_missing")
    assert missing.arguments["count"] == 69  # blank cells of EPRTRAnnexIMainActivity
    far = next(i for i in read.issues if i.code == "intake.register.place_far")
    assert far.arguments["examples"] == "DK.EEA-9857.FACILITY"  # latitude 5.33 in Denmark


def test_hotmaps_when_read_then_every_site_and_all_heat(sites: Intake) -> None:
    frame = pl.read_parquet(HOTMAPS)
    assert len(sites.ledger.participants) == 4414
    assert len(sites.ledger.parks) == 29
    heat_kwh = sum(flow.amount.value for flow in sites.ledger.flows)
    assert heat_kwh == pytest.approx(frame["Excess_Heat_Total"].sum() * 1e6, rel=1e-4)  # cells are rounded
    assert sum(p.place.located for p in sites.ledger.participants) == 4414 - frame["lat"].null_count()


def test_hotmaps_when_fuel_demand_is_taken_as_gwh_then_cement_needs_what_kilns_need() -> None:
    """The file names no unit: in GWh its cement kilns burn about 3.5 GJ/t, as dry kilns do (own check)."""
    cement = pl.read_parquet(HOTMAPS).filter(
        (pl.col("Subsector") == "Cement") & (pl.col("Fuel_Demand") > 0) & (pl.col("Production") > 0)
    )
    specific = [gwh * GJ_PER_GWH / t for gwh, t in cement.select("Fuel_Demand", "Production").iter_rows()]
    assert 3.0 < median(specific) < 4.5
