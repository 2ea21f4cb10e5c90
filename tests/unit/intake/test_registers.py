"""Public registers: what comes of small made-up tables in the shape of the published ones."""

import io
import json
import re
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from parkloop import intake, reference
from parkloop.model import (
    ChangeKind,
    Fate,
    Ledger,
    OriginKind,
    ParticipantKind,
    Programme,
    Severity,
    SourceClass,
)
from parkloop.texts import LANGUAGES, catalogue

EMPTY = Ledger(Programme("P1", "Programme", "Chương trình"))
FACILITIES = """FacilityInspireId,facilityName,city,countryName,EPRTRAnnexIMainActivity,Longitude,Latitude
SE.A/1.Facility,Steelworks,LULEÅ,Sweden,2(b),22.1,65.5
SE.A/2.Facility,Sewage plant,UMEÅ,Sweden,5(f),20.2,63.8
SE.A/3.Facility,Unsorted,UMEÅ,Sweden,,20.3,63.8
DK.A/4.Facility,Works,Vejle,Denmark,2(c)(iii),,
"""
TRANSFERS = """FacilityInspireId,reportingYear,wasteTreatment,wasteClassification,wasteTransfers
SE.A/1.Facility,2019,Recovery,NONHW,1000
SE.A/1.Facility,2019,Disposal,NONHW,500
SE.A/1.Facility,2020,Recovery,HW,100
SE.A/3.Facility,2019,Disposal,NONHW,80
SE.A/2.Facility,2019,Recovery,NONHW,0
"""
HOTMAPS = {
    "SiteID": ["1", "2", "3"],
    "CompanyName": ["Firm", None, None],
    "SiteName": ["Steel A", "Glass B", "Far C"],
    "Address": ["Street 1", None, None],
    "CityCode": ["1010", None, None],
    "City": ["Wien", None, None],
    "Country": ["Austria", "Austria", "Netherland"],
    "Subsector": ["Iron and steel", "Glass", "Refineries"],
    "Emissions_ETS_2014": [10.0, None, None],
    "Production": [1000.0, None, 5.0],
    "Excess_Heat_100-200C": [1.5, 0.0, 0.0],
    "Excess_Heat_200-500C": [0.0, 0.0, 0.0],
    "Excess_Heat_500C": [2.0, 0.0, 0.0],
    "lon": [16.3, None, 4.9],
    "lat": [48.2, None, 52.4],
}


def register(folder: Path, facilities: str = FACILITIES, transfers: str = TRANSFERS) -> Path:
    (folder / "facilities.csv").write_text(facilities, "utf-8")
    (folder / "waste_transfers.csv").write_text(transfers, "utf-8")
    return folder


def hotmaps(**changed: list[object]) -> bytes:
    stream = io.BytesIO()
    pl.DataFrame(HOTMAPS | changed).write_parquet(stream)
    return stream.getvalue()


def codes(read: object) -> set[str]:
    return {issue.code for issue in read.issues}  # type: ignore[attr-defined]


def test_register_when_read_then_one_park_a_country_and_one_participant_a_facility(tmp_path: Path) -> None:
    ledger = intake.read_eprtr(register(tmp_path), EMPTY).ledger
    assert [park.id for park in ledger.parks] == ["EPRTR-SE", "EPRTR-DK"]
    assert [p.id for p in ledger.participants_of("EPRTR-SE")] == [f"SE.A-{n}.Facility" for n in (1, 2, 3)]
    assert "CC BY 4.0" in ledger.parks[0].note


def test_register_when_read_then_sector_by_longest_activity_and_plants_are_utilities(tmp_path: Path) -> None:
    ledger = intake.read_eprtr(register(tmp_path), EMPTY).ledger
    steel, sewage, unsorted, galvaniser = ledger.participants
    assert (steel.sector, galvaniser.sector, unsorted.sector) == ("nace:24.10", "nace:25.61", "")
    assert (sewage.kind, sewage.utility_kind) == (ParticipantKind.UTILITY, "wastewater_plant")
    assert (steel.place.lat, steel.place.country) == (65.5, "SE")


