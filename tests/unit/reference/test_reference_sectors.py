import pytest

from parkloop.reference import end_use_shares, sector, sector_groups, sectors
from parkloop.reference.tables import rows


@pytest.mark.parametrize(
    ("code", "isic", "group"),
    [
        ("isic:1313", "1313", "textile_dyeing"),
        ("vsic:1313", "1313", "textile_dyeing"),
        ("vsic:13130", "1313", "textile_dyeing"),
        ("nace:13.30", "1313", "textile_dyeing"),
        ("NACE:10.20", "1020", "seafood"),
        ("vsic:2212", "2219", "rubber"),
        ("isic:2394", "2394", "cement"),
        ("nace:35.30", "3530", "power_steam"),
        ("isic:5224", "52", "cold_store"),
    ],
)
def test_sector_when_code_known_then_its_class_and_group(code: str, isic: str, group: str) -> None:
    found = sector(code)
    assert found is not None
    assert (found.isic, found.group) == (isic, group)


@pytest.mark.parametrize("code", ["", "1313", "isic:", "isic:x", "foo:1313", "isic:9999"])
def test_sector_when_code_unknown_then_none(code: str) -> None:
    assert sector(code) is None


def test_sector_when_vsic_then_says_inferred_and_isic_says_checked() -> None:
    vsic, isic, division = sector("vsic:1313"), sector("isic:1313"), sector("isic:5224")
    assert vsic and isic and division
    assert (vsic.confidence, isic.confidence, division.confidence) == ("inferred", "checked", "inferred")


def test_sectors_when_read_then_group_exists_and_both_titles_are_there() -> None:
    for item in sectors().values():
        assert item.group in sector_groups(), item.code
        assert item.title("en") and item.title("vi"), item.code


def test_sector_groups_when_listed_then_both_names_and_shares_exist() -> None:
    for group in sector_groups().values():
        assert group.name("en") and group.name("vi")
        assert end_use_shares(group.id)


def test_nace_table_when_read_then_every_class_leads_to_a_known_isic_class() -> None:
    for cells in rows("sectors/nace.csv"):
        assert cells["isic"] in sectors(), cells["nace"]
