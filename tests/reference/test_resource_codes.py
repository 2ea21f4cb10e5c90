"""EWC, HS and CPC codes of the taxonomy against the published lists."""

import csv
import gzip
from pathlib import Path

import pytest

from parkloop.reference import resources
from parkloop.reference.tables import rows

CODES = Path(__file__).parents[3] / "shared" / "data" / "codes"

pytestmark = [
    pytest.mark.shared_data,
    pytest.mark.skipif(
        not CODES.is_dir(), reason="needs ../shared/data/codes, which is not part of the project"
    ),
]


def column(name: str, key: str) -> set[str]:
    data = (CODES / name).read_bytes()
    text = (gzip.decompress(data) if name.endswith(".gz") else data).decode("utf-8")
    return {row[key] for row in csv.DictReader(text.splitlines())}


def test_ewc_codes_when_looked_up_then_every_one_is_in_the_list_of_waste() -> None:
    known = column("ewc_low.csv", "ewc")
    assert {c for r in resources().values() for c in r.ewc} - known == set()


def test_hs_codes_when_looked_up_then_every_one_is_a_subheading() -> None:
    known = column("hs2017.csv.gz", "hs")
    assert {c for r in resources().values() for c in r.hs} - known == set()


def test_cpc_codes_when_looked_up_then_every_one_is_in_the_classification() -> None:
    known = {code.zfill(5) for code in column("cpc_2_1.csv.gz", "code")}  # the file drops leading zeros
    assert {c for r in resources().values() for c in r.cpc} - known == set()


def test_hazard_flag_when_all_codes_agree_then_as_the_asterisk_says() -> None:
    with open(CODES / "ewc_low.csv") as file:
        asterisk = {row["ewc"]: row["hazardous"] == "True" for row in csv.DictReader(file)}
    for item in resources().values():
        flags = {asterisk[code] for code in item.ewc}
        if len(flags) == 1 and item.hazardous is not None:
            assert item.hazardous is flags.pop(), item.id
        if len(flags) == 2:
            assert item.hazardous is not False, item.id


def test_isic_classes_when_looked_up_then_all_of_manufacturing_to_waste_are_there() -> None:
    published = {
        c
        for c in column("isic_rev4.csv", "code")
        if c[:2].isdigit() and "10" <= c[:2] <= "39" and len(c) == 4
    }
    ours = {row["code"] for row in rows("sectors/isic.csv")}
    assert published - ours == set()
    assert {c for c in ours if len(c) == 4} - column("isic_rev4.csv", "code") == set()


def test_nace_correspondence_when_compared_then_as_published() -> None:
    with gzip.open(CODES / "nace_rev2.csv.gz", "rt") as file:
        published = {r["code"]: r["isic4"] for r in csv.DictReader(file) if r["level"] == "4"}
    for row in rows("sectors/nace.csv"):
        assert published[row["nace"]] == row["isic"]