@pytest.mark.parametrize(
    ("year", "label", "total"), [(2019, "NONHW/Recovery", 1000.0), (2020, "HW/Recovery", 100.0)]
)
def test_register_when_streams_are_inferred_then_they_add_up_to_the_total(
    tmp_path: Path, year: int, label: str, total: float
) -> None:
    flows = [
        f
        for f in intake.read_eprtr(register(tmp_path), EMPTY).ledger.flows
        if f.participant_id == "SE.A-1.Facility" and f.label == label and f.period.start.year == year
    ]
    assert len(flows) > 1
    assert sum(f.amount.value for f in flows) == pytest.approx(total)
    for flow in flows:
        assert flow.amount.source_class is SourceClass.INFERRED
        assert flow.amount.low is not None and flow.amount.high is not None
        assert flow.amount.low <= flow.amount.value <= flow.amount.high


def test_register_when_streams_are_inferred_then_share_of_the_table_times_total(tmp_path: Path) -> None:
    read = intake.read_eprtr(register(tmp_path), EMPTY)
    flow = next(f for f in read.ledger.flows if f.resource_id == "eaf_slag" and f.label == "NONHW/Recovery")
    row = reference.row("eprtr-2b-nonhw-eaf_slag")
    assert row.value is not None and row.low is not None
    assert flow.amount.value == pytest.approx(1000 * row.value)
    assert flow.amount.low == pytest.approx(1000 * row.low)
    origin = read.ledger.origins[f"flow/{flow.id}/amount"]
    assert (origin.kind, origin.reference_id) == (OriginKind.REGISTER, row.id)
    assert (origin.typed, origin.cell) == ("NONHW Recovery 1000 t", "row 2")


def test_register_when_recovered_then_no_disposal_can_be_avoided(tmp_path: Path) -> None:
    flows = intake.read_eprtr(register(tmp_path), EMPTY).ledger.flows
    assert {f.fate for f in flows if f.label.endswith("Recovery")} == {Fate.RECYCLED}
    assert {f.fate for f in flows if f.label.endswith("Disposal")} == {Fate.UNKNOWN}


def test_register_when_activity_is_missing_then_whole_total_is_ordinary_waste(tmp_path: Path) -> None:
    read = intake.read_eprtr(register(tmp_path), EMPTY)
    found = [f for f in read.ledger.flows if f.participant_id == "SE.A-3.Facility"]
    assert [(f.resource_id, f.amount.value, f.amount.low, f.amount.high) for f in found] == [
        ("general_industrial_waste", 80.0, 80.0, 80.0)
    ]
    issue = next(i for i in read.issues if i.code == "intake.register.activity_missing")
    assert issue.arguments == {"count": 1, "examples": "SE.A-3.Facility"}


def test_register_when_zero_is_reported_then_kept_as_zero(tmp_path: Path) -> None:
    flows = intake.read_eprtr(register(tmp_path), EMPTY).ledger.flows
    sewage = [f.amount.value for f in flows if f.participant_id == "SE.A-2.Facility"]
    assert sewage == [0.0]


def test_register_when_read_twice_then_unchanged_and_equal(tmp_path: Path) -> None:
    first = intake.read_eprtr(register(tmp_path), EMPTY)
    second = intake.read_eprtr(tmp_path, first.ledger)
    assert second.ledger == first.ledger
    assert {change.kind for change in second.changes} == {ChangeKind.UNCHANGED}
    assert {change.kind for change in first.changes} == {ChangeKind.ADDED}


def test_register_when_a_figure_moves_then_only_its_flows_change(tmp_path: Path) -> None:
    first = intake.read_eprtr(register(tmp_path), EMPTY)
    register(tmp_path, transfers=TRANSFERS.replace(",80", ",90"))
    second = intake.read_eprtr(tmp_path, first.ledger)
    changed = [c for c in second.changes if c.kind is not ChangeKind.UNCHANGED]
    assert [(c.field, c.old, c.new) for c in changed] == [("amount", "80 t", "90 t")]
    assert second.ledger.origins[f"flow/{changed[0].record_id}/amount"].typed == "NONHW Disposal 90 t"


def test_register_when_users_added_to_a_facility_then_it_stays(tmp_path: Path) -> None:
    first = intake.read_eprtr(register(tmp_path), EMPTY).ledger
    steel = first.participants[0]
    steel = replace(steel, employees=900, park_id="K1", place=replace(steel.place, lot="A1"))
    edited = replace(first, participants=(steel, *first.participants[1:]))
    assert intake.read_eprtr(tmp_path, edited).ledger.participants[0] == steel


