import polars as pl
import pytest

from parkloop import reference
from parkloop.model import Direction
from parkloop.symbiosis import PEOPLE_SCHEMA, infer_sides

NOTHING = pl.DataFrame(schema={"participant": pl.String, "resource": pl.String})


def crowd(*rows):
    whole = [(name, "P", "enterprise", isic, staff, 10.0, 106.0, True, "park") for name, isic, staff in rows]
    return pl.DataFrame(whole, schema=PEOPLE_SCHEMA, orient="row", strict=False)


def stream(isic, direction, resource):
    return next(
        one
        for one in reference.sector_streams()
        if (one.isic, one.direction, one.resource_id) == (isic, direction, resource)
    )


def test_infer_sides_scales_with_the_employees_and_spreads_by_the_factor():
    found = infer_sides(crowd(("A", "1103", 200)), NOTHING, Direction.OUT, reference.resources())
    row = found.filter(resource="spent_grain").row(0, named=True)
    known = stream("1103", Direction.OUT, "spent_grain")
    assert row["amount"] == pytest.approx(200 * known.per_employee)
    assert row["amount_high"] / row["amount"] == pytest.approx(known.factor)
    assert row["amount"] / row["amount_low"] == pytest.approx(known.factor)
    assert (row["inferred"], row["source_class"], row["flow"]) == (True, "inferred", "inferred/A/spent_grain")


def test_infer_sides_when_the_size_is_unknown_then_the_range_is_wider():
    pair = infer_sides(
        crowd(("A", "1103", 150), ("B", "1103", None)), NOTHING, Direction.OUT, reference.resources()
    ).filter(resource="spent_grain")
    width = dict(zip(pair["participant"], pair["amount_high"] / pair["amount_low"], strict=True))
    assert width["B"] > width["A"]


def test_infer_sides_when_a_stream_was_entered_then_it_is_not_presumed():
    entered = pl.DataFrame({"participant": ["A"], "resource": ["spent_grain"]})
    found = infer_sides(crowd(("A", "1103", 200)), entered, Direction.OUT, reference.resources())
    assert "spent_grain" not in found["resource"].to_list()


def test_infer_sides_takes_the_most_particular_sector():
    # 2592 has its own row of zinc dross; division 25 gives the scrap
    found = infer_sides(crowd(("A", "2592", 100)), NOTHING, Direction.OUT, reference.resources())
    assert {"steel_scrap", "zinc_dross"} <= set(found["resource"])
    assert found["resource"].is_unique().all()


def test_infer_sides_when_the_sector_is_unknown_then_nothing_is_presumed():
    assert infer_sides(crowd(("A", "", 100)), NOTHING, Direction.OUT, reference.resources()).is_empty()
