import pytest

from parkloop.reference import reference_rows, row, source, sources
from parkloop.texts import LANGUAGES, catalogue

OWN = ("physical.csv", "prices", "intensities", "factors/")


def test_rows_when_read_then_labels_unit_and_known_source() -> None:
    for item in reference_rows().values():
        assert item.label and item.name("vi") and item.unit, item.id
        if item.table.startswith(OWN):
            assert item.source in sources(), item.id


def test_rows_when_read_then_a_value_or_a_band() -> None:
    for item in reference_rows().values():
        assert item.value is not None or (item.low is not None and item.high is not None), item.id


def test_rows_when_checked_then_its_source_was_not_merely_recalled() -> None:
    secondary = {"ipcc_ar5", "ipcc_ar6"}  # single values read in public calculators, see their notes
    for item in reference_rows().values():
        if item.table.startswith(OWN) and item.confidence == "checked" and item.source not in secondary:
            assert sources()[item.source].confidence == "checked", item.id


def test_row_when_unknown_then_key_error_names_it() -> None:
    with pytest.raises(KeyError, match="no-such-row"):
        row("no-such-row")


def test_row_when_fuel_factor_then_formula_and_inputs_can_be_followed() -> None:
    found = row("fuel-diesel-co2")
    assert found.formula == "43 GJ x 74100 kg/TJ x 1 / 1e6"
    assert [row(item).id for item in found.inputs] == [
        "diesel-ncv",
        "ipcc2006-gas_diesel_oil-co2",
        "gwp-ar5-co2",
    ]


def test_row_when_product_of_two_then_amount_times_factor() -> None:
    found = row("supply-fresh_water@grid-vn-official-2022")
    assert found.value == pytest.approx(0.5 * 0.6766 / 1000)
    assert found.unit == "tCO2e/m3"


def test_source_when_unknown_then_key_error_says_where_to_add_it() -> None:
    with pytest.raises(KeyError, match="sources"):
        source("nobody_1999")


def test_sources_when_read_then_titled_and_without_invented_addresses() -> None:
    for item in sources().values():
        assert item.title, item.id
        assert not item.url or item.confidence == "checked", item.id


def test_texts_when_compared_then_both_languages_explain_every_confidence() -> None:
    for lang in LANGUAGES:
        for word in ("checked", "inferred", "unchecked"):
            assert catalogue(lang)[f"reference.confidence.{word}"]