def test_register_when_a_person_corrected_a_value_then_conflict_and_it_stays(tmp_path: Path) -> None:
    first = intake.read_eprtr(register(tmp_path), EMPTY).ledger
    shape = {
        "type": "Feature",
        "properties": {"kind": "building", "participant": "SE.A-1.Facility"},
        "geometry": {"type": "Point", "coordinates": [22.0, 65.0]},
    }
    moved = intake.read_places(json.dumps(shape).encode(), "map.geojson", "EPRTR-SE", first).ledger
    again = intake.read_eprtr(tmp_path, moved)
    assert again.ledger == moved
    conflicts = [(c.field, c.old, c.new) for c in again.changes if c.kind is ChangeKind.CONFLICT]
    assert conflicts == [("place.lat", "65", "65.5"), ("place.lon", "22", "22.1")]


def test_register_when_rows_repeat_then_merged_and_summed_with_one_issue_each(tmp_path: Path) -> None:
    repeated = FACILITIES + "SE.A/1.Facility,Steelworks,LULEÅ,Sweden,2(b),22.1,65.5\n"
    summed = TRANSFERS + "SE.A/3.Facility,2019,Disposal,NONHW,20\n"
    read = intake.read_eprtr(register(tmp_path, repeated, summed), EMPTY)
    assert len(read.ledger.participants) == 4
    assert sum(f.amount.value for f in read.ledger.flows if f.participant_id == "SE.A-3.Facility") == 100.0
    assert {"intake.register.rows_merged", "intake.register.transfers_summed"} <= codes(read)


def test_register_when_transfers_are_unusable_then_named_by_row_and_left_out(tmp_path: Path) -> None:
    bad = TRANSFERS + (
        "SE.A/1.Facility,2019,Burning,NONHW,1\nSE.A/1.Facility,2019,Disposal,HW,-5\n"
        "SE.A/1.Facility,,Disposal,HW,5\nSE.A/9.Facility,2019,Disposal,HW,5\n"
    )
    read = intake.read_eprtr(register(tmp_path, transfers=bad), EMPTY)
    issue = next(i for i in read.issues if i.code == "intake.register.transfer_unusable")
    assert issue.arguments == {"count": 3, "examples": "7, 8, 9"}
    assert issue.severity is Severity.ERROR
    assert "intake.register.facility_unknown" in codes(read)


def test_register_when_country_or_activity_is_unknown_then_kept_with_issues(tmp_path: Path) -> None:
    odd = FACILITIES + "XX.1,Odd,City,Atlantis,12(z),1,1\n"
    read = intake.read_eprtr(register(tmp_path, odd), EMPTY)
    assert read.ledger.participants[-1].park_id == "EPRTR-Atlantis"
    assert {"intake.register.country_unknown", "intake.register.activity_unknown"} <= codes(read)


@pytest.mark.parametrize(
    ("prepare", "code"),
    [
        (lambda f: (f / "waste_transfers.csv").unlink(), "intake.register.file_missing"),
        (lambda f: (f / "facilities.csv").write_text("a,b\n1,2\n"), "intake.register.columns_missing"),
        (lambda f: (f / "facilities.csv").write_bytes(b"PAR1 no parquet"), "intake.register.unreadable"),
        (lambda f: (f / "facilities.csv").write_bytes(b""), "intake.file.empty"),
    ],
)
def test_register_when_a_table_is_broken_then_blocked_and_ledger_as_it_was(
    tmp_path: Path, prepare: object, code: str
) -> None:
    register(tmp_path)
    prepare(tmp_path)  # type: ignore[operator]
    read = intake.read_eprtr(tmp_path, EMPTY)
    assert read.blocked and [i.code for i in read.issues] == [code] and read.ledger == EMPTY


def test_hotmaps_when_read_then_heat_a_band_in_kwh_at_the_lower_end() -> None:
    read = intake.read_hotmaps(hotmaps(), "sites.parquet", EMPTY)
    heat = [(f.resource_id, f.amount.value, f.quality.temperature_c) for f in read.ledger.flows]
    assert heat == [("waste_heat", 1.5e6, 100.0), ("waste_heat", 2e6, 500.0)]
    factor = reference.inferred_factor(reference.resources()["waste_heat"].family)
    amount = read.ledger.flows[0].amount
    assert (amount.low, amount.high) == (pytest.approx(1.5e6 / factor), pytest.approx(1.5e6 * factor))
    assert (amount.typed_value, amount.typed_unit, amount.source_class) == (1.5, "GWh", SourceClass.INFERRED)
    assert "intake.register.heat_unit" in codes(read)


def test_hotmaps_when_read_then_sites_products_and_columns_nobody_knows() -> None:
    ledger = intake.read_hotmaps(hotmaps(), "sites.parquet", EMPTY).ledger
    assert [park.id for park in ledger.parks] == ["HOTMAPS-AT", "HOTMAPS-NL"]
    assert [(p.id, p.sector) for p in ledger.participants] == [
        ("HOTMAPS-1", "nace:24.10"),
        ("HOTMAPS-2", "nace:23.10"),
        ("HOTMAPS-3", "nace:19.20"),
    ]
    assert [(p.participant_id, p.output, p.year) for p in ledger.products] == [
        ("HOTMAPS-1", 1000.0, 2014),
        ("HOTMAPS-3", 5.0, 2014),
    ]
    assert ledger.extras["participant/HOTMAPS-1"] == {"Emissions_ETS_2014": "10.0"}


def test_hotmaps_when_coordinates_are_blank_then_kept_without_place_and_told() -> None:
    read = intake.read_hotmaps(hotmaps(), "sites.parquet", EMPTY)
    assert not read.ledger.participants[1].place.located
    issue = next(i for i in read.issues if i.code == "intake.register.place_missing")
    assert issue.arguments["examples"] == "2"


def test_hotmaps_when_csv_instead_of_parquet_then_same_ledger_but_for_the_file() -> None:
    table = pl.DataFrame(HOTMAPS).write_csv().encode()
    one = intake.read_hotmaps(table, "sites.csv", EMPTY).ledger
    two = intake.read_hotmaps(hotmaps(), "sites.parquet", EMPTY).ledger
    assert (one.flows, one.participants, one.products) == (two.flows, two.participants, two.products)


def test_hotmaps_when_read_twice_then_unchanged() -> None:
    first = intake.read_hotmaps(hotmaps(), "sites.parquet", EMPTY)
    second = intake.read_hotmaps(hotmaps(), "sites.parquet", first.ledger)
    assert second.ledger == first.ledger
    assert {c.kind for c in second.changes} == {ChangeKind.UNCHANGED}


def test_hotmaps_when_heat_is_negative_or_file_is_something_else_then_issues() -> None:
    negative = hotmaps(**{"Excess_Heat_500C": [-1.0, 0.0, 0.0]})
    read = intake.read_hotmaps(negative, "s.parquet", EMPTY)
    assert len(read.ledger.flows) == 1 and "intake.register.heat_negative" in codes(read)
    assert intake.read_hotmaps(b"\xff\xfe\x00", "x", EMPTY).blocked


def test_ledger_when_registers_are_written_as_workbook_then_read_back_as_it_was(tmp_path: Path) -> None:
    ledger = intake.read_eprtr(register(tmp_path), EMPTY).ledger
    ledger = intake.read_hotmaps(hotmaps(), "sites.parquet", ledger).ledger
    back = intake.read_workbook(intake.write_workbook(ledger, "vi"), "back.xlsx", EMPTY).ledger
    assert replace(back, origins={}) == replace(ledger, origins={})


SOURCES = ("eprtr", "hotmaps", "kml", "mapp", "places", "registers", "series_", "series.py")


def test_codes_of_these_readers_when_named_then_explained_in_both_languages() -> None:
    folder = Path(intake.__file__).parent
    named = {
        code
        for path in folder.glob("*.py")
        if path.name.startswith(SOURCES)
        for code in re.findall(r'"(intake\.[a-z]+\.[a-z_]+)"', path.read_text("utf-8"))
    }
    assert len(named) > 50
    for lang in LANGUAGES:
        known = catalogue(lang)
        assert {c for c in named if c not in known and f"{c}.message" not in known} == set()
